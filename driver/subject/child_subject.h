// A submission in a process of its own, inside the sandbox: the only subject that is ever graded.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "subject/seen_stores.h"
#include "subject/subject.h"
#include "wire/payload_pattern.h"
#include "wire/shared_memory.h"

namespace heapjudge {

// How the submission's functions are called; found by inspection.
struct Interface {
  std::string prefix = "mm_";
  std::string aligned_function;  // empty: none
  bool init_returns_bool = false;
  std::string checker_function;  // likewise
};

// Which layers of the sandbox to ask for. What the machine lacks is left out and named in isolation().
struct SandboxRequest {
  bool seccomp = true;
  bool landlock = true;
  bool namespaces = true;
  bool in_full = false;  // or not at all: less is a std::runtime_error, before anything of the submission runs
};

struct LaunchSettings {
  std::filesystem::path host;     // the program that loads submissions, of the right ABI
  std::filesystem::path library;  // what build() made
  Interface interface;
  std::uint64_t heap_limit_bytes = 100u << 20;
  std::uint64_t heap_base = 0x800000000;
  bool heap_may_shrink = false;
  PointerWidth pointer_width = PointerWidth::k64;
  double request_seconds = 2;               // see subject/watchdog.h
  double trace_seconds = 60;                // of CPU time, per run
  std::uint64_t memory_bytes = 256u << 20;  // address space beside the heap
  std::uint64_t output_bytes = 16u << 20;   // what it prints beyond is dropped
  SandboxRequest sandbox;
  // Where its heap is: heap_limit_bytes long, and shared with others that never run at the same time. None: its own.
  std::shared_ptr<SharedMemory> heap;
  StoreWatch watch;  // its Ending tells which stores there were
};

// Launches the process and loads the submission into it (its constructors run inside the sandbox).
// A submission that dies or hangs while it is loaded, or cannot be, shows as an Ending at the first begin(). Throws
// std::runtime_error when the process cannot be made or confined.
std::unique_ptr<Subject> launch(const LaunchSettings& settings);

// Where the host program and memlib of an ABI lie in a build of Heapjudge. Throws std::runtime_error when
// they are not there: the 32-bit ones exist only where the machine can link 32-bit programs.
struct HostFiles {
  std::filesystem::path host;
  std::filesystem::path memlib;
};
HostFiles host_files(const std::filesystem::path& build_dir, bool ilp32);

// By what the program's file says. Throws std::runtime_error when it cannot be read.
bool is_ilp32_program(const std::filesystem::path& program);

// The build folder that the running program belongs to. Throws std::runtime_error when there is none.
std::filesystem::path build_dir_of_this_program();

}  // namespace heapjudge
