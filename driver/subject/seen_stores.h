// What a student process wrote down of the stores to watched words (wire/watched_word.h), believing none of it.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "subject/ending.h"
#include "wire/mailbox.h"

namespace heapjudge {

// Which words to watch, at most kMaxWatched, and by which ways that may be tried.
struct StoreWatch {
  std::vector<WatchedWord> words;
  std::uint32_t ways = kByBreakpointEvent | kByDebugRegister | kBySteps;
};

// None when nothing was to be watched.
std::optional<SeenStores> copy_stores(const Mailbox& mailbox, std::size_t words);

}  // namespace heapjudge
