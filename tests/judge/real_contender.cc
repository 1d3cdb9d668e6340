#include "tests/judge/real_contender.h"

#include <stdexcept>

#include "judge/replay.h"
#include "oracle/fault.h"

namespace heapjudge {

std::vector<std::uint64_t> checked_answers(const LaunchSettings& settings, const Trace& trace) {
  const auto subject = launch(settings);
  const bool narrow = settings.pointer_width == PointerWidth::k32;
  const ReplayResult result =
      replay(*subject, trace, {.alignment = narrow ? 8u : 16u, .pointer_width = settings.pointer_width}, {});
  if (!result.is_sound()) {
    const std::string fault = result.violation ? code_of(result.violation->fault) : "the output " + subject->end().output;
    throw std::runtime_error("the checked replay has " + fault + " at " + std::to_string(result.request()));
  }
  return result.offsets;
}

Contender real_contender(const LaunchSettings& settings, const std::vector<Trace>& orders) {
  const auto start = [settings](const TimedPlaces& places) {
    LaunchSettings launching = settings;
    launching.heap = places.heap;
    return launch_timed(launching, places.program);
  };
  Contender made{.start = start, .heap_bytes = settings.heap_limit_bytes, .answers = {}};
  for (const Trace& order : orders) made.answers.push_back(checked_answers(settings, order));
  return made;
}

}  // namespace heapjudge
