// Writes a generated trace; knows the live blocks and their sizes, in constant time for each request.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "trace/trace.h"

namespace heapjudge {

// Invariant: what was written so far is a well-formed trace. Every new block gets the next id.
class TraceWriter {
 public:
  BlockId allocate(std::uint64_t size) { return add({.size = size, .op = Op::kMalloc}, size); }
  BlockId allocate_cleared(std::uint16_t count, std::uint64_t size);
  BlockId allocate_aligned(std::uint8_t alignment_log2, std::uint64_t size);
  BlockId resize_null(std::uint64_t size) { return add({.size = size, .op = Op::kRealloc}, size); }

  void resize(BlockId block, std::uint64_t size);  // of a live block; to 0, it stays live here and must be
                                                   // resized or freed
  void free(BlockId block);                        // of a live block
  void free_null() { requests_.push_back({.op = Op::kFree}); }
  void init();
  void refuse(std::uint64_t growths) { requests_.push_back({.size = growths, .op = Op::kRefuse}); }

  std::size_t size() const { return requests_.size(); }
  std::uint64_t live_bytes() const { return live_bytes_; }
  std::size_t live_count() const { return live_count_; }
  std::uint64_t size_of(BlockId block) const { return blocks_[block].size; }
  std::vector<BlockId> live() const;  // the oldest first

  // The trace; the writer is empty afterwards.
  Trace take(std::string name);

 private:
  struct Block {
    std::uint64_t size = 0;
    bool live = false;
  };
  BlockId add(Request request, std::uint64_t size);

  std::vector<Request> requests_;
  std::vector<Block> blocks_;  // by id
  std::size_t first_ = 0;      // no block below it is live
  std::size_t live_count_ = 0;
  std::uint64_t live_bytes_ = 0;  // modulo 2^64: blocks that will be refused count too
};

}  // namespace heapjudge
