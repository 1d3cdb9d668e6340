#include "judge/narrow.h"

#include <algorithm>
#include <utility>

namespace heapjudge {

Attempt Laboratory::run(const Scenario& scenario, std::size_t count, bool last_alone) const {
  const std::unique_ptr<Subject> subject = start_();
  // The runs before are judged too, so that payloads are filled as they were; they have been found sound.
  for (unsigned i = 0; i < scenario.sound_runs_before; ++i) replay(*subject, trace_, rules_, {});
  Attempt attempt;
  attempt.result = replay(*subject, trace_, rules_,
                          {.run = scenario.settings,
                           .count = count,
                           .last_alone = last_alone,
                           .ignore_refusals = scenario.ignore_refusals,
                           .avoid_null = scenario.avoid_null});
  if (attempt.result.ended) attempt.ending = subject->end();
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
