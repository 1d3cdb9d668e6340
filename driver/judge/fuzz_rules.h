// The fuzz part of a rubric: a hunt that comes out the same on every run, and what its findings cost.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "trace/tier.h"

namespace heapjudge {

struct FuzzRules {
  std::uint64_t inputs = 2500;  // of each tier; an input is a trace of up to some thousand requests
  std::uint64_t seed = 1;
  std::array<double, 4> deduct{5, 1, 1, 1};  // points for each finding, by its tier
  double at_most = 20;                       // points that all findings cost together
  bool decides = false;  // a finding in P0 means "not correct"
  bool guard = true;     // the submission is compiled with clang, and its stores are watched

  double deduct_of(Tier tier) const { return deduct[static_cast<std::size_t>(tier)]; }
  friend bool operator==(const FuzzRules&, const FuzzRules&) = default;
};

}  // namespace heapjudge
