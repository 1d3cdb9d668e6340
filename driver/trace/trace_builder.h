// Writes a trace request by request; ids are given out in order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "trace/trace.h"

namespace heapjudge {

// Invariant: what was added so far is a well-formed trace, and live() are the blocks that it leaves behind.
class TraceBuilder {
 public:
  // Each makes a new block.
  BlockId allocate(std::uint64_t size);
  BlockId allocate_cleared(std::uint16_t count, std::uint64_t size);
  BlockId allocate_aligned(std::uint8_t alignment_log2, std::uint64_t size);
  BlockId resize_null(std::uint64_t size);  // realloc(NULL, size)

  void resize(BlockId block, std::uint64_t size);  // of a live block
  void free(BlockId block);                        // of a live block
  void free_null();
  void init();
  void refuse(std::uint64_t growths);

  // Frees what is live, the oldest or the newest first.
  void free_all_oldest_first();
  void free_all_newest_first();

  std::size_t size() const { return requests_.size(); }
  const std::vector<BlockId>& live() const { return live_; }  // in order of allocation

  bool is_live(BlockId block) const;

  Trace build(std::string name) const;

 private:
  BlockId add_block(Request request);

  std::vector<Request> requests_;
  std::vector<BlockId> live_;
  BlockId next_ = 0;
};

}  // namespace heapjudge
