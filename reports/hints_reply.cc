// One function for each thing that a reply can get wrong.
#include "reports/hints_reply.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/command_text.h"
#include "reports/decode.h"
#include "reports/numbers.h"
#include "reports/request_text.h"

namespace heapjudge {
namespace {

constexpr std::uint64_t k4GiB = std::uint64_t{1} << 32;
constexpr std::uint64_t kOverhead = 4096;  // more than any header, footer and rounding

const BlockHistory* neighbour_of(const Finding& finding, const Violation& violation) {
  for (auto h = finding.histories.rbegin(); h != finding.histories.rend(); ++h) {
    if (violation.neighbour && h->block == *violation.neighbour && h->born <= finding.request) return &*h;
  }
  return nullptr;
}

std::string hint_for_overlap(const Finding& finding, const Violation& violation) {
  const BlockHistory* other = neighbour_of(finding, violation);
  if (other == nullptr) return "";
  if (other->offset == violation.offset) {
    return fmt::format("block {} has this address already: was it still on a free list when #{} took it?",
                       other->block, finding.request);
  }
  if (other->offset < violation.offset) {
    return fmt::format(
        "{} lies inside block {}, which starts at {}: is a header or footer read from the "
        "middle of a payload, or did an earlier split or coalesce leave a wrong size?",
        heap_offset(violation.offset), other->block, heap_offset(other->offset));
  }
  const std::string room = fmt::format("block {} starts at {}, so at most {} fit at {}", other->block,
                                       heap_offset(other->offset),
                                       bytes_text(other->offset - violation.offset),
                                       heap_offset(violation.offset));
  if (finding.asked.op == Op::kRealloc) {
    return room + ". Is the next block free, and large enough, before mm_realloc grows into it?";
  }
  return room +
         ". Is a free block taken that is too small, or does a split leave it its old size, in header or "
         "footer?";
}

std::string hint_for_alignment(const Finding& finding, const Violation& violation, const Identity& identity) {
  if (finding.asked.op == Op::kAligned) return "";
  if (identity.alignment_bytes == 16 && violation.offset % 16 == 8) {
    return "it is a multiple of 8 only, as on 32 bit: round sizes up to 16, and let the first payload be a "
           "multiple of 16. If it was written for 32 bit: " +
           command_for_32_bit(identity);
  }
  if (violation.offset % 8 == 4) {
    return "a header of 4 bytes stands before the payload: the first block must start 4 bytes below a "
           "multiple of the alignment (padding in mm_init)";
  }
  return "a size is used that is not rounded up to the alignment";
}

// The address is not of the heap.
std::string hint_for_stray_address(const Finding& finding, const Violation& violation,
                                   const Identity& identity) {
  switch (kind_of_reply(violation, finding)) {
    case AddressKind::kTruncated:
      return hint_for_truncation(identity);
    case AddressKind::kNearMinusOne:
      return "what a refused mem_sbrk returns is passed on: compare it with (void *)-1, and return NULL";
    case AddressKind::kNearNull:
      return "an address is computed from NULL: nothing was found, and that is not tested for";
    case AddressKind::kPattern:
      return "a link or size was read from memory that belongs to the client";
    case AddressKind::kBelowHeap:
      return "an address is computed downwards past the first block: a size or a step back is wrong";
    case AddressKind::kInHeap:
    case AddressKind::kAboveHeap:
    case AddressKind::kUnknown:
      return "";
  }
  return "";
}

// A resized block that was not moved.
bool stays_in_place(const Finding& finding, const Violation& violation) {
  return finding.asked.op == Op::kRealloc &&
         std::any_of(finding.histories.begin(), finding.histories.end(), [&](const BlockHistory& h) {
           return h.block == violation.block && h.offset == violation.offset && h.born < finding.request;
         });
}

std::string hint_for_outside(const Finding& finding, const Violation& violation, const Identity& identity) {
  if (violation.offset > finding.heap_limit_bytes) return hint_for_stray_address(finding, violation, identity);
  if (violation.offset >= violation.heap_bytes && violation.mapped_bytes > 0) {
    return "the block does not lie in one mapped range: is mem_map asked for its header, too, and was the range not "
           "given back?";
  }
  if (violation.offset >= violation.heap_bytes) {
    return "the block starts past the heap's end: is mem_sbrk called at all for it?";
  }
  if (stays_in_place(finding, violation)) {
    return fmt::format(
        "the block stays where it is, and ends {} past the heap: either extend the heap first, or move the "
        "block",
        bytes_text(violation.offset + violation.size - violation.heap_bytes));
  }
  return fmt::format(
      "the block starts inside and ends {} past the heap: is mem_sbrk asked for the whole block, "
      "with header, footer and rounding, and not for the difference to a last block that is in use?",
      bytes_text(violation.offset + violation.size - violation.heap_bytes));
}

std::string hint_for_null(const Finding& finding) {
  if (finding.request == 0) {
    return "mm_init returns what does not mean success: compare with interface: init in the rubric";
  }
  if (finding.asked.op == Op::kRealloc) {
    return "a block that cannot grow where it is has to move: allocate, copy, free the old one";
  }
  return "the heap is not extended when no free block fits, or not by enough for this request";
}

std::string hint_for_full_heap(const Finding& finding, const Violation& violation) {
  const double live = static_cast<double>(violation.live_bytes);
  if (live > 0.75 * static_cast<double>(finding.heap_limit_bytes)) {
    return "little is free, and that in pieces: less overhead per block or better fits would help; the limit "
           "is heap: {limit} in the rubric";
  }
  return "freed blocks are not used again, or stay in pieces too small to be (no coalescing); the limit is "
         "heap: {limit} in the rubric";
}

std::string hint_for_sbrk(const Finding& finding) {
  if (finding.asked.op == Op::kFree) {
    return "memory is given back with a negative increment, which this course does not allow (heap: {shrink} "
           "in the rubric)";
  }
  return "sizes are unsigned: a difference that should be negative wraps around to a huge one";
}

std::string hint_for_unmap(const Violation& violation) {
  if (violation.neighbour) {
    return "a range goes back as a whole, so no block in it may be in use, whoever else is freed";
  }
  return "mem_unmap wants the address that mem_map returned, not that of a block in the range, and only once";
}

}  // namespace

std::string hint_for_huge_size(const Finding& finding, const Identity& identity) {
  const std::uint64_t asked = payload_bytes(finding.asked);
  if (asked <= finding.heap_limit_bytes || !asks_for_block(finding.asked.op)) return "";
  if (finding.asked.op == Op::kCalloc) {
    return "count * size overflowed or was cut: test it before multiplying (count > SIZE_MAX / size), and "
           "return NULL";
  }
  const std::uint64_t largest = identity.abi == Abi::kIlp32 ? k4GiB - 1 : UINT64_MAX;
  if (asked > largest - kOverhead) {
    return "the size plus header and rounding overflowed to a small one: test for huge sizes before they are "
           "rounded, and return NULL";
  }
  if (asked >= k4GiB && asked % k4GiB <= finding.heap_limit_bytes) {
    return fmt::format("a size of 8 bytes was kept in 4: {} becomes {}; use size_t throughout", asked,
                       asked % k4GiB);
  }
  return "the size is larger than the heap may ever be: it was kept in a type that is too small or has a "
         "sign; use size_t, and return NULL when mem_sbrk refuses";
}

std::string hint_for_reply(const Finding& finding, const Violation& violation, const Identity& identity) {
  const bool is_placement = violation.fault == Fault::kOverlap || violation.fault == Fault::kOutsideHeap;
  if (const std::string hint = hint_for_huge_size(finding, identity); is_placement && !hint.empty()) return hint;
  if (violation.fault == Fault::kOverlap) return hint_for_overlap(finding, violation);
  if (violation.fault == Fault::kOutsideHeap) return hint_for_outside(finding, violation, identity);
  if (violation.fault == Fault::kNullReturned) return hint_for_null(finding);
  if (violation.fault == Fault::kResourceLimit) return hint_for_full_heap(finding, violation);
  if (violation.fault == Fault::kSbrkMisused) return hint_for_sbrk(finding);
  if (violation.fault == Fault::kUnmapMisused) return hint_for_unmap(violation);
  if (violation.fault != Fault::kMisaligned) return "";
  const bool in_heap = violation.offset < finding.heap_limit_bytes;
  return in_heap ? hint_for_alignment(finding, violation, identity)
                 : hint_for_stray_address(finding, violation, identity);
}

}  // namespace heapjudge
