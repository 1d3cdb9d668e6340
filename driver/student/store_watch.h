// Writes down which code of the submission changes a watched word of the heap. See wire/watched_word.h.
#pragma once

#include <cstdint>

#include "wire/watched_word.h"

namespace heapjudge {

struct StoreWatchPlan {
  const WatchedWord (&words)[kMaxWatched];  // must stay
  std::uint32_t ways;                       // WatchWay bits; the first one that works, in the order of their values
  std::uintptr_t heap_base;
};

// Tells the processor, and installs a handler of SIGTRAP that fills `records`. Before the process locks itself in, and
// after install_distress_handlers. kNotAsked when no word is to be watched; kRefused when no way is open here.
WatchState arm_store_watch(const StoreWatchPlan& plan, WordRecord (&records)[kMaxWatched]);

// Starts new records: the submission is called next. With `step`, and where stores are found by single steps, it is
// stepped through until it has come back to this program, or end_watched_call().
void start_watched_call(bool step);
void end_watched_call();

}  // namespace heapjudge
