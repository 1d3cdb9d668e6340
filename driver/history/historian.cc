// Compares what is live after a request with what was before it.
#include "history/historian.h"

#include <algorithm>
#include <utility>

namespace heapjudge {

Historian::Historian(std::uint32_t block_count, std::uint32_t alignment) : open_(block_count) {
  history_.alignment = alignment;
}

void Historian::end_life(BlockId block, std::size_t moment) {
  if (open_[block] != 0) history_.blocks[open_[block] - 1].died = moment;
  open_[block] = 0;
}

void Historian::end_all_lives(std::size_t moment) {
  for (std::size_t life = first_open_; life < history_.blocks.size(); ++life) {
    if (history_.blocks[life].died == 0) end_life(history_.blocks[life].block, moment);
  }
  first_open_ = history_.blocks.size();
}

void Historian::begin_life(BlockId block, const Extent& extent, std::size_t moment) {
  history_.blocks.push_back(
      {.block = block, .born = moment, .died = 0, .offset = extent.offset, .size = extent.size});
  open_[block] = history_.blocks.size();
}

// What is mapped changes rarely; where it does, what stays as it was lives on.
void Historian::enter_heap(const HeapNow& now) {
  const std::size_t moment = next_moment();
  history_.grown_bytes.push_back(now.grown_bytes);
  const auto range_of = [this](std::size_t life) { return history_.ranges[life].range; };
  if (std::ranges::equal(now.mapped, open_ranges_, {}, {}, range_of)) return;
  std::vector<std::size_t> open;
  for (const std::size_t life : open_ranges_) {
    const bool stays = std::ranges::find(now.mapped, range_of(life)) != now.mapped.end();
    if (!stays) history_.ranges[life].died = moment;
  }
  for (const HeapRange& range : now.mapped) {
    const auto known = std::ranges::find(open_ranges_, range, range_of);
    if (known != open_ranges_.end()) {
      open.push_back(*known);
      continue;
    }
    open.push_back(history_.ranges.size());
    history_.ranges.push_back({.range = range, .born = moment, .died = 0});
  }
  open_ranges_ = std::move(open);
}

void Historian::record_init(const HeapNow& now) {
  enter_heap(now);
}

void Historian::record(const Request& request, const ShadowHeap& shadow, const HeapNow& now) {
  const std::size_t moment = next_moment();
  enter_heap(now);
  if (request.op == Op::kInit) return end_all_lives(moment);
  if (request.op == Op::kRefuse || request.block == kNoBlock) return;
  if (!shadow.is_live(request.block)) return end_life(request.block, moment);
  const Extent& extent = shadow.extent_of(request.block);
  if (extent.stamp != static_cast<std::uint32_t>(moment)) return;  // a realloc that failed
  end_life(request.block, moment);
  begin_life(request.block, extent, moment);
}

HeapHistory Historian::finish() {
  const std::size_t end = next_moment();
  end_all_lives(end);
  for (const std::size_t life : open_ranges_) history_.ranges[life].died = end;
  return std::move(history_);
}

}  // namespace heapjudge
