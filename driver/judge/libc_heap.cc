#include "judge/libc_heap.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <stdexcept>
#include <string>

#include "subject/launch.h"
#include "trace/statistics.h"
#include "wire/libc_replay.h"
#include "wire/shared_memory.h"

namespace heapjudge {
namespace {

constexpr int kPassedOn = 3;  // the descriptor in the new process

[[noreturn]] void refuse(const std::string& why) {
  throw std::runtime_error("the C library's malloc cannot be measured: " + why);
}

std::filesystem::path program_of(const LibcHeapSettings& settings) {
  const std::string suffix = settings.ilp32 ? "32" : "";
  const std::filesystem::path program = settings.build_dir / "student" / ("heapjudge_libc_replay" + suffix);
  if (!std::filesystem::exists(program)) refuse(program.string() + " is not built");
  return program;
}

// Its environment is empty, so that no tunable of the C library is set.
pid_t start(const std::string& program, int memory) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, memory, kPassedOn);
  posix_spawn_file_actions_addclosefrom_np(&actions, kPassedOn + 1);
  std::string name = program;
  std::string descriptor = std::to_string(kPassedOn);
  char* arguments[] = {name.data(), descriptor.data(), nullptr};
  char* environment[] = {nullptr};
  pid_t child = 0;
  const int error = posix_spawn(&child, name.c_str(), &actions, nullptr, arguments, environment);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) refuse(why_not_started(name, error));
  return child;
}

void run_to_its_end(const std::string& program, int memory) {
  const pid_t child = start(program, memory);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) refuse(program + " did not come to its end");
}

}  // namespace

LibcHeap measure_libc_heap(const Trace& trace, const LibcHeapSettings& settings) {
  const auto requests = trace.requests();
  SharedMemory memory("heapjudge-libc-replay", libc_replay_bytes(requests.size(), trace.block_count()));
  auto& shared = *reinterpret_cast<LibcReplay*>(memory.bytes().data());
  shared.requests = requests.size();
  shared.blocks = trace.block_count();
  shared.heap_limit_bytes = settings.heap_limit_bytes;
  std::ranges::copy(std::as_bytes(requests), memory.bytes().begin() + sizeof(LibcReplay));
  run_to_its_end(program_of(settings), memory.descriptor());
  if (shared.done != 1) refuse("it was not replayed to its end");
  LibcHeap heap{payload_peak(trace, settings.heap_limit_bytes).bytes, shared.heap_bytes, 0};
  if (heap.heap_bytes > 0) {
    heap.utilization = static_cast<double>(heap.peak_payload_bytes) / static_cast<double>(heap.heap_bytes);
  }
  return heap;
}

}  // namespace heapjudge
