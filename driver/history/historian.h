// Writes a HeapHistory while a trace is replayed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "history/heap_history.h"
#include "oracle/shadow_heap.h"

namespace heapjudge {

// Invariant: open_[block] is the number of its life that has not ended, plus 1, or 0; no life before
// first_open_ is open.
class Historian {
 public:
  Historian(std::uint32_t block_count, std::uint32_t alignment);

  // Where the heap is after a request.
  struct HeapNow {
    std::uint64_t grown_bytes = 0;
    std::span<const HeapRange> mapped;
  };

  // After mm_init, and then after each request, in order; shadow and heap are as the request has left them,
  // and the stamp of a block is that of the request that placed it (judge/books.h).
  void record_init(const HeapNow& now);
  void record(const Request& request, const ShadowHeap& shadow, const HeapNow& now);

  // What is still there dies one past the last moment. To be called once.
  HeapHistory finish();

 private:
  std::size_t next_moment() const { return history_.grown_bytes.size(); }
  void end_life(BlockId block, std::size_t moment);
  void end_all_lives(std::size_t moment);
  void begin_life(BlockId block, const Extent& extent, std::size_t moment);
  void enter_heap(const HeapNow& now);

  HeapHistory history_;
  std::vector<std::size_t> open_;
  std::size_t first_open_ = 0;
  std::vector<std::size_t> open_ranges_;  // of history_.ranges, by rising offset
};

}  // namespace heapjudge
