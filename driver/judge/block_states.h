// What the trace may do next with each block id, when not every request for a block is granted.
#pragma once

#include <cstdint>
#include <vector>

#include "trace/request.h"

namespace heapjudge {

enum class BlockStanding : std::uint8_t {
  kAbsent,   // never allocated, or freed: a realloc of it is one of NULL
  kRefused,  // asked for and answered with NULL: freeing it calls nothing, a realloc of it is a malloc
  kLive
};

// Also remembers which blocks the batch in hand frees, and which it creates or resizes.
class BlockStates {
 public:
  explicit BlockStates(std::uint32_t block_count) : states_(block_count), last_change_(block_count) {}

  BlockStanding operator[](BlockId block) const { return states_[block]; }
  void set(BlockId block, BlockStanding state) { states_[block] = state; }

  // As new, for so many ids.
  void restart(std::uint32_t block_count) {
    states_.assign(block_count, BlockStanding::kAbsent);
    if (batch_ >= kManyBatches) {
      last_change_.clear();
      batch_ = 0;
    }
    if (last_change_.size() < block_count) last_change_.resize(block_count);
  }

  void clear() { states_.assign(states_.size(), BlockStanding::kAbsent); }

  void start_batch() { batch_ += 2; }
  void note_free(BlockId block) { last_change_[block] = batch_; }
  void note_creation(BlockId block) { last_change_[block] = batch_ + 1; }
  bool is_changed_in_batch(BlockId block) const { return (last_change_[block] | 1) == batch_ + 1; }
  bool is_created_in_batch(BlockId block) const { return last_change_[block] == batch_ + 1; }

 private:
  static constexpr std::uint32_t kManyBatches = std::uint32_t{1} << 30;  // no trace has as many

  std::vector<BlockStanding> states_;
  std::vector<std::uint32_t> last_change_;  // the number of its batch, which is even; one more for a creation
  std::uint32_t batch_ = 0;
};

}  // namespace heapjudge
