// What came of fuzzing one submission: plain data for the reports.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "judge/grade.h"
#include "judge/waste_sheet.h"
#include "trace/trace.h"

namespace heapjudge {

struct FuzzSheet {
  Identity identity;
  std::uint64_t seed = 1;
  Tier lowest_tier = Tier::kP0;
  Tier highest_tier = Tier::kP3;
  unsigned workers = 1;
  bool guarded = false;   // every load and store was watched
  bool guided = false;    // by what the inputs reach, by means of libFuzzer
  bool interrupted = false;
  double seconds = 0;
  FuzzCounts counts;
  std::uint64_t plain_inputs = 0;     // of these, those tried as the rubric compiles it, since all others found nothing
  std::vector<FuzzFinding> findings;  // by tier, then by code
  std::optional<WasteSheet> waste;    // none: it was not looked for
};

// The lowest tier whose traces may hold these requests. A size beyond `heap_limit_bytes` is a huge one.
Tier tier_of(const Trace& trace, std::uint64_t heap_limit_bytes);

}  // namespace heapjudge
