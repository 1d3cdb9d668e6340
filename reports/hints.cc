// One function for each kind of finding; a hint is given only when its rule matches.
#include "reports/hints.h"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <string_view>

#include "reports/decode.h"
#include "reports/hints_damage.h"
#include "reports/hints_reply.h"
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

std::string hint_for_violation(const Finding& finding, const Violation& violation, const Identity& identity) {
  switch (violation.fault) {
    case Fault::kOverlap:
    case Fault::kMisaligned:
    case Fault::kOutsideHeap:
    case Fault::kNullReturned:
    case Fault::kSbrkMisused:
    case Fault::kUnmapMisused:
    case Fault::kResourceLimit:
      return hint_for_reply(finding, violation, identity);
    case Fault::kReallocLost:
      return hint_for_lost_bytes(finding, violation);
    case Fault::kCallocNotZero:
      return hint_for_calloc(finding, violation);
    case Fault::kPayloadChanged:
      return hint_for_changed_bytes(finding, violation);
    case Fault::kWroteOutsideHeap:
      return hint_for_write_past_end(finding, violation);
    case Fault::kTooMuchGlobalData:
      return "what describes blocks has to lie in the heap: no static arrays, no memory from elsewhere";
    case Fault::kEdgeContract:
    case Fault::kRefusalMishandled:
    case Fault::kInitDoesNotReset:
    case Fault::kDependsOnOldBytes:
    case Fault::kDiffersWhenTimed:
    case Fault::kCrash:
    case Fault::kNoProgress:
    case Fault::kExited:
    case Fault::kForbiddenSyscall:
    case Fault::kLayoutBroken:
    case Fault::kOwnCheckerComplains:
    case Fault::kForbiddenFunction:
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

std::string hint_for_crash(const Finding& finding, const Ending& ending, const Identity& identity) {
  if (ending.stack_overflow) return "a recursion that does not end, or a large array on the stack";
  if (ending.signal == SIGABRT) return "an assert failed, or abort was called; see what was printed last";
  if (ending.signal == SIGFPE) return "a division by zero";
  if (!ending.address) return "";
  const AddressKind kind = kind_of_address(*ending.address, finding, identity);
  const bool may_be_by_size = kind != AddressKind::kTruncated && kind != AddressKind::kNearMinusOne;
  if (const std::string hint = hint_for_huge_size(finding, identity); may_be_by_size && !hint.empty()) return hint;
  switch (kind) {
    case AddressKind::kTruncated:
      return hint_for_truncation(identity);
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

std::string hint_for_syscall(std::string_view name) {
  if (name.starts_with("open")) return "no file can be opened: print to stdout or stderr instead";
  if (name == "mmap" || name == "brk" || name == "mremap") {
    return "memory comes from mem_sbrk alone; functions of libc that allocate ask for it as well";
  }
  return "";
}

std::string hint_for_limit(std::string_view limit) {
  if (limit == "CPU time") {
    return "a search whose length grows with the number of blocks, or a loop that does not end; the limit is "
           "deadlines: {trace} in the rubric";
  }
  return "";
}

// A refusal must leave no trace. What goes wrong otherwise may be wrong without one, too.
std::string hint_after_refusal(const Finding& finding) {
  if (finding.beneath == Fault::kNullReturned) {
    return "something is remembered of the refusal: the next request has to be tried as if there was none";
  }
  if (finding.beneath == Fault::kPayloadChanged) {
    return "headers, lists or sizes are changed before mem_sbrk is asked, and stay so when it refuses: ask "
           "first";
  }
  return "";
}

std::string hint_for_ending(const Finding& finding, const Ending& ending, const Identity& identity) {
  if (ending.while_loading) return "";
  switch (ending.kind) {
    case EndingKind::kCrashed:
      return hint_for_crash(finding, ending, identity);
    case EndingKind::kHung:
      return "a loop that does not end: a free list that closes on itself, or a block of size 0";
    case EndingKind::kExited:
      return "the code calls exit; return NULL or -1 instead";
    case EndingKind::kResourceLimit:
      return hint_for_limit(ending.limit);
    case EndingKind::kForbiddenSyscall:
      return hint_for_syscall(ending.syscall);
    case EndingKind::kNotLoaded:
    case EndingKind::kDismissed:
      return "";
  }
  return "";
}

// Of a checker that ends the process it is told what it printed; one that spoils the heap shows in the next requests.
std::string hint_when_checked(const Finding& finding) {
  const Ending* ending = ending_of(finding);
  if (finding.in_checker && ending != nullptr && ending->kind == EndingKind::kHung) {
    return "a list that the checker walks closes on itself, or a block has size 0";
  }
  if (finding.in_checker || finding.beneath == Fault::kOwnCheckerComplains) return "";
  return "the checker changes what it has only to look at: without it all is sound";
}

bool crashed_at_cut_pointer(const Finding& finding, const Identity& identity) {
  const Ending* ending = ending_of(finding);
  return ending != nullptr && ending->address &&
         kind_of_address(*ending->address, finding, identity) == AddressKind::kTruncated;
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

std::string hint_for(const Finding& finding, const Identity& identity) {
  if (crashed_at_cut_pointer(finding, identity)) return hint_for_truncation(identity);
  if (finding.run == Run::kOwnChecked) return hint_when_checked(finding);
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
  if (finding.fault == Fault::kRefusalMishandled) {
    if (const std::string hint = hint_after_refusal(finding); !hint.empty()) return hint;
  }
  if (const Violation* violation = violation_of(finding)) return hint_for_violation(finding, *violation, identity);
  return hint_for_ending(finding, *ending_of(finding), identity);
}

}  // namespace heapjudge
