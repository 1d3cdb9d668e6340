// A submission in a process of its own, inside the sandbox: the only subject that is ever graded.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "subject/subject.h"

namespace heapjudge {

// How the submission's functions are called; found by inspection.
struct Interface {
  std::string prefix = "mm_";
  std::string aligned_function;  // empty: none
  bool init_returns_bool = false;
};

// Which layers of the sandbox to ask for. What the machine lacks is left out and named in isolation().
struct SandboxRequest {
  bool seccomp = true;
  bool landlock = true;
  bool namespaces = true;
};

struct LaunchSettings {
  std::filesystem::path host;     // the program that loads submissions, of the right ABI
  std::filesystem::path library;  // what build() made
  Interface interface;
  std::uint64_t heap_limit_bytes = 100u << 20;
  std::uint64_t heap_base = 0x800000000;
  bool heap_may_shrink = false;
  double request_seconds = 2;
  double trace_seconds = 60;
  std::uint64_t memory_bytes = 512u << 20;  // beside the heap
  SandboxRequest sandbox;
};

// A ChildSubject also knows how well it is locked in.
class SandboxedSubject : public Subject {
 public:
  // "full", or "partial: no Landlock, no namespaces".
  virtual std::string isolation() const = 0;
};

// Launches the process and loads the submission into it (its constructors run inside the sandbox).
// A submission that dies or hangs while it is loaded shows as an Ending at the first begin(). Throws
// std::runtime_error when the process cannot be made at all.
std::unique_ptr<SandboxedSubject> launch(const LaunchSettings& settings);

// Where the host program and memlib of an ABI lie in a build of Heapjudge: taken from the place of the
// running program. `ilp32` is there only when the machine could build it.
struct HostFiles {
  std::filesystem::path host;
  std::filesystem::path memlib;
};
HostFiles host_files(bool ilp32);

}  // namespace heapjudge
