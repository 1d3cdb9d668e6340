// The rules an allocator can break: one enumerator, one code, one sentence each.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace heapjudge {

// The value of an enumerator is the number of its code.
enum class Fault : std::uint16_t {
  kMisaligned = 101,
  kOutsideHeap = 102,
  kOverlap = 103,
  kNullReturned = 104,
  kReallocLost = 105,
  kCallocNotZero = 106,
  kPayloadChanged = 107,
  kEdgeContract = 108,
  kWroteOutsideHeap = 109,
  kSbrkMisused = 201,
  kRefusalMishandled = 202,
  kInitDoesNotReset = 203,
  kDependsOnOldBytes = 204,
  kUnmapMisused = 205,
  kDiffersWhenTimed = 206,
  kCrash = 301,
  kNoProgress = 302,
  kExited = 303,
  kResourceLimit = 304,
  kForbiddenSyscall = 305,
  kLayoutBroken = 401,
  kOwnCheckerComplains = 402,
  kForbiddenFunction = 501,
  kTooMuchGlobalData = 502,
  kBadSignature = 503,
};

// "E103".
std::string code_of(Fault fault);

// The rule in one sentence, as `heapjudge explain` prints it: "A block may not share bytes with a live
// block."
std::string_view rule_of(Fault fault);

// Every fault, by code.
std::span<const Fault> all_faults();

}  // namespace heapjudge
