// Granules, the order of blocks, and the walk that checks them.
#include "oracle/shadow_state.h"

#include <algorithm>
#include <bit>
#include <set>
#include <utility>

#include "check.h"
#include "oracle/block_order.h"

namespace heapjudge {

namespace {

constexpr std::uint64_t kLargestLimit = std::uint64_t{1} << 47;

const ShadowSettings& sound(const ShadowSettings& settings) {
  ensure(settings.heap_limit_bytes <= kLargestLimit, "shadow: heap limit too large");
  ensure(std::has_single_bit(settings.alignment), "shadow: alignment is not a power of two");
  ensure(settings.heap_base % settings.alignment == 0, "shadow: heap base is not aligned");
  return settings;
}

}  // namespace

ShadowHeap::State::State(const ShadowSettings& given)
    : settings(sound(given)),
      room(given),
      granule_log2(static_cast<unsigned>(std::countr_zero(given.alignment))),
      extents(given.block_count),
      live(given.block_count),
      // One granule more than fits: a zero-size block may lie at the very end.
      taken((given.heap_limit_bytes >> granule_log2) + 1),
      points((given.heap_limit_bytes >> granule_log2) + 1),
      in_order(given.block_count) {}

bool ShadowHeap::State::has_room_for(const ShadowSettings& wanted) const {
  return wanted.alignment == room.alignment && wanted.heap_limit_bytes <= room.heap_limit_bytes &&
         wanted.block_count <= room.block_count;
}

ShadowSettings ShadowHeap::State::room_for_both(const ShadowSettings& wanted) const {
  ShadowSettings both = wanted;
  both.heap_limit_bytes = std::max(wanted.heap_limit_bytes, room.heap_limit_bytes);
  both.block_count = std::max(wanted.block_count, room.block_count);
  return both;
}

void ShadowHeap::State::restart(const ShadowSettings& wanted) {
  settings = sound(wanted);
  order.clear();
  order_is_current = true;
}

bool ShadowHeap::State::may_share(const Placement& placement, std::uint64_t granule) const {
  return placement.size == 0 && points.intersects(granule, granule + 1);
}

std::optional<BlockId> ShadowHeap::State::find_neighbour(const Placement& placement) const {
  std::optional<BlockId> lowest;
  const Granules wanted = granules_of(placement.offset, placement.size);
  for_each_live([&](BlockId block) {
    const Granules its = granules_of(extents[block].offset, extents[block].size);
    if (its.first >= wanted.end || wanted.first >= its.end) return;
    if (!lowest || extents[block].offset < extents[*lowest].offset) lowest = block;
  });
  return lowest;
}

void ShadowHeap::State::take_point(std::uint64_t granule) {
  if (points.intersects(granule, granule + 1)) {
    ++more_there[granule];
    return;
  }
  points.insert(granule, granule + 1);
  taken.insert(granule, granule + 1);
}

void ShadowHeap::State::release_point(std::uint64_t granule) {
  if (const auto found = more_there.find(granule); found != more_there.end()) {
    if (--found->second == 0) more_there.erase(found);
    return;
  }
  points.erase(granule, granule + 1);
  taken.erase(granule, granule + 1);
}

void ShadowHeap::State::bring_order_up_to_date() {
  if (order_is_current) return;
  std::erase_if(order, [&](BlockId block) { return !in_order.has(block); });

  std::vector<PlacedBlock> fresh;
  fresh.reserve(live_blocks - order.size());
  for_each_live([&](BlockId block) {
    if (!in_order.has(block)) fresh.push_back({extents[block].offset, block});
  });
  sort_by_offset(fresh);

  const auto kept = static_cast<std::ptrdiff_t>(order.size());
  order.reserve(live_blocks);
  for (const PlacedBlock& placed : fresh) {
    order.push_back(placed.block);
    in_order.add(placed.block);
  }
  std::inplace_merge(order.begin(), order.begin() + kept, order.end(), [&](BlockId a, BlockId b) {
    return std::pair(extents[a].offset, a) < std::pair(extents[b].offset, b);
  });
  order_is_current = true;
}

void ShadowHeap::State::check() const {
  std::uint64_t bytes = 0;
  std::size_t blocks = 0;
  for_each_live([&](BlockId block) {
    const Extent& extent = extents[block];
    ensure(block < settings.block_count, "shadow: a live block has no id");
    ensure(!is_misaligned({.offset = extent.offset}), "shadow: a live block is misaligned");
    ensure(!is_outside({.offset = extent.offset, .size = extent.size, .heap_bytes = kLargestLimit}),
           "shadow: a live block is outside the heap");
    bytes += extent.size;
    ++blocks;
  });
  ensure(bytes == live_bytes, "shadow: live bytes miscounted");
  ensure(blocks == live_blocks, "shadow: live blocks miscounted");
  check_order();
  check_granules();
}

void ShadowHeap::State::check_order() const {
  for (const BlockId block : order) ensure(block < settings.block_count, "shadow: order names no block");
  for_each_live([&](BlockId block) {
    ensure(!order_is_current || in_order.has(block), "shadow: a live block is missing in the order");
  });
  if (!order_is_current) return;
  ensure(order.size() == live_blocks, "shadow: the order is not that of the live blocks");
  const auto lies_before = [&](BlockId a, BlockId b) {
    return std::pair(extents[a].offset, a) < std::pair(extents[b].offset, b);
  };
  ensure(std::is_sorted(order.begin(), order.end(), lies_before), "shadow: the order is wrong");
}

void ShadowHeap::State::check_granules() const {
  std::vector<Granules> all;
  std::set<std::uint64_t> zero_sized;
  std::map<std::uint64_t, std::uint32_t> shared;
  for_each_live([&](BlockId block) {
    const Granules granules = granules_of(extents[block].offset, extents[block].size);
    const bool is_new = extents[block].size != 0 || zero_sized.insert(granules.first).second;
    if (is_new) {
      all.push_back(granules);
    } else {
      ++shared[granules.first];
    }
  });
  std::sort(all.begin(), all.end(), [](const Granules& a, const Granules& b) { return a.first < b.first; });

  std::uint64_t members = 0;
  std::uint64_t end = 0;
  for (const Granules& granules : all) {
    ensure(granules.first >= end, "shadow: live blocks overlap");
    ensure(taken.holds(granules.first, granules.end), "shadow: a live block's granules are not taken");
    members += granules.end - granules.first;
    end = granules.end;
  }
  ensure(taken.count() == members, "shadow: granules of no live block are taken");
  ensure(points.count() == zero_sized.size(), "shadow: zero-size blocks miscounted");
  ensure(shared == more_there, "shadow: shared addresses miscounted");
  taken.check();
  points.check();
}

}  // namespace heapjudge
