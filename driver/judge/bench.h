// Several allocators side by side: plain data, and the arithmetic of their comparison.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "judge/measurement.h"
#include "judge/scoring.h"

namespace heapjudge {

// One allocator on one trace. What a trace does not count for is not there.
struct BenchCell {
  std::optional<double> utilization;  // 0..1
  std::optional<Measurement> speed;   // beside BenchSheet::reference
  std::string failure;                // "E103 at 6"; then the rest is not there
};

struct BenchEntry {
  std::string name;              // as it was given: "mm.c", "implicit:best", "libc"
  std::string failure;           // it does not build, or cannot be used: why; then there are no cells
  std::vector<BenchCell> cells;  // one for each of BenchSheet::traces

  // Filled in by compare(). Means over the traces that it passed; they compare with others' only where it passed all.
  std::optional<double> utilization;
  std::optional<double> speed;
  std::size_t passed = 0;
  bool on_frontier = false;  // passed all, and no other that did has more of both
};

struct BenchSheet {
  std::string reference;            // what speeds are relative to
  std::vector<std::string> traces;  // names
  std::vector<std::size_t> requests;
  std::vector<double> weights;  // in the means, above 0
  Mean utilization_mean = Mean::kArithmetic;
  Mean speed_mean = Mean::kArithmetic;
  std::vector<BenchEntry> entries;
};

// Fills in the means and the frontier.
void compare(BenchSheet& sheet);

}  // namespace heapjudge
