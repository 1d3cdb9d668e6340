// One function for each kind of finding; a hint is given only when its rule matches.
#include "reports/hints.h"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>

#include "reports/decode.h"
#include "reports/hints_damage.h"
#include "reports/numbers.h"
#include "reports/picture.h"
#include "reports/request_text.h"

namespace heapjudge {
namespace {

const BlockHistory* history_of(const std::vector<BlockHistory>& histories, BlockId block,
                               std::size_t request) {
  for (auto h = histories.rbegin(); h != histories.rend(); ++h) {
    if (h->block == block && h->born <= request) return &*h;
  }
  return nullptr;
}

std::string hint_for_overlap(const Finding& finding, const Violation& violation) {
  if (!violation.neighbour) return "";
  const BlockHistory* other = history_of(finding.histories, *violation.neighbour, finding.request);
  if (other == nullptr) return "";
  if (other->offset == violation.offset) {
    return fmt::format("block {} has this address already: was it still on a free list when #{} took it?",
                       other->block, finding.request);
  }
  if (other->offset < violation.offset) {
    return fmt::format(
        "+0x{:03x} lies inside block {}, which starts at {}: is a header or footer read from the "
        "middle of a payload, or did an earlier split or coalesce leave a wrong size?",
        violation.offset, other->block, heap_offset(other->offset));
  }
  const std::uint64_t room = other->offset - violation.offset;
  if (finding.asked.op == Op::kRealloc) {
    return fmt::format(
        "block {} starts at {}, so at most {} fit at {}. Is the next block free, and large enough, "
        "before mm_realloc grows into it?",
        other->block, heap_offset(other->offset), bytes_text(room), heap_offset(violation.offset));
  }
  return fmt::format(
      "block {} starts at {}, so at most {} fit at {}. Does the remainder get its smaller size, in "
      "header and footer, when a free block is split?",
      other->block, heap_offset(other->offset), bytes_text(room), heap_offset(violation.offset));
}

std::string hint_for_alignment(const Finding& finding, const Violation& violation) {
  if (finding.asked.op == Op::kAligned) return "";
  if (violation.offset % 16 == 8) {
    return "it is a multiple of 8 only, as on 32 bit. On 64 bit sizes are rounded up to 16 and the first "
           "payload "
           "is a multiple of 16; an allocator written for 32 bit is graded with --abi ilp32";
  }
  if (violation.offset % 8 == 4) {
    return "a header of 4 bytes stands before the payload: the first block must start 4 bytes below a "
           "multiple of "
           "the alignment (padding in mm_init)";
  }
  return "a size is used that is not rounded up to the alignment";
}

std::string hint_for_outside(const Violation& violation) {
  constexpr std::uint64_t kFirstNegative = std::uint64_t{1} << 63;
  if (violation.offset >= kFirstNegative)
    return "the address is below the heap: is it a pointer cut to 4 bytes?";
  if (violation.offset < violation.heap_bytes) {
    return fmt::format(
        "the block starts inside and ends {} past the heap: is mem_sbrk asked for the whole block, "
        "with header, footer and rounding, and not for the difference to a last block that is in use?",
        bytes_text(violation.offset + violation.size - violation.heap_bytes));
  }
  return "the block starts past the heap's end: is mem_sbrk called at all for it?";
}

std::string hint_for_violation(const Finding& finding, const Violation& violation) {
  switch (violation.fault) {
    case Fault::kOverlap:
      return hint_for_overlap(finding, violation);
    case Fault::kMisaligned:
      return hint_for_alignment(finding, violation);
    case Fault::kOutsideHeap:
      return hint_for_outside(violation);
    case Fault::kNullReturned:
      return finding.request == 0
                 ? "mm_init returns what does not mean success: compare with interface: init in the rubric"
                 : "the heap is not extended when no free block fits, or not by enough for this request";
    case Fault::kReallocLost:
      return hint_for_lost_bytes(violation);
    case Fault::kCallocNotZero:
      return hint_for_calloc(finding, violation);
    case Fault::kPayloadChanged:
      return hint_for_changed_bytes(finding, violation);
    case Fault::kWroteOutsideHeap:
      return hint_for_write_past_end(finding, violation);
    case Fault::kSbrkMisused:
      return "sizes are unsigned: a difference that should be negative, or a request near SIZE_MAX plus "
             "overhead, "
             "wraps around";
    case Fault::kEdgeContract:
    case Fault::kRefusalMishandled:
    case Fault::kInitDoesNotReset:
    case Fault::kDependsOnOldBytes:
    case Fault::kCrash:
    case Fault::kNoProgress:
    case Fault::kExited:
    case Fault::kResourceLimit:
    case Fault::kForbiddenSyscall:
    case Fault::kLayoutBroken:
    case Fault::kOwnCheckerComplains:
    case Fault::kForbiddenFunction:
    case Fault::kTooMuchGlobalData:
    case Fault::kBadSignature:
      return "";
  }
  return "";
}

std::string hint_for_pattern(const Finding& finding) {
  if (!finding.pointer_from) return "a link is read from memory that belongs to the client by now";
  const BlockHistory* h = history_of(finding.histories, *finding.pointer_from, finding.request);
  const bool in_use = h != nullptr && (h->died == 0 || h->died >= finding.request);
  if (!in_use) {
    return fmt::format(
        "a link is read where block {} was: its bytes are still there, so the free block got no links "
        "of its own",
        *finding.pointer_from);
  }
  return fmt::format(
      "block {} is in use (since #{}) and was taken for free: a wrong allocated bit, or a block that "
      "stayed on a free list",
      h->block, h->born);
}

std::string hint_for_crash(const Finding& finding, const Ending& ending) {
  if (ending.stack_overflow) return "a recursion that does not end, or a large array on the stack";
  if (ending.signal == SIGABRT) return "an assert failed, or abort was called; see what was printed last";
  if (ending.signal == SIGFPE) return "a division by zero";
  if (!ending.address) return "";
  switch (kind_of_address(*ending.address, finding)) {
    case AddressKind::kTruncated:
      return "pointers are kept in 4 bytes. Grade it as the 32-bit program it is with --abi ilp32, or put "
             "the heap "
             "below 2 GiB (heap: {base: low} in the rubric)";
    case AddressKind::kNearMinusOne:
      return "the result of mem_sbrk is used without a comparison with (void *)-1";
    case AddressKind::kNearNull:
      return finding.run == Run::kRefused
                 ? "no block was found and the heap could not grow: the NULL in between is not checked"
                 : "a link, a search or mem_sbrk gave NULL and was not checked";
    case AddressKind::kPattern:
      return hint_for_pattern(finding);
    case AddressKind::kBelowHeap:
      return "the block before the first one is read: a prologue is missing, or its size is 0";
    case AddressKind::kInHeap:
      return "memory that mem_sbrk has not granted: a size runs past the heap's end";
    case AddressKind::kAboveHeap:
      return "a size or a pointer runs past the heap's end; an epilogue ends such walks";
    case AddressKind::kUnknown:
      return "";
  }
  return "";
}

std::string hint_for_ending(const Finding& finding, const Ending& ending) {
  switch (ending.kind) {
    case EndingKind::kCrashed:
      return hint_for_crash(finding, ending);
    case EndingKind::kHung:
      return "a loop that does not end: a free list that closes on itself, or a block of size 0";
    case EndingKind::kExited:
      return "the code calls exit; return NULL or -1 instead";
    case EndingKind::kResourceLimit:
    case EndingKind::kForbiddenSyscall:
    case EndingKind::kNotLoaded:
    case EndingKind::kDismissed:
      return "";
  }
  return "";
}

std::string hint_by_contract(const Finding& finding) {
  if (finding.asked.op == Op::kFree && finding.asked.block == kNoBlock) {
    return "mm_free(NULL) must do nothing: test for NULL first";
  }
  if (finding.asked.op == Op::kRealloc && finding.asked.size != 0) {
    return "mm_realloc(NULL, n) must be mm_malloc(n): test for NULL before the header is read";
  }
  if (finding.asked.op == Op::kRealloc)
    return "mm_realloc(p, 0) must free p; mm_realloc(NULL, 0) is mm_malloc(0)";
  if (payload_bytes(finding.asked) == 0) return "a size of 0 must give NULL, or a block of the smallest size";
  return "";
}

}  // namespace

std::string hint_for(const Finding& finding) {
  if (finding.truncated_pointer) {
    if (const Ending* ending = ending_of(finding); ending != nullptr && ending->address) {
      return hint_for_crash(finding, *ending);
    }
  }
  if (finding.fault == Fault::kEdgeContract) return hint_by_contract(finding);
  if (finding.fault == Fault::kInitDoesNotReset) {
    return "a static variable keeps its value from the run before: mm_init must set every list head, pointer "
           "and "
           "counter anew";
  }
  if (finding.fault == Fault::kDependsOnOldBytes) {
    return "memory from mem_sbrk is not zero: every header, footer, link and bit map must be written before "
           "it is read";
  }
  if (const Violation* violation = violation_of(finding)) return hint_for_violation(finding, *violation);
  return hint_for_ending(finding, *ending_of(finding));
}

}  // namespace heapjudge
