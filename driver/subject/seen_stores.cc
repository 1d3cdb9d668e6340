#include "subject/seen_stores.h"

#include <algorithm>
#include <cstring>
#include <memory>

namespace heapjudge {

namespace {

SeenStore copy_store(const StoreRecord& record) {
  const std::size_t depth = std::min<std::size_t>(record.depth, kMaxFrames);
  if (depth == 0) return {};
  return {.order = record.order, .where = Backtrace(record.frames, record.frames + depth)};
}

}  // namespace

std::optional<SeenStores> copy_stores(const Mailbox& mailbox, std::size_t words) {
  if (words == 0) return std::nullopt;
  SeenStores seen;
  seen.armed = mailbox.watch_state == WatchState::kArmed;
  for (std::size_t i = 0; i < std::min(words, kMaxWatched); ++i) {
    const auto copy = std::make_unique<WordRecord>();
    std::memcpy(copy.get(), &mailbox.stores[i], sizeof(WordRecord));
    seen.words.push_back({.first = copy_store(copy->first), .last = copy_store(copy->last)});
  }
  return seen;
}

}  // namespace heapjudge
