#include "fuzz/live_choice.h"

#include <algorithm>

namespace heapjudge {

void LiveChoice::clear() {
  blocks_.clear();
  peak_bytes_ = 0;
  touched_ = before_touched_ = after_touched_ = kNoBlock;
}

void LiveChoice::add(BlockId block, std::uint32_t size) {
  blocks_.add(block, size);
  touched_ = block;
  peak_bytes_ = std::max(peak_bytes_, blocks_.bytes());
}

void LiveChoice::resize(BlockId block, std::uint32_t size) {
  blocks_.resize(block, size);
  touched_ = block;
  peak_bytes_ = std::max(peak_bytes_, blocks_.bytes());
}

void LiveChoice::remove(BlockId block) {
  touched_ = kNoBlock;
  before_touched_ = blocks_.before(block);
  after_touched_ = blocks_.after(block);
  blocks_.remove(block);
}

BlockId LiveChoice::walk_back(unsigned steps) const {
  BlockId block = blocks_.newest();
  for (unsigned i = 0; i < steps && blocks_.before(block) != kNoBlock; ++i) block = blocks_.before(block);
  return block;
}

BlockId LiveChoice::choose(const Record& record) const {
  if (blocks_.count() == 0) return kNoBlock;
  BlockId block = kNoBlock;
  switch (record.choice) {
    case Choice::kAny:
    case Choice::kAnyToo:
      break;
    case Choice::kNewest:
      return blocks_.newest();
    case Choice::kOldest:
      return blocks_.oldest();
    case Choice::kAfterTouched:
      block = touched_ == kNoBlock ? after_touched_ : blocks_.after(touched_);
      break;
    case Choice::kBeforeTouched:
      block = touched_ == kNoBlock ? before_touched_ : blocks_.before(touched_);
      break;
    case Choice::kTouched:
      block = touched_;
      break;
    case Choice::kRecent:
      return walk_back(record.index % 8u);
  }
  return block != kNoBlock ? block : blocks_.at(record.index % blocks_.count());
}

}  // namespace heapjudge
