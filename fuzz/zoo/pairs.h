// Allocators with two bugs of the zoo at once: whether a hunt still tells of both.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "fuzz/zoo/zoo.h"
#include "judge/rubric.h"

namespace heapjudge {

struct ZooPair {
  const ZooAllocator* allocator;
  const Bug* first;
  const Bug* second;

  std::string name() const { return first->full_name() + " and " + second->name; }
};

// `count` different pairs of bugs that the judge can convict, of one allocator each, whose edits do not overlap; the same
// for the same seed. Fewer when there are not so many.
std::vector<ZooPair> pairs_of(const std::vector<ZooAllocator>& zoo, std::size_t count, std::uint64_t seed);

// The source with both edits.
std::string mutant_of(const ZooPair& pair);

struct PairOutcome {
  std::string name;
  std::size_t kinds = 0;           // findings, when each rule in each function is one
  std::size_t families = 0;        // as they are told
  bool both_by_kind = false;       // one of their traces convicts each of the two bugs alone
  bool both_by_family = false;
  bool both_kept = false;          // by the traces of what the findings are also seen as, too
};

struct PairSettings {
  std::filesystem::path scratch_dir;  // exists
  std::uint64_t inputs = 4000;        // of each hunt
  std::uint64_t seed = 1;
  unsigned workers = 2;               // hunts at the same time
};

// `done` is told how many there are. Throws std::runtime_error when one does not build.
std::vector<PairOutcome> hunt_pairs(const Rubric& rubric, std::span<const ZooPair> pairs, const PairSettings& settings,
                                    const std::function<void(std::size_t done)>& done);

// In how many pairs both are told of, and what is lost by families; a line for each pair where something is, "kept" where
// a trace shows it all the same.
std::string text_of(std::span<const PairOutcome> outcomes);

}  // namespace heapjudge
