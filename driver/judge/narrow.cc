#include "judge/narrow.h"

#include <algorithm>
#include <utility>

namespace heapjudge {

Scenario scenario_of(Run run, std::uint64_t refused_growth) {
  switch (run) {
    case Run::kFirst:
    case Run::kTimed: break;
    case Run::kSecond: return {.run = Run::kSecond, .sound_runs_before = 1};
    case Run::kOtherFill:
      return {.run = Run::kOtherFill, .settings = {.fill = HeapFill::kPattern}, .sound_runs_before = 2};
    case Run::kRefused:
      return {.run = Run::kRefused, .settings = {.refuse_from = refused_growth, .refuse_count = 1}};
    case Run::kOwnChecked: return {.run = Run::kOwnChecked, .own_checks = true};
  }
  return {};
}

// The runs before are judged too, so that payloads are filled as they were; they have been found sound.
ReplayResult Laboratory::run(Subject& fresh, const Scenario& scenario, std::size_t count, bool last_alone) const {
  for (unsigned i = 0; i < scenario.sound_runs_before; ++i) replay(fresh, trace_, rules_, {});
  return replay(fresh, trace_, rules_,
                {.run = scenario.settings,
                 .count = count,
                 .last_alone = last_alone,
                 .ignore_refusals = scenario.ignore_refusals,
                 .avoid_null = scenario.avoid_null,
                 .own_checks = scenario.own_checks});
}

Attempt Laboratory::run(const Scenario& scenario, std::size_t count, bool last_alone) const {
  const std::unique_ptr<Subject> subject = start_();
  Attempt attempt;
  attempt.result = run(*subject, scenario, count, last_alone);
  if (attempt.result.ended) attempt.ending = subject->end();
  if (scenario.own_checks) attempt.output = subject->end().output;
  return attempt;
}

Attempt Laboratory::narrow(const Scenario& scenario, Attempt bad) const {
  std::size_t guilty = bad.result.request();
  if (guilty == 0) return bad;
  // The usual case is that all was well one request before; otherwise the first bad prefix is looked for.
  std::size_t innocent = 0;
  std::size_t probe = guilty - 1;
  while (innocent < guilty) {  // prefixes shorter than `innocent` are sound, that of length `guilty` is not
    Attempt attempt = run(scenario, probe);
    if (attempt.result.is_sound()) {
      innocent = probe + 1;
    } else {
      guilty = std::min(probe, attempt.result.request());
      bad = std::move(attempt);
    }
    probe = innocent + (guilty - innocent) / 2;
  }
  if (!bad.result.violation) return bad;
  Attempt alone = run(scenario, guilty, true);
  if (alone.result.is_sound() || alone.result.request() != guilty) return bad;
  alone.last_alone = true;
  return alone;
}

}  // namespace heapjudge
