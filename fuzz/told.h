// What is told of the failures that are taken for one bug.
#pragma once

#include <cstddef>
#include <vector>

#include "fuzz/families.h"
#include "judge/fuzz_finding.h"
#include "trace/trace.h"

namespace heapjudge {

// A trace, and what it is convicted of.
struct Kept {
  Trace trace;
  FuzzFinding finding;
};

// Has to have a finding in its result.
FailureKind kind_of(const FuzzFinding& finding);

// A part of a family: see Families::Place.
struct FamilyPart {
  std::size_t branch = 0;
  std::vector<Kept> alike;  // at least one
};

// A finding as it is told: with what the judge has convicted.
struct Told {
  Trace trace;
  FuzzFinding finding;
  std::vector<Trace> others;  // for each of finding.also
};

// However many parts a family has, no more is told of it than this.
inline constexpr std::size_t kMostToldOfAFamily = 2;

// Told is the trace that comes first: one that the judge convicts goes before one that the guard alone saw, then the
// lowest tier counts, then the fewest requests. All else of its part is among its symptoms. Told is, too, one of the other
// parts: of another branch if there is one, then one that the judge convicts, of the highest tier, that takes most
// requests. What meets the damage that the first one does takes few, and nothing that is new (fuzz/zoo/README.md). What
// is left is among the symptoms of the second where it is of its branch alone, and else of the first. There is at least
// one part; the order in which they are given decides where nothing else does.
std::vector<Told> told_of_family(std::vector<FamilyPart> parts);

}  // namespace heapjudge
