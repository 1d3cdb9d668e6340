#include "fuzz/waste_session.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "fuzz/patience.h"
#include "fuzz/waste_hunt.h"
#include "judge/reference_build.h"
#include "judge/reference_name.h"
#include "judge/saved_failure.h"
#include "judge/session_subject.h"
#include "judge/whole_file.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

std::string_view word_for(Waste waste) {
  switch (waste) {
    case Waste::kHeapTooLarge:
      return "heap";
    case Waste::kNotCoalesced:
      return "coalescing";
    case Waste::kLost:
      return "lost";
    case Waste::kKeptForASize:
      return "sizes";
    case Waste::kNotRefilled:
      return "refill";
  }
  return "";
}

fs::path saved(const FuzzSettings& settings, Waste waste, const Trace& trace) {
  const fs::path folder = settings.state_dir / "wasteful";
  fs::create_directories(folder);
  const fs::path file = folder / (fuzz_failure_name(settings.submission) + std::string(word_for(waste)) + ".rep");
  write_whole_file(file, print_trace(trace));
  return file;
}

}  // namespace

WasteSheet find_waste(const WasteSessionTerms& terms) {
  const FuzzSettings& settings = terms.settings;
  LaunchSettings own = terms.launch;
  own.request_seconds = std::min(own.request_seconds, kSecondsToCallItHung);
  const Reference reference = reference_called(settings.waste->reference);
  const LaunchSettings other = build_reference(reference, terms.rubric, terms.scratch_dir);
  const ReplayRules rules = examine_settings(terms.rubric, false).rules;
  HeapMeter submission_meter(subject_factory(own), rules);
  HeapMeter reference_meter(subject_factory(other), rules);
  WasteHunt found = hunt_for_waste({.rules = *settings.waste,
                                    .submission = submission_meter,
                                    .reference = reference_meter,
                                    .offered = terms.offered,
                                    .heap_limit_bytes = std::min(terms.launch.heap_limit_bytes, kLargestFuzzedHeap),
                                    .seed = settings.seed,
                                    .goes_on = terms.goes_on});
  for (std::size_t i = 0; settings.keep_failures && i < found.traces.size(); ++i) {
    found.sheet.found[i].file = saved(settings, found.sheet.found[i].waste, found.traces[i]);
  }
  return std::move(found.sheet);
}

}  // namespace heapjudge
