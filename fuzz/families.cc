#include "fuzz/families.h"

#include <algorithm>
#include <boost/pending/disjoint_sets.hpp>

namespace heapjudge {
namespace {

using Pairs = std::vector<std::pair<std::size_t, std::size_t>>;

// See fuzz/zoo/README.md for what another number gives, and for families of what more than one sort of change shows.
constexpr std::uint32_t kSameInAPart = 2;

}  // namespace

std::vector<std::size_t> sets_of(std::size_t count, std::span<const std::pair<std::size_t, std::size_t>> joined) {
  boost::disjoint_sets_with_storage<> sets(count);
  for (const auto& [one, other] : joined) sets.union_set(one, other);
  std::map<std::size_t, std::size_t> number_of;
  std::vector<std::size_t> numbers;
  for (std::size_t i = 0; i < count; ++i) {
    numbers.push_back(number_of.try_emplace(sets.find_set(i), number_of.size()).first->second);
  }
  return numbers;
}

std::map<FailureKind, Families::Place> Families::places() const {
  std::map<FailureKind, std::size_t> numbers;
  for (const auto& [judged, around] : around_) numbers.emplace(judged, numbers.size());
  Pairs in_part, in_family;
  std::map<std::pair<std::size_t, std::size_t>, RelatedKind> seen;  // in both directions together
  for (const auto& [judged, around] : around_) {
    for (const RelatedKind& related : around) {
      const auto others = claimed_.find(related.kind);
      if (others == claimed_.end()) continue;
      for (const FailureKind& other : others->second) {
        RelatedKind& sum = seen[std::minmax(numbers.at(judged), numbers.at(other))];
        sum.same += related.same;
        sum.near += related.near;
      }
    }
  }
  for (const auto& [claimed, kinds] : claimed_) {
    for (const FailureKind& kind : kinds) in_part.emplace_back(numbers.at(*kinds.begin()), numbers.at(kind));
  }
  for (const auto& [pair, sum] : seen) {
    if (sum.same >= kSameInAPart) in_part.push_back(pair);
    if (sum.near > 0) in_family.push_back(pair);
  }
  in_family.insert(in_family.end(), in_part.begin(), in_part.end());
  const std::vector<std::size_t> families = sets_of(numbers.size(), in_family);
  const std::vector<std::size_t> parts = sets_of(numbers.size(), in_part);
  std::map<FailureKind, Place> places;
  for (const auto& [kind, number] : numbers) places[kind] = {families[number], parts[number]};
  return places;
}

}  // namespace heapjudge
