// One sentence for each finding.
#include <fmt/format.h>

#include "oracle/fault.h"
#include "reports/hints_damage.h"
#include "reports/numbers.h"
#include "reports/printable.h"
#include "reports/report.h"
#include "reports/request_text.h"

namespace heapjudge {
namespace {

std::string misaligned(const Finding& finding, const std::string& call) {
  if (finding.asked.op == Op::kAligned) {
    return fmt::format("{} returned an address that is not a multiple of {}", call,
                       std::uint64_t{1} << finding.asked.alignment_log2);
  }
  return call + " returned an address that is not aligned";
}

std::string changed(const Finding& finding, const std::string& call) {
  const Violation* violation = violation_of(finding);
  const std::string block = violation != nullptr ? fmt::format("block {}", violation->block) : "a block";
  if (is_after_the_last(finding)) return "bytes of live " + block + " had changed by the end of the trace";
  return fmt::format("{} changed bytes of live {}", call, block);
}

std::string crashed(const Finding& finding, const std::string& call) {
  const Ending* ending = ending_of(finding);
  if (ending == nullptr) return call + " crashed";
  if (ending->stack_overflow) return call + " crashed: the stack overflowed";
  std::string text = call + " crashed: " + signal_name(ending->signal);
  if (ending->address) text += fmt::format(" at {:#x}", *ending->address);
  return text;
}

std::string exited(const Finding& finding, const std::string& call) {
  const Ending* ending = ending_of(finding);
  return fmt::format("{} ended the process with exit status {}", call,
                     ending != nullptr ? ending->exit_status : 0);
}

std::string limited(const Finding& finding, const std::string& call) {
  const Ending* ending = ending_of(finding);
  if (ending == nullptr) {
    return fmt::format("{} returned NULL: the heap is full at its limit of {}", call,
                       size_text(finding.heap_limit_bytes));
  }
  return fmt::format("{} went beyond the limit of {}", call,
                     ending->limit.empty() ? "a resource" : printable(ending->limit));
}

std::string forbidden_call(const Finding& finding, const std::string& call) {
  const Ending* ending = ending_of(finding);
  return fmt::format("{} made a forbidden system call{}", call,
                     ending != nullptr && !ending->syscall.empty() ? ": " + printable(ending->syscall) : "");
}

std::string null_returned(const Finding& finding, const std::string& call) {
  return call + (finding.request == 0 ? " reported failure although the heap could have grown"
                                      : " returned NULL although the heap could still have grown");
}

std::string too_much_data(const Finding& finding) {
  const Violation* violation = violation_of(finding);
  if (violation == nullptr) return "there is too much global data";
  return fmt::format("the submission wrote {} of memory outside of the heap", size_text(violation->size));
}

std::string wrote_outside(const Finding& finding, const std::string& call) {
  const Violation* violation = violation_of(finding);
  const bool far = violation != nullptr && is_far_past_the_end(finding, *violation);
  return call + (far ? " wrote to memory that is not in the heap" : " wrote past the end of the heap");
}

std::string unmapped(const Finding& finding, const std::string& call) {
  const Violation* violation = violation_of(finding);
  if (violation == nullptr || !violation->neighbour) {
    return call + " called mem_unmap with an address that mem_map has not returned";
  }
  return fmt::format("{} called mem_unmap for memory in which block {} is live", call, *violation->neighbour);
}

std::string_view flaw_of(LayoutRule rule) {
  switch (rule) {
    case LayoutRule::kNoHeader: return "without room for its header";
    case LayoutRule::kMarkedFree: return "marked as free although it is live";
    case LayoutRule::kTooSmall: return "with a size in its header that is too small";
    case LayoutRule::kPastTheEnd: return "with a size in its header that runs past the heap's end";
    case LayoutRule::kIntoTheNext: return "with a size in its header that runs into the next live block";
    case LayoutRule::kFooterDiffers: return "with a footer that is not like its header";
    case LayoutRule::kMarkedAllocated: return "marked as allocated although it is not live";
    case LayoutRule::kLost: return "with a size in its header that leads nowhere";
  }
  return "";
}

std::string out_of_layout(const Finding& finding, const std::string& call) {
  const Violation* violation = violation_of(finding);
  if (violation == nullptr || !violation->breach) return call + " left a block that does not have the declared layout";
  const std::string_view which = violation->breach->between_live ? "a block behind block" : "block";
  return fmt::format("{} left {} {} {}", call, which, violation->block, flaw_of(violation->breach->rule));
}

// What was seen, whatever it is convicted of.
std::string seen(const Finding& finding, Fault fault, const std::string& call) {
  switch (fault) {
    case Fault::kMisaligned:
      return misaligned(finding, call);
    case Fault::kOutsideHeap:
      return call + " returned a block that does not lie inside the heap";
    case Fault::kOverlap:
      return call + " returned memory that is still in use";
    case Fault::kNullReturned:
      return null_returned(finding, call);
    case Fault::kReallocLost:
      return call + " did not keep the block's bytes";
    case Fault::kCallocNotZero:
      return call + " returned memory that is not zero";
    case Fault::kPayloadChanged:
      return changed(finding, call);
    case Fault::kEdgeContract:
      return call + " broke the contract for zero sizes and NULL";
    case Fault::kWroteOutsideHeap:
      return wrote_outside(finding, call);
    case Fault::kSbrkMisused:
      return call + " called mem_sbrk with a negative or impossible increment";
    case Fault::kUnmapMisused:
      return unmapped(finding, call);
    case Fault::kRefusalMishandled:
      return call + " did not return NULL";
    case Fault::kInitDoesNotReset:
      return call + " behaved differently";
    case Fault::kDependsOnOldBytes:
    case Fault::kDiffersWhenTimed:
      return call + " behaved differently";
    case Fault::kCrash:
      return crashed(finding, call);
    case Fault::kNoProgress:
      return call + " did not return in time";
    case Fault::kExited:
      return exited(finding, call);
    case Fault::kResourceLimit:
      return limited(finding, call);
    case Fault::kForbiddenSyscall:
      return forbidden_call(finding, call);
    case Fault::kLayoutBroken:
      return out_of_layout(finding, call);
    case Fault::kOwnCheckerComplains:
      return fmt::format("after {} the submission's own heap checker complains", call);
    case Fault::kForbiddenFunction:
      return "a forbidden function is used";
    case Fault::kTooMuchGlobalData:
      return too_much_data(finding);
    case Fault::kBadSignature:
      return ending_of(finding) != nullptr ? "the submission could not be loaded"
                                           : "a required function is missing or has another signature";
  }
  return "";
}

std::string in_a_repetition(const Finding& finding, const std::string& which, const std::string& call) {
  if (!finding.only_differs) return which + " " + seen(finding, finding.beneath, call);
  const Violation* violation = violation_of(finding);
  if (violation == nullptr) return which + " " + call + " behaved differently";
  return fmt::format("{} {} returned {} instead of {}", which, call, heap_offset(violation->offset),
                     heap_offset(finding.first_run_offset));
}

std::string when_timed(const Finding& finding, const std::string& call) {
  if (finding.fault != Fault::kDiffersWhenTimed || finding.only_differs) {
    return in_a_repetition(finding, "when it was timed", call);
  }
  return "when it was timed, bytes were lost that mm_realloc has to keep or mm_calloc to clear";
}

// It may also be the checker itself that ends the process, or that spoils the heap for the next request.
std::string when_checked(const Finding& finding, const std::string& call) {
  if (finding.beneath == Fault::kOwnCheckerComplains) return seen(finding, finding.beneath, call);
  const std::string checker = "the submission's own heap checker";
  if (!finding.in_checker) return fmt::format("with {} called in between, {}", checker, seen(finding, finding.beneath, call));
  return fmt::format("after {} {}", call, seen(finding, finding.beneath, checker));
}

std::string after_a_refusal(const Finding& finding, const std::string& call) {
  return "after a refused mem_sbrk " + seen(finding, finding.beneath, call);
}

}  // namespace

std::string describe(const Finding& finding) {
  const std::string call = call_of(finding);
  if (finding.fault == Fault::kInitDoesNotReset) return in_a_repetition(finding, "in the second run", call);
  if (finding.fault == Fault::kDependsOnOldBytes) {
    return in_a_repetition(finding, "with other bytes in new heap memory", call);
  }
  if (finding.run == Run::kOwnChecked) return when_checked(finding, call);
  if (finding.run == Run::kTimed) return when_timed(finding, call);
  if (finding.fault == Fault::kRefusalMishandled) return after_a_refusal(finding, call);
  const bool by_contract = finding.fault == Fault::kEdgeContract;
  return seen(finding, by_contract ? finding.beneath : finding.fault, call);
}

}  // namespace heapjudge
