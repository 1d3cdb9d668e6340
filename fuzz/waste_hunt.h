// Looks for traces on which a submission takes more heap than it should.
#pragma once

#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "fuzz/heap_meter.h"
#include "fuzz/offered_steps.h"
#include "judge/waste_sheet.h"

namespace heapjudge {

struct WasteHuntTerms {
  WasteRules rules;
  HeapMeter& submission;
  HeapMeter& reference;
  OfferedFunctions offered;
  std::uint64_t heap_limit_bytes = 0;
  std::uint64_t seed = 1;
  std::function<bool()> goes_on;  // asked before each trace
};

struct WasteHunt {
  WasteSheet sheet;
  std::vector<Trace> traces;  // shrunk; one for each of sheet.found
};

// Inputs of tier P0 from the generator against the reference, heaps that are filled and freed, and what was freed asked for
// again (fuzz/reuse.h). The same for the same seed. A submission that breaks rules on many of them is left alone.
WasteHunt hunt_for_waste(const WasteHuntTerms& terms);

}  // namespace heapjudge
