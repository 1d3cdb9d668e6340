// The table of rules: one sentence each, in the words that `heapjudge explain` prints.
#include "oracle/fault.h"

#include <array>

namespace heapjudge {

namespace {

constexpr std::array kAllFaults{
    Fault::kMisaligned,        Fault::kOutsideHeap,
    Fault::kOverlap,           Fault::kNullReturned,
    Fault::kReallocLost,       Fault::kCallocNotZero,
    Fault::kPayloadChanged,    Fault::kEdgeContract,
    Fault::kWroteOutsideHeap,  Fault::kSbrkMisused,
    Fault::kRefusalMishandled, Fault::kInitDoesNotReset,
    Fault::kDependsOnOldBytes, Fault::kUnmapMisused,
    Fault::kDiffersWhenTimed,
    Fault::kCrash,             Fault::kNoProgress,
    Fault::kExited,            Fault::kResourceLimit,
    Fault::kForbiddenSyscall,  Fault::kLayoutBroken,
    Fault::kOwnCheckerComplains, Fault::kForbiddenFunction,
    Fault::kTooMuchGlobalData, Fault::kBadSignature,
};

}  // namespace

std::string code_of(Fault fault) {
  return "E" + std::to_string(static_cast<unsigned>(fault));
}

std::string_view rule_of(Fault fault) {
  switch (fault) {
    case Fault::kMisaligned:
      return "A block starts at an address that is a multiple of the alignment.";
    case Fault::kOutsideHeap:
      return "A block lies inside the heap as it is when the request returns, from its first byte to its "
             "last.";
    case Fault::kOverlap:
      return "A block may not share bytes with a live block.";
    case Fault::kNullReturned:
      return "A request may be answered with NULL only when the heap can no longer grow to meet it.";
    case Fault::kReallocLost:
      return "mm_realloc keeps the block's bytes up to the smaller of the old and the new size.";
    case Fault::kCallocNotZero:
      return "Every byte of the memory that mm_calloc returns is zero.";
    case Fault::kPayloadChanged:
      return "A live block belongs to the client: the allocator neither moves it nor writes into it.";
    case Fault::kEdgeContract:
      return "Zero sizes and NULL pointers keep their contract: mm_malloc(0) gives NULL or an address that "
             "can be "
             "freed, mm_free(NULL) does nothing, mm_realloc(NULL, n) is mm_malloc(n), mm_realloc(p, 0) frees "
             "p.";
    case Fault::kWroteOutsideHeap:
      return "Memory outside of the heap is not written to: not before mem_sbrk has granted it, nor after "
             "mem_unmap has taken it back.";
    case Fault::kSbrkMisused:
      return "mem_sbrk is asked only for growth that a heap can have: never a negative or overflowing "
             "amount.";
    case Fault::kRefusalMishandled:
      return "When mem_sbrk or mem_map refuses, the request returns NULL and everything else stays as it was.";
    case Fault::kInitDoesNotReset:
      return "mm_init starts afresh: the same requests after it succeed just as they did the first time.";
    case Fault::kDependsOnOldBytes:
      return "What an allocator does never depends on heap bytes that nobody has written.";
    case Fault::kUnmapMisused:
      return "mem_unmap is given what mem_map has returned, once, and when no block in it is live.";
    case Fault::kDiffersWhenTimed:
      return "An allocator does the same when it is timed as when it is checked: the same blocks, the same bytes kept.";
    case Fault::kCrash:
      return "No valid request makes the allocator crash.";
    case Fault::kNoProgress:
      return "Every request is answered within the time the rubric grants.";
    case Fault::kExited:
      return "An allocator returns to its caller; it does not end the process.";
    case Fault::kResourceLimit:
      return "An allocator stays within the processor time, memory and output that the rubric grants.";
    case Fault::kForbiddenSyscall:
      return "An allocator asks the operating system for nothing: its only source of memory is memlib.";
    case Fault::kLayoutBroken:
      return "The blocks in the heap follow the layout that the submission declares.";
    case Fault::kOwnCheckerComplains:
      return "The submission's own heap checker finds nothing wrong in a run that is sound.";
    case Fault::kForbiddenFunction:
      return "A submission calls no function that the rubric forbids.";
    case Fault::kTooMuchGlobalData:
      return "An allocator keeps its data structures in the heap; its global data stay below the rubric's "
             "limit.";
    case Fault::kBadSignature:
      return "A submission defines every required function, with the signature the interface gives it.";
  }
  return {};
}

std::span<const Fault> all_faults() {
  return kAllFaults;
}

}  // namespace heapjudge
