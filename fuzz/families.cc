#include "fuzz/families.h"

#include <boost/pending/disjoint_sets.hpp>

namespace heapjudge {

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

std::map<FailureKind, std::size_t> Families::numbers() const {
  std::map<FailureKind, std::size_t> numbers;
  for (const auto& [judged, around] : around_) numbers.emplace(judged, numbers.size());
  std::vector<std::pair<std::size_t, std::size_t>> joined;
  const auto join_all = [&](const FailureKind& one, std::uint64_t claimed) {
    const auto others = claimed_.find(claimed);
    if (others == claimed_.end()) return;
    for (const FailureKind& other : others->second) joined.emplace_back(numbers.at(one), numbers.at(other));
  };
  for (const auto& [claimed, kinds] : claimed_) join_all(*kinds.begin(), claimed);
  for (const auto& [judged, around] : around_) {
    for (const std::uint64_t kind : around) join_all(judged, kind);
  }
  const std::vector<std::size_t> sets = sets_of(numbers.size(), joined);
  for (auto& [kind, number] : numbers) number = sets[number];
  return numbers;
}

}  // namespace heapjudge
