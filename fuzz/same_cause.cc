#include "fuzz/same_cause.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>

#include "fuzz/lifetimes.h"
#include "fuzz/neighbours.h"

namespace heapjudge {
namespace {

constexpr std::size_t kSampled = 8;            // requests of more than kMostLookedAround
constexpr std::size_t kMostTries = 3;          // for a cause, of one kind by changes of one sort
constexpr std::size_t kMostRequests = 100'000;  // some ten milliseconds

struct Seen {
  std::set<Change> same;
  std::map<Change, std::size_t> tries;
};

class CauseSearch {
 public:
  CauseSearch(const Trace& trace, const OfferedFunctions& offered, const KindOf& kind_of)
      : trace_(trace), requests_(lifetimes_of(trace)), offered_(offered), kind_of_(kind_of) {}

  std::vector<RelatedKind> kinds();

 private:
  bool is_spent() const { return tried_ >= kMostRequests; }
  std::optional<std::uint64_t> kind_of(std::span<const LifeRequest> changed);
  bool passes_without(const Lifetimes& requests, std::size_t index);
  void find_needed();
  bool has_same_cause(const Neighbour& next);

  const Trace& trace_;
  Lifetimes requests_;
  OfferedFunctions offered_;
  const KindOf& kind_of_;
  std::vector<std::size_t> needed_;  // without any of these the trace passes
  std::size_t tried_ = 0;            // requests, in all traces together
};

std::optional<std::uint64_t> CauseSearch::kind_of(std::span<const LifeRequest> changed) {
  const Lifetimes whole = repaired(changed);
  if (whole.empty()) return std::nullopt;
  tried_ += whole.size();
  return kind_of_(trace_of(whole, trace_.name(), trace_.header()));
}

bool CauseSearch::passes_without(const Lifetimes& requests, std::size_t index) {
  Lifetimes fewer = requests;
  fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(index));
  return !kind_of(fewer);
}

// Of a long trace, of some that are spread over it.
void CauseSearch::find_needed() {
  const std::size_t step = requests_.size() <= kMostLookedAround ? 1 : requests_.size() / kSampled;
  for (std::size_t i = 0; i < requests_.size() && !is_spent(); i += step) {
    if (passes_without(requests_, i)) needed_.push_back(i);
  }
}

bool CauseSearch::has_same_cause(const Neighbour& next) {
  bool has_any = false;
  for (const std::size_t index : needed_) {
    const auto place = next.place_of(index);
    if (!place) continue;
    if (is_spent() || !passes_without(next.requests, *place)) return false;
    has_any = true;
  }
  return has_any;
}

std::vector<RelatedKind> CauseSearch::kinds() {
  const auto own = kind_of(requests_);
  find_needed();
  std::map<std::uint64_t, Seen> seen;
  for (const Neighbour& next : neighbours_of(requests_, offered_)) {
    if (!own || is_spent()) break;
    const auto kind = kind_of(next.requests);
    if (!kind || kind == own) continue;
    Seen& ways = seen[*kind];
    if (ways.same.contains(next.change) || ways.tries[next.change]++ >= kMostTries) continue;
    if (has_same_cause(next)) ways.same.insert(next.change);
  }
  std::vector<RelatedKind> kinds;
  for (const auto& [kind, ways] : seen) {
    kinds.push_back({kind, static_cast<std::uint32_t>(ways.same.size())});
  }
  return kinds;
}

}  // namespace

std::vector<RelatedKind> kinds_around(const Trace& trace, const OfferedFunctions& offered, const KindOf& kind_of) {
  return CauseSearch(trace, offered, kind_of).kinds();
}

}  // namespace heapjudge
