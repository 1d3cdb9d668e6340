// How much memory the C library's own malloc needs for a trace: on its own arena, in a process of its own.
#pragma once

#include <cstdint>
#include <filesystem>

#include "trace/trace.h"

namespace heapjudge {

// utilization is 0 when nothing is ever live.
struct LibcHeap {
  std::uint64_t peak_payload_bytes = 0;
  std::uint64_t heap_bytes = 0;  // the most that it had from the system: grown by brk, and mapped for large blocks
  double utilization = 0;        // peak_payload_bytes / heap_bytes

  friend bool operator==(const LibcHeap&, const LibcHeap&) = default;
};

struct LibcHeapSettings {
  std::filesystem::path build_dir;  // where Heapjudge was built
  bool ilp32 = false;
  std::uint64_t heap_limit_bytes = 100u << 20;  // requests for more are refused; those near it may be
};

// Replays the trace, without touching a payload. Ordered refusals are passed over, and mm_init frees all blocks. The same
// figures on every run with the same C library. Throws std::runtime_error when the process cannot be run.
LibcHeap measure_libc_heap(const Trace& trace, const LibcHeapSettings& settings);

}  // namespace heapjudge
