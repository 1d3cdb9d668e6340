// What the trace may do next with each block id, when not every request for a block is granted.
#pragma once

#include <cstdint>
#include <vector>

#include "trace/request.h"

namespace heapjudge {

enum class BlockState : std::uint8_t {
  kAbsent,   // never allocated, or freed: a realloc of it is one of NULL
  kRefused,  // asked for and answered with NULL: freeing it calls nothing, a realloc of it is a malloc
  kLive
};

// Also remembers which blocks the batch in hand creates, resizes or frees, so that none of them is freed or resized
// by a later request of it.
class BlockStates {
 public:
  explicit BlockStates(std::uint32_t block_count) : states_(block_count), changed_in_batch_(block_count) {}

  BlockState operator[](BlockId block) const { return states_[block]; }
  void set(BlockId block, BlockState state) { states_[block] = state; }

  void clear() { states_.assign(states_.size(), BlockState::kAbsent); }

  void start_batch() { ++batch_; }
  void note_change(BlockId block) { changed_in_batch_[block] = batch_; }
  bool is_changed_in_batch(BlockId block) const { return changed_in_batch_[block] == batch_; }

 private:
  std::vector<BlockState> states_;
  std::vector<std::uint32_t> changed_in_batch_;
  std::uint32_t batch_ = 0;
};

}  // namespace heapjudge
