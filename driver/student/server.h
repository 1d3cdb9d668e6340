// Answers commands by calling the submission. Decides nothing.
#pragma once

#include <cstddef>
#include <cstdint>

#include "student/entry_points.h"
#include "student/memlib_control.h"
#include "wire/message.h"
#include "wire/payload_pattern.h"

namespace heapjudge {

// One per process, as memlib is.
class RequestServer {
 public:
  RequestServer(const EntryPoints& entries, std::uint64_t heap_base, PointerWidth width,
                Coverage coverage = Coverage::kWhole)
      : entries_(entries), heap_base_(heap_base), pattern_(width, coverage) {}

  Reply begin(const MemlibRun& run);  // empty heap, mm_init
  Reply answer(const Command& command);

  // Some part of what mem_sbrk has granted, or of a mapped range: `size` bytes at the reply's offset.
  static bool is_in_heap(std::uint64_t size, const Reply& reply);

 private:
  std::uint64_t call(const Command& command);
  void* pointer_at(std::uint64_t offset) const;
  std::uint64_t offset_of(const void* pointer) const;
  void fill_payload(const Command& command, const Reply& reply);

  EntryPoints entries_;
  std::uint64_t heap_base_;
  PayloadPattern pattern_;
};

// A size of the trace as this program's size_t. Where that has 32 bits, the last 2^31 sizes below 2^64 keep
// their distance from the top, and other sizes that do not fit become the largest one.
inline std::size_t to_size(std::uint64_t size) {
  if constexpr (sizeof(std::size_t) < sizeof(std::uint64_t)) {
    if (size > UINT64_MAX - 0x80000000u) return static_cast<std::size_t>(size);
    if (size > SIZE_MAX) return SIZE_MAX;
  }
  return static_cast<std::size_t>(size);
}

// Calls mm_init: kInitOk or kInitFailed.
std::uint64_t call_init(const EntryPoints& entries);

}  // namespace heapjudge
