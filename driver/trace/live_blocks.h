// Which blocks of a trace are live, as far as the trace alone can tell.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "trace/request.h"

namespace heapjudge {

enum class BlockState : std::uint8_t {
  kDead,   // never allocated, or freed, or gone with an `i`
  kLive,   // must be freed or resized before it can be allocated again
  kEither  // after `r id 0`: some allocators free the block, some keep it; both may follow
};

// The state of every block while a trace is read from its start.
class LiveBlocks {
 public:
  explicit LiveBlocks(std::size_t blocks) : states_(blocks, BlockState::kDead) {}

  // True when the request may come next. Blocks that were never seen are dead.
  bool admits(const Request& request) const;

  // Takes in a request that was admitted; `before` are all requests of the trace before it.
  void apply(const Request& request, std::span<const Request> before);

  BlockState state_of(BlockId block) const {
    return block < states_.size() ? states_[block] : BlockState::kDead;
  }

  // The table itself, for a reader in a hurry. Blocks beyond it are dead.
  std::span<BlockState> states() { return states_; }

 private:
  void set(BlockId block, BlockState state);

  std::vector<BlockState> states_;
};

}  // namespace heapjudge
