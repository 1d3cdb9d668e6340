// Words of the heap whose changes a student process writes down, each with the place in the code it came from.
#pragma once

#include <cstddef>
#include <cstdint>

namespace heapjudge {

// Theory of operation.
//
//   judge   Setup::watched ──► host arms the processor's watchpoints, before it locks itself in
//                              every call of the submission starts a new record; a store that changes a watched byte
//                              raises SIGTRAP, whose handler notes where the submission stands
//   judge   Mailbox::step_through ──► where the processor does not keep its word, as in some virtual machines, every
//                              instruction of the calls of one batch raises SIGTRAP instead
//   judge   ◄── Mailbox::stores, read when the process is dead
//
// A store by anybody but the submission, or whatever it calls, has no frame of the submission and is left out: the
// request server's filling of payloads, for one. As with all that the process says of itself, the judge uses it to
// explain and for nothing else.
inline constexpr std::size_t kMaxWatched = 2;
inline constexpr std::size_t kMaxFrames = 48;

struct WatchedWord {
  std::uint64_t offset = 0;  // in the heap; a multiple of 8
  std::uint64_t mask = 0;    // its bytes that matter, as in a word that was loaded from there; 0: nothing is watched
};

// How the processor may be told. Breakpoint events need the kernel's leave (perf_event_open); debug registers need
// that one process may trace another; single steps need nobody's leave, and take microseconds each.
enum WatchWay : std::uint32_t { kByBreakpointEvent = 1, kByDebugRegister = 2, kBySteps = 4 };

enum class WatchState : std::uint32_t { kNotAsked, kArmed, kRefused };

struct StoreRecord {
  std::uint32_t order = 0;  // counts the changes of one call, from 1; 0: there was none
  std::uint32_t depth = 0;
  std::uint64_t frames[kMaxFrames] = {};  // offsets into the submission's library, innermost first
};

// Of the last call of the submission.
struct WordRecord {
  StoreRecord first;
  StoreRecord last;
};
static_assert(sizeof(WatchedWord) == 16 && sizeof(WordRecord) == 784);

}  // namespace heapjudge
