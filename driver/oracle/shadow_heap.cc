// The rules a reply is held to, in their order.
#include "oracle/shadow_heap.h"

#include <algorithm>

#include "check.h"
#include "oracle/shadow_state.h"

namespace heapjudge {

namespace {

Violation violation(Fault fault, const Placement& placement, const ShadowSettings& settings) {
  return {.fault = fault,
          .request = placement.request,
          .block = placement.block,
          .offset = placement.offset,
          .size = placement.size,
          .heap_bytes = std::min(placement.heap_bytes, settings.heap_limit_bytes)};
}

}  // namespace

ShadowHeap::ShadowHeap(const ShadowSettings& settings) : state_(std::make_unique<State>(settings)) {}
ShadowHeap::~ShadowHeap() = default;
ShadowHeap::ShadowHeap(ShadowHeap&&) noexcept = default;
ShadowHeap& ShadowHeap::operator=(ShadowHeap&&) noexcept = default;

std::optional<Violation> ShadowHeap::place(const Placement& placement) {
  State& state = *state_;
  ensure(placement.block < state.settings.block_count, "shadow: no such block");
  ensure(!state.live.has(placement.block), "shadow: the block is live already");

  if (state.is_misaligned(placement)) return violation(Fault::kMisaligned, placement, state.settings);
  if (state.is_outside(placement)) return violation(Fault::kOutsideHeap, placement, state.settings);
  const State::Granules granules = state.granules_of(placement.offset, placement.size);
  if (state.taken.intersects(granules.first, granules.end) && !state.may_share(placement, granules.first)) {
    Violation overlap = violation(Fault::kOverlap, placement, state.settings);
    overlap.neighbour = state.find_neighbour(placement);
    return overlap;
  }

  if (placement.size == 0) [[unlikely]] {
    state.take_point(granules.first);
  } else {
    state.taken.insert(granules.first, granules.end);
  }
  state.extents[placement.block] = {.offset = placement.offset, .size = placement.size};
  state.live.add(placement.block);
  state.live_bytes += placement.size;
  ++state.live_blocks;
  state.order_is_current = false;
  return std::nullopt;
}

void ShadowHeap::set_stamp(BlockId block, std::uint32_t stamp) {
  ensure(is_live(block), "shadow: a stamp for a block that is not live");
  state_->extents[block].stamp = stamp;
}

void ShadowHeap::remove(BlockId block) {
  ensure(is_live(block), "shadow: removing a block that is not live");
  State& state = *state_;
  const Extent& extent = state.extents[block];
  const State::Granules granules = state.granules_of(extent.offset, extent.size);
  if (extent.size == 0) [[unlikely]] {
    state.release_point(granules.first);
  } else {
    state.taken.erase(granules.first, granules.end);
  }
  state.live.drop(block);
  state.in_order.drop(block);
  state.live_bytes -= extent.size;
  --state.live_blocks;
  state.order_is_current = false;
}

void ShadowHeap::clear() {
  State& state = *state_;
  state.for_each_live([this](BlockId block) { remove(block); });
}

void ShadowHeap::restart(const ShadowSettings& settings) {
  clear();
  if (!state_->has_room_for(settings)) state_ = std::make_unique<State>(state_->room_for_both(settings));
  state_->restart(settings);
}

bool ShadowHeap::is_live(BlockId block) const {
  return block < state_->settings.block_count && state_->live.has(block);
}

const Extent& ShadowHeap::extent_of(BlockId block) const {
  ensure(is_live(block), "shadow: the extent of a block that is not live");
  return state_->extents[block];
}

std::uint64_t ShadowHeap::live_bytes() const {
  return state_->live_bytes;
}

std::size_t ShadowHeap::live_blocks() const {
  return state_->live_blocks;
}

void ShadowHeap::for_each(const std::function<void(BlockId, const Extent&)>& visit) const {
  state_->bring_order_up_to_date();
  for (const BlockId block : state_->order) visit(block, state_->extents[block]);
}

void ShadowHeap::check() const {
  state_->check();
}

}  // namespace heapjudge
