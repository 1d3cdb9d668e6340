// How many blocks of a trace are live, request by request.
#pragma once

#include <cstddef>
#include <span>

#include "trace/live_blocks.h"

namespace heapjudge {

class LiveCount {
 public:
  explicit LiveCount(std::size_t blocks) : blocks_(blocks) {}

  // `before` are all requests of the trace before it.
  void apply(const Request& request, std::span<const Request> before) {
    const bool has_block = request.block != kNoBlock;
    if (has_block && is_live(request.block)) --count_;
    blocks_.apply(request, before);
    if (has_block && is_live(request.block)) ++count_;
    if (request.op == Op::kInit) count_ = 0;
  }

  void apply_all(std::span<const Request> requests) {
    for (std::size_t i = 0; i < requests.size(); ++i) apply(requests[i], requests.first(i));
  }

  std::size_t count() const { return count_; }
  bool is_live(BlockId block) const { return blocks_.state_of(block) == BlockState::kLive; }

 private:
  LiveBlocks blocks_;
  std::size_t count_ = 0;
};

}  // namespace heapjudge
