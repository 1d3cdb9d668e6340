// Which steps and kinds of sizes a fuzz input has: those of its tier, less those that its swarm takes out.
#pragma once

#include <array>
#include <cstddef>

#include "fuzz/input_format.h"

namespace heapjudge {

// The kinds that an input has, each at its own place; where it has not, what stands in for it.
struct Repertoire {
  std::array<Step, kSteps> steps{};
  std::array<SizeKind, kSizeKinds> sizes{};

  Step step_of(const Record& record) const { return steps[static_cast<std::size_t>(record.step)]; }
  SizeKind size_of(const Record& record) const { return sizes[static_cast<std::size_t>(record.size)]; }
};

Repertoire repertoire_of(const InputHeader& header);

}  // namespace heapjudge
