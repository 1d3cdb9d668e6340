#include "fuzz/escape_ending.h"

#include <algorithm>
#include <csignal>

namespace heapjudge {
namespace {

EndingKind kind_of(const Escape& escape) {
  switch (escape.kind) {
    case EscapeKind::kSignal: return escape.signal == SIGSYS ? EndingKind::kForbiddenSyscall : EndingKind::kCrashed;
    case EscapeKind::kExit: return EndingKind::kExited;
    case EscapeKind::kOutOfSteps:
    case EscapeKind::kStandstill: return EndingKind::kHung;
    case EscapeKind::kStoreIntoPayload:
    case EscapeKind::kStoreOutsideHeap: return EndingKind::kCrashed;
  }
  return EndingKind::kCrashed;
}

}  // namespace

Ending ending_of(const Escape& escape) {
  Ending ending{.kind = kind_of(escape), .signal = escape.signal, .exit_status = escape.exit_status};
  if (escape.has_address != 0) ending.address = escape.address;
  ending.stack_overflow = escape.near_stack != 0;
  const std::size_t depth = std::min<std::size_t>(escape.depth, kMaxEscapeFrames);
  ending.backtraces.emplace_back(escape.frames, escape.frames + depth);
  return ending;
}

Fault fault_of(const Escape& escape) {
  switch (escape.kind) {
    case EscapeKind::kSignal: return escape.signal == SIGSYS ? Fault::kForbiddenSyscall : Fault::kCrash;
    case EscapeKind::kExit: return Fault::kExited;
    case EscapeKind::kOutOfSteps:
    case EscapeKind::kStandstill: return Fault::kNoProgress;
    case EscapeKind::kStoreIntoPayload: return Fault::kPayloadChanged;
    case EscapeKind::kStoreOutsideHeap: return Fault::kWroteOutsideHeap;
  }
  return Fault::kCrash;
}

}  // namespace heapjudge
