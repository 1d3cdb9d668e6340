// No word is believed: each size is compared with what is left before it is added to anything.
#include "judge/layout_check.h"

#include <algorithm>
#include <cstring>

namespace heapjudge {

namespace {

Violation broken(BlockId block, const Extent& extent, const LayoutBreach& breach) {
  Violation violation;
  violation.fault = Fault::kLayoutBroken;
  violation.block = block;
  violation.offset = extent.offset;
  violation.size = extent.size;
  violation.breach = breach;
  return violation;
}

}  // namespace

// The word must lie in the heap.
LayoutCheck::Tag LayoutCheck::tag_at(std::uint64_t offset) const {
  std::uint64_t word = 0;
  std::memcpy(&word, heap_.subspan(offset, layout_.word_bytes).data(), layout_.word_bytes);
  const std::uint64_t size = word >> layout_.flag_bits << layout_.flag_bits;
  const std::uint64_t around = layout_.size_is_of_payload ? layout_.header_bytes + footer_bytes() : 0;
  return {.at = offset,
          .word = word,
          .size = size,
          .allocated = (word >> layout_.allocated_bit & 1) != 0,
          .block_bytes = size <= UINT64_MAX - around ? size + around : UINT64_MAX};
}

LayoutBreach LayoutCheck::breach(LayoutRule rule, const Tag& tag, std::uint64_t expected) const {
  return {.rule = rule,
          .at = tag.at,
          .word = tag.word,
          .word_bytes = layout_.word_bytes,
          .size = tag.size,
          .allocated = tag.allocated,
          .block_bytes = tag.block_bytes,
          .expected = expected};
}

std::optional<LayoutBreach> LayoutCheck::breach_of_live(const Extent& extent, std::uint64_t end) const {
  if (extent.offset < layout_.header_bytes) {
    return LayoutBreach{.rule = LayoutRule::kNoHeader, .at = extent.offset, .word_bytes = layout_.word_bytes};
  }
  const Tag header = tag_at(extent.offset - layout_.header_bytes);
  if (!header.allocated) return breach(LayoutRule::kMarkedFree, header, layout_.allocated_bit);
  const std::uint64_t least = layout_.header_bytes + extent.size + footer_bytes();
  if (header.block_bytes < least) return breach(LayoutRule::kTooSmall, header, least);
  if (header.block_bytes > end - header.at) return breach(LayoutRule::kPastTheEnd, header, end);
  return layout_.footers == BlockLayout::Footers::kAll ? breach_of_footer(header) : std::nullopt;
}

// Other flags may differ. The block lies in the heap and is larger than a word.
std::optional<LayoutBreach> LayoutCheck::breach_of_footer(const Tag& header) const {
  const Tag footer = tag_at(header.at + header.block_bytes - layout_.word_bytes);
  if (footer.size == header.size && footer.allocated == header.allocated) return std::nullopt;
  return breach(LayoutRule::kFooterDiffers, footer, header.word);
}

std::optional<LayoutBreach> LayoutCheck::breach_in_gap(const Tag& tag, std::uint64_t end) const {
  if (tag.allocated) return breach(LayoutRule::kMarkedAllocated, tag, layout_.allocated_bit);
  if (tag.block_bytes < layout_.header_bytes + footer_bytes()) return breach(LayoutRule::kLost, tag, 0);
  if (tag.block_bytes > end - tag.at) return breach(LayoutRule::kPastTheEnd, tag, end);
  return layout_.footers == BlockLayout::Footers::kNone ? std::nullopt : breach_of_footer(tag);
}

// From the first of these live blocks to the next one that has bytes, or to the end. Behind the last block there may be
// an epilogue of size 0, or no word at all.
std::optional<LayoutBreach> LayoutCheck::breach_after(std::span<const LiveBlock> from, std::uint64_t end) const {
  const auto rest = from.subspan(1);
  const auto next = std::ranges::find_if(rest, [](const LiveBlock& live) { return live.extent.size > 0; });
  const bool is_last = next == rest.end() || next->extent.offset >= end;
  const std::uint64_t stop = is_last ? end : next->extent.offset - layout_.header_bytes;
  Tag tag = tag_at(from.front().extent.offset - layout_.header_bytes);
  if (tag.block_bytes > stop - tag.at) return breach(LayoutRule::kIntoTheNext, tag, stop);
  if (!layout_.walk) return std::nullopt;
  const auto is_live_and_empty = [&](std::uint64_t header) {
    return std::any_of(rest.begin(), next, [&](const LiveBlock& live) {
      return live.extent.offset == header + layout_.header_bytes;
    });
  };
  for (;;) {
    const std::uint64_t at = tag.at + tag.block_bytes;
    if (stop - at < (is_last ? layout_.word_bytes : 1)) return std::nullopt;
    tag = tag_at(at);
    if (is_last && tag.size == 0) return std::nullopt;
    Tag as_free = tag;
    if (is_live_and_empty(at)) as_free.allocated = false;
    auto found = breach_in_gap(as_free, stop);
    if (!found) continue;
    found->between_live = true;
    if (found->rule == LayoutRule::kPastTheEnd && !is_last) found->rule = LayoutRule::kIntoTheNext;
    return found;
  }
}

std::optional<Violation> LayoutCheck::verify(BlockId block, const Extent& extent, std::uint64_t end) const {
  if (extent.size == 0) return std::nullopt;
  const auto found = breach_of_live(extent, end);
  return found ? std::optional(broken(block, extent, *found)) : std::nullopt;
}

// Each by itself first: where one header is wrong, the way from it leads nowhere.
std::optional<Violation> LayoutCheck::verify_all(const ShadowHeap& shadow,
                                                 const std::function<std::uint64_t(const Extent&)>& end_of) const {
  std::vector<LiveBlock> live;
  shadow.for_each([&](BlockId block, const Extent& extent) { live.push_back({block, extent}); });
  for (const LiveBlock& one : live) {
    if (auto violation = verify(one.block, one.extent, end_of(one.extent))) return violation;
  }
  for (std::size_t i = 0; i < live.size(); ++i) {
    if (live[i].extent.size == 0) continue;
    const auto found = breach_after(std::span<const LiveBlock>(live).subspan(i), end_of(live[i].extent));
    if (found) return broken(live[i].block, live[i].extent, *found);
  }
  return std::nullopt;
}

}  // namespace heapjudge
