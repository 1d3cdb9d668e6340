// Which blocks of a trace are live.
#include "trace/live_blocks.h"

namespace heapjudge {

bool LiveBlocks::admits(const Request& request) const {
  switch (request.op) {
    case Op::kMalloc:
    case Op::kCalloc:
    case Op::kAligned:
      return state_of(request.block) != BlockState::kLive;
    case Op::kFree:
      return request.block == kNoBlock || state_of(request.block) != BlockState::kDead;
    case Op::kRealloc:
    case Op::kInit:
    case Op::kRefuse:
      return true;
  }
  return false;
}

void LiveBlocks::apply(const Request& request, std::span<const Request> before) {
  switch (request.op) {
    case Op::kMalloc:
    case Op::kCalloc:
    case Op::kAligned:
      return set(request.block, BlockState::kLive);
    case Op::kFree:
      if (request.block != kNoBlock) set(request.block, BlockState::kDead);
      return;
    case Op::kRealloc:
      return set(request.block, request.size == 0 ? BlockState::kEither : BlockState::kLive);
    case Op::kInit:
      // Only what was named since the last `i` can be live: a trace of many `i` and many ids stays linear.
      for (auto r = before.rbegin(); r != before.rend() && r->op != Op::kInit; ++r) {
        if (r->block != kNoBlock) set(r->block, BlockState::kDead);
      }
      return;
    case Op::kRefuse:
      return;
  }
}

void LiveBlocks::set(BlockId block, BlockState state) {
  if (block >= states_.size()) states_.resize(std::size_t{block} + 1, BlockState::kDead);
  states_[block] = state;
}

}  // namespace heapjudge
