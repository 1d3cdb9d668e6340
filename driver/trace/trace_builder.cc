// Writes a trace request by request.
#include "trace/trace_builder.h"

#include <algorithm>
#include <utility>

#include "check.h"

namespace heapjudge {

BlockId TraceBuilder::add_block(Request request) {
  request.block = next_;
  requests_.push_back(request);
  live_.push_back(next_);
  return next_++;
}

BlockId TraceBuilder::allocate(std::uint64_t size) {
  return add_block({.size = size, .op = Op::kMalloc});
}

BlockId TraceBuilder::allocate_cleared(std::uint16_t count, std::uint64_t size) {
  return add_block({.size = size, .op = Op::kCalloc, .count = count});
}

BlockId TraceBuilder::allocate_aligned(std::uint8_t alignment_log2, std::uint64_t size) {
  return add_block({.size = size, .op = Op::kAligned, .alignment_log2 = alignment_log2});
}

BlockId TraceBuilder::resize_null(std::uint64_t size) {
  return add_block({.size = size, .op = Op::kRealloc});
}

void TraceBuilder::resize(BlockId block, std::uint64_t size) {
  ensure(is_live(block), "a generator resizes a block that is not live");
  requests_.push_back({.size = size, .block = block, .op = Op::kRealloc});
}

// Ids rise in the order of allocation, so live_ is sorted.
bool TraceBuilder::is_live(BlockId block) const {
  return std::ranges::binary_search(live_, block);
}

void TraceBuilder::free(BlockId block) {
  ensure(is_live(block), "a generator frees a block that is not live");
  live_.erase(std::ranges::lower_bound(live_, block));
  requests_.push_back({.block = block, .op = Op::kFree});
}

void TraceBuilder::free_null() {
  requests_.push_back({.op = Op::kFree});
}

void TraceBuilder::init() {
  requests_.push_back({.op = Op::kInit});
  live_.clear();
}

void TraceBuilder::refuse(std::uint64_t growths) {
  requests_.push_back({.size = growths, .op = Op::kRefuse});
}

void TraceBuilder::free_all_oldest_first() {
  for (const BlockId block : live_) requests_.push_back({.block = block, .op = Op::kFree});
  live_.clear();
}

void TraceBuilder::free_all_newest_first() {
  std::ranges::reverse(live_);
  free_all_oldest_first();
}

Trace TraceBuilder::build(std::string name) const {
  return Trace(std::move(name), {}, next_, requests_);
}

}  // namespace heapjudge
