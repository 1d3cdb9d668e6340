#include "judge/culprit.h"

#include <algorithm>
#include <cstring>
#include <span>

#include "check.h"
#include "judge/narrow.h"

namespace heapjudge {

namespace {

constexpr std::uint64_t kWord = 8;

// The bytes from `first` on, up to `last` or the end of the word.
WatchedWord word_around(std::uint64_t first, std::uint64_t last) {
  const std::uint64_t begin = first % kWord;
  const std::uint64_t end = std::min(kWord, begin + (last - first) + 1);
  const std::uint64_t below_end = end == kWord ? UINT64_MAX : (std::uint64_t{1} << (8 * end)) - 1;
  return {.offset = first - begin, .mask = below_end & ~((std::uint64_t{1} << (8 * begin)) - 1)};
}

// How far a resized block has moved away from where it was; none when it has not, or was not resized.
std::optional<std::uint64_t> old_place_of(const Finding& finding, const Violation& violation) {
  if (violation.fault != Fault::kReallocLost) return std::nullopt;
  for (const BlockHistory& history : finding.histories) {
    const bool replaced = history.block == violation.block && history.died == finding.request;
    if (replaced && history.offset != violation.offset) return history.offset;
  }
  return std::nullopt;
}

StoreWatch watch_for(const Finding& finding, const Violation& violation) {
  const HeapRange bytes = *bytes_of(violation);
  StoreWatch watch{.words = {word_around(bytes.offset, bytes.end() - 1)}};
  if (const auto old_place = old_place_of(finding, violation)) {
    const std::uint64_t first = *old_place + (bytes.offset - violation.offset);
    watch.words.push_back(word_around(first, first + bytes.bytes - 1));
  }
  return watch;
}

std::uint64_t load(std::span<const std::byte> heap, const WatchedWord& word) {
  std::uint64_t value = 0;
  std::memcpy(&value, heap.subspan(word.offset, sizeof value).data(), sizeof value);
  return value & word.mask;
}

// Whether the old place was written to before it was copied. A copy that changes nothing in the new place is not seen:
// then both hold the same.
bool was_lost_before(const SeenStores& seen, const StoreWatch& watch, std::span<const std::byte> heap) {
  if (watch.words.size() < 2 || seen.words[1].first.order == 0) return false;
  const std::uint32_t copied = seen.words[0].first.order;
  return copied != 0 ? seen.words[1].first.order < copied : load(heap, watch.words[0]) == load(heap, watch.words[1]);
}

void choose_store(const SeenStores& seen, bool lost_before, Finding& finding) {
  const WordStores& place = seen.words.front();
  const SeenStore& store = lost_before ? seen.words[1].first : place.last;
  finding.written_at = store.where;
  finding.store_search = store.order == 0 ? StoreSearch::kNoStore
                         : lost_before    ? StoreSearch::kOverwrote
                                          : StoreSearch::kFound;
}

bool is_the_same(const ReplayResult& result, const Finding& finding, const Violation& violation) {
  return result.violation && result.request() == finding.request && result.violation->damage == violation.damage &&
         result.violation->breach == violation.breach;
}

}  // namespace

void find_culprit(const Trace& trace, const CulpritTerms& terms, Finding& finding) {
  const auto* violation = std::get_if<Violation>(&finding.evidence);
  const bool can_be_looked_for = violation != nullptr && bytes_of(*violation) && finding.intact_after &&
                                 violation->fault != Fault::kCallocNotZero;
  if (!can_be_looked_for) return;
  const StoreWatch watch = watch_for(finding, *violation);
  const SubjectFactory start = [&] { return terms.start(watch); };
  const Laboratory laboratory(trace, start, terms.rules);
  const std::unique_ptr<Subject> subject = start();
  const ReplayResult again =
      laboratory.run(*subject, scenario_of(finding.run, finding.refused_growth), finding.request, true);
  const std::optional<SeenStores> seen = subject->end().stores;
  if (seen && !seen->armed) {
    finding.store_search = StoreSearch::kUnwatched;
  } else if (!seen || !is_the_same(again, finding, *violation)) {
    finding.store_search = StoreSearch::kLost;
  } else {
    ensure(seen->words.size() == watch.words.size(), "a subject tells of other words than were watched");
    choose_store(*seen, was_lost_before(*seen, watch, subject->heap()), finding);
  }
}

}  // namespace heapjudge
