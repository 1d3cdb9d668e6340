#include "fuzz/told.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <span>
#include <tuple>
#include <utility>

#include "check.h"

namespace heapjudge {
namespace {

std::tuple<Proof, Tier, std::size_t> place_among(const Kept& kept) {
  return {kept.finding.proof, kept.finding.result.tier, kept.finding.result.requests};
}

std::size_t requests_of(const Kept& kept) { return kept.finding.result.requests; }

// Told is the first of them.
Told joined(std::vector<Kept> alike) {
  Told told{std::move(alike.front().trace), std::move(alike.front().finding), {}};
  const std::span others = std::span(alike).subspan(1);
  std::ranges::sort(others, {}, [](const Kept& kept) { return std::tuple(requests_of(kept), kind_of(kept.finding)); });
  for (Kept& other : others) {
    const auto& [fault, function] = kind_of(other.finding);
    told.finding.also.push_back({fault, function, requests_of(other)});
    told.finding.alike += other.finding.alike;
    told.finding.found_cpu_seconds = std::min(told.finding.found_cpu_seconds, other.finding.found_cpu_seconds);
    told.others.push_back(std::move(other.trace));
  }
  return told;
}

}  // namespace

FailureKind kind_of(const FuzzFinding& finding) { return {finding_of(finding.result)->fault, finding.function}; }

std::vector<Told> told_of_family(std::vector<FamilyPart> parts) {
  ensure(!parts.empty(), "a family has a part");
  for (FamilyPart& part : parts) std::ranges::stable_sort(part.alike, {}, place_among);
  std::ranges::stable_sort(parts, {}, [](const FamilyPart& part) { return place_among(part.alike.front()); });
  const std::size_t branch = parts.front().branch;
  const auto place_behind = [branch](const FamilyPart& part) {
    const FuzzFinding& finding = part.alike.front().finding;
    return std::tuple(part.branch != branch, finding.proof == Proof::kJudged, finding.result.tier,
                      requests_of(*std::ranges::min_element(part.alike, {}, requests_of)));
  };
  std::ranges::stable_sort(std::span(parts).subspan(1), std::greater{}, place_behind);
  while (parts.size() > kMostToldOfAFamily) {
    const bool is_of_first = parts.back().branch == branch || parts.back().branch != parts[1].branch;
    FamilyPart& told = is_of_first ? parts[0] : parts[1];
    std::ranges::move(parts.back().alike, std::back_inserter(told.alike));
    parts.pop_back();
  }
  std::vector<Told> told;
  for (FamilyPart& part : parts) told.push_back(joined(std::move(part.alike)));
  return told;
}

}  // namespace heapjudge
