// Runs a tool (a compiler) on input that nobody vouches for: bounded in time, memory and output.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace heapjudge {

struct ToolLimits {
  double seconds = 60;                           // wall clock, and CPU time of each process
  std::uint64_t memory_bytes = 1ull << 30;       // address space of each process
  std::uint64_t file_bytes = 256ull << 20;       // of each file it writes
  std::size_t output_bytes = 4u << 20;           // kept; what follows is read and dropped
  std::filesystem::path temporary_dir = "/tmp";  // for files that the tool needs in between
  // When given: beside the system's programs, libraries and headers, and temporary_dir, it reads these files
  // and folders only, and writes to temporary_dir only (see ReadBorder).
  std::optional<std::vector<std::filesystem::path>> readable = std::nullopt;
};

struct ToolRun {
  int exit_status = 0;  // 128 + the signal for one that a signal ended
  bool timed_out = false;
  std::string output;  // standard output and error, as they came

  bool succeeded() const { return exit_status == 0 && !timed_out; }
};

// Where the tool lies: as given when the name holds a slash, looked up in PATH otherwise.
std::optional<std::filesystem::path> find_tool(const std::string& name);

// Runs `command` (its first word is looked up with find_tool) with an empty standard input, messages in plain
// English and no other environment than PATH, in a process group that outlives neither the call nor this
// process (see supervise). Throws std::runtime_error when the tool is missing or no process can be made.
ToolRun run_tool(const std::vector<std::string>& command, const ToolLimits& limits = {});

}  // namespace heapjudge
