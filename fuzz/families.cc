#include "fuzz/families.h"

#include <algorithm>
#include <boost/pending/disjoint_sets.hpp>
#include <iterator>

#include "fuzz/neighbours.h"

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

void Families::look_around(const FailureKind& judged, std::vector<RelatedKind> kinds) {
  look_around_another(judged, kinds);
  around_[judged] = std::move(kinds);
}

void Families::look_around_another(const FailureKind& judged, const std::vector<RelatedKind>& kinds) {
  std::ranges::transform(kinds, std::inserter(near_[judged], near_[judged].end()), &RelatedKind::kind);
}

struct Families::Joined {
  Pairs in_part;
  Pairs in_branch;  // beside these
  Pairs in_family;  // beside both
};

void Families::join_what_was_seen(const Numbers& numbers, Joined& joined) const {
  std::map<std::uint64_t, std::vector<std::size_t>> judged_as;
  for (const auto& [claimed, kinds] : claimed_) {
    for (const FailureKind& kind : kinds) {
      judged_as[claimed].push_back(numbers.at(kind));
      joined.in_part.emplace_back(judged_as[claimed].front(), numbers.at(kind));
    }
  }
  std::map<std::pair<std::size_t, std::size_t>, std::uint32_t> same;  // in both directions together
  for (const auto& [judged, around] : around_) {
    for (const RelatedKind& related : around) {
      for (const std::size_t other : judged_as[related.kind]) same[std::minmax(numbers.at(judged), other)] += related.same;
    }
  }
  for (const auto& [pair, sorts] : same) {
    if (sorts >= kSameInAPart) joined.in_part.push_back(pair);
  }
  for (const auto& [judged, near] : near_) {
    for (const std::uint64_t claimed : near) {
      for (const std::size_t other : judged_as[claimed]) joined.in_branch.emplace_back(numbers.at(judged), other);
    }
  }
}

void Families::join_what_is_alike(const Numbers& numbers, Joined& joined) const {
  if (traits_.empty()) return;
  const auto shortest = std::ranges::min_element(
      traits_, {}, [](const auto& described) { return described.second.requests; });
  std::map<FailureKind, std::size_t> at_place;
  std::vector<std::size_t> of_many_requests{numbers.at(shortest->first)}, of_too_much, of_init;
  std::map<std::string, std::size_t> in_function;
  for (const auto& [kind, traits] : traits_) {
    const std::size_t number = numbers.at(kind);
    joined.in_part.emplace_back(at_place.try_emplace({traits.beneath, kind.second}, number).first->second, number);
    if (traits.requests > kMostLookedAround) of_many_requests.push_back(number);
    if (traits.asks_for_too_much) of_too_much.push_back(number);
    if (kind.first == Fault::kInitDoesNotReset) of_init.push_back(number);
    if (!kind.second.empty()) {
      joined.in_family.emplace_back(in_function.try_emplace(kind.second, number).first->second, number);
    }
  }
  for (const auto& alike : {of_many_requests, of_too_much}) {
    for (const std::size_t number : alike) joined.in_branch.emplace_back(alike.front(), number);
  }
  for (const std::size_t number : of_init) joined.in_family.emplace_back(of_init.front(), number);
}

std::map<FailureKind, Families::Place> Families::places() const {
  Numbers numbers;
  for (const auto& [judged, around] : around_) numbers.emplace(judged, numbers.size());
  Joined joined;
  join_what_was_seen(numbers, joined);
  join_what_is_alike(numbers, joined);
  joined.in_branch.insert(joined.in_branch.end(), joined.in_part.begin(), joined.in_part.end());
  joined.in_family.insert(joined.in_family.end(), joined.in_branch.begin(), joined.in_branch.end());
  const std::vector<std::size_t> families = sets_of(numbers.size(), joined.in_family);
  const std::vector<std::size_t> branches = sets_of(numbers.size(), joined.in_branch);
  const std::vector<std::size_t> parts = sets_of(numbers.size(), joined.in_part);
  std::map<FailureKind, Place> places;
  for (const auto& [kind, number] : numbers) places[kind] = {families[number], parts[number], branches[number]};
  return places;
}

}  // namespace heapjudge
