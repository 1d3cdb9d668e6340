// Writes a generated trace.
#include "generate/trace_writer.h"

#include <utility>

#include "check.h"

namespace heapjudge {

BlockId TraceWriter::add(Request request, std::uint64_t size) {
  request.block = static_cast<BlockId>(blocks_.size());
  requests_.push_back(request);
  blocks_.push_back({.size = size, .live = true});
  ++live_count_;
  live_bytes_ += size;
  return request.block;
}

BlockId TraceWriter::allocate_cleared(std::uint16_t count, std::uint64_t size) {
  return add({.size = size, .op = Op::kCalloc, .count = count}, size * count);
}

BlockId TraceWriter::allocate_aligned(std::uint8_t alignment_log2, std::uint64_t size) {
  return add({.size = size, .op = Op::kAligned, .alignment_log2 = alignment_log2}, size);
}

void TraceWriter::resize(BlockId block, std::uint64_t size) {
  ensure(blocks_[block].live, "a generator resizes a block that is not live");
  requests_.push_back({.size = size, .block = block, .op = Op::kRealloc});
  live_bytes_ += size - blocks_[block].size;
  blocks_[block].size = size;
}

void TraceWriter::free(BlockId block) {
  ensure(blocks_[block].live, "a generator frees a block that is not live");
  requests_.push_back({.block = block, .op = Op::kFree});
  live_bytes_ -= blocks_[block].size;
  blocks_[block].live = false;
  --live_count_;
}

void TraceWriter::init() {
  requests_.push_back({.op = Op::kInit});
  for (std::size_t i = first_; i < blocks_.size(); ++i) blocks_[i].live = false;
  first_ = blocks_.size();
  live_count_ = 0;
  live_bytes_ = 0;
}

std::vector<BlockId> TraceWriter::live() const {
  std::vector<BlockId> ids;
  ids.reserve(live_count_);
  for (std::size_t i = first_; i < blocks_.size(); ++i) {
    if (blocks_[i].live) ids.push_back(static_cast<BlockId>(i));
  }
  return ids;
}

Trace TraceWriter::take(std::string name) {
  const auto ids = static_cast<std::uint32_t>(blocks_.size());
  blocks_.clear();
  first_ = live_count_ = live_bytes_ = 0;
  return Trace(std::move(name), {}, ids, std::exchange(requests_, {}));
}

}  // namespace heapjudge
