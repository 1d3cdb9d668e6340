// Starts the host program with the descriptors it needs and no others.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>

namespace heapjudge {

// Descriptors of ours that the process gets; they are not closed here.
struct HostDescriptors {
  int heap;
  int mailbox;
  int library;
  int output;   // becomes its standard output and standard error
  int program;  // see wire/replay_program.h; -1: none
};

// For a host that runs under valgrind (see student/count_replay.h): valgrind opens the host and memlib by names in the
// working folder, which are links to descriptors of the new process.
struct CountingPlaces {
  std::filesystem::path valgrind;
  std::filesystem::path folder;
  int host;    // becomes kHostPlace, "host" in the folder
  int memlib;  // becomes kMemlibPlace
  int record;  // callgrind writes there
};
inline constexpr int kHostPlace = 8;
inline constexpr int kMemlibPlace = 9;

// In one line, what posix_spawn's error means. ENOEXEC: it is a 32-bit program, and the kernel here runs none.
std::string why_not_started(const std::filesystem::path& program, int error);

// Standard input is empty, the environment too, address space randomization off, every signal as by default.
// Throws std::runtime_error when the process cannot be made.
pid_t start_host(const std::filesystem::path& host, const HostDescriptors& descriptors,
                 const CountingPlaces* counting = nullptr);

}  // namespace heapjudge
