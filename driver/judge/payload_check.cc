#include "judge/payload_check.h"

#include <algorithm>

namespace heapjudge {

namespace {

Violation damaged(Fault fault, BlockId block, const Extent& extent, const Damage& damage) {
  Violation violation;
  violation.fault = fault;
  violation.block = block;
  violation.offset = extent.offset;
  violation.size = extent.size;
  violation.damage = damage;
  return violation;
}

}  // namespace

std::optional<Violation> PayloadCheck::verify(BlockId block, const Extent& extent) const {
  const auto damage = pattern_.compare(bytes_of(extent), extent.stamp, extent.offset);
  if (!damage) return std::nullopt;
  return damaged(Fault::kPayloadChanged, block, extent, *damage);
}

std::optional<Violation> PayloadCheck::verify_new(const Request& request, const Extent& extent,
                                                  const std::optional<Extent>& before) {
  if (request.op == Op::kCalloc) return verify_zeroed(request.block, extent);
  return before ? verify_resized(request.block, extent, *before) : verify(request.block, extent);
}

std::optional<Violation> PayloadCheck::verify_zeroed(BlockId block, const Extent& extent) {
  const auto payload = bytes_of(extent);
  if (const auto damage = compare_with_zero(payload, extent.offset)) {
    return damaged(Fault::kCallocNotZero, block, extent, *damage);
  }
  pattern_.fill(payload, extent.stamp);
  return std::nullopt;
}

// The server filled what is new as a payload of its own; from here on the block is filled as one.
std::optional<Violation> PayloadCheck::verify_resized(BlockId block, const Extent& extent, const Extent& before) {
  const std::uint64_t size = std::min(extent.size, before.size);
  const Extent kept{extent.offset, size, before.stamp};
  const Extent fresh{extent.offset + size, extent.size - size, extent.stamp};
  if (const auto damage = pattern_.compare(bytes_of(kept), kept.stamp, kept.offset)) {
    return damaged(Fault::kReallocLost, block, extent, *damage);
  }
  if (const auto damage = pattern_.compare(bytes_of(fresh), fresh.stamp, fresh.offset)) {
    return damaged(Fault::kPayloadChanged, block, extent, *damage);
  }
  pattern_.fill(bytes_of(extent), extent.stamp);
  return std::nullopt;
}

std::optional<Violation> PayloadCheck::verify_outside(const HeapRange& stretch) const {
  const std::uint64_t room = heap_.size() - std::min<std::uint64_t>(stretch.offset, heap_.size());
  const Extent outside{stretch.offset, std::min(stretch.bytes, room), 0};
  if (outside.size == 0) return std::nullopt;
  const auto damage = compare_with_zero(bytes_of(outside), outside.offset);
  if (!damage) return std::nullopt;
  return damaged(Fault::kWroteOutsideHeap, kNoBlock, {damage->first_offset, 0, 0}, *damage);
}

}  // namespace heapjudge
