#include "fuzz/hunter.h"

#include <time.h>

#include <algorithm>
#include <utility>

#include "fuzz/shrink.h"

namespace heapjudge {
namespace {

constexpr std::size_t kShrunkOfAKind = 3;
constexpr std::size_t kMostKinds = 200;  // more than that is one bug that shows everywhere

// How the runs that cost two are spread over the inputs. The bytes decide, so that an input fails again.
Run run_for(std::span<const std::uint8_t> input) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const std::uint8_t byte : input.first(std::min<std::size_t>(input.size(), 64))) {
    hash = (hash ^ byte) * 0x100000001b3;
  }
  switch (hash >> 40 & 7) {
    case 0: return Run::kSecond;
    case 1:
    case 2:
    case 3: return Run::kOtherFill;
    default: return Run::kFirst;
  }
}

// A try that hangs takes a million steps or, without any, half a second.
ShrinkSettings shrink_settings(const Sighting& sighting) {
  if (sighting.beneath != Fault::kNoProgress) return {};
  const bool without_steps = sighting.escape && sighting.escape->kind == EscapeKind::kStandstill;
  return {.most_tries = without_steps ? 4u : 400u};
}

std::uint64_t own_cpu_ns() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000 + static_cast<std::uint64_t>(now.tv_nsec);
}

class WantingBacktraces {
 public:
  WantingBacktraces() { heapjudge_guard_want_backtraces(true); }
  ~WantingBacktraces() { heapjudge_guard_want_backtraces(false); }
  WantingBacktraces(const WantingBacktraces&) = delete;
  WantingBacktraces& operator=(const WantingBacktraces&) = delete;
};

}  // namespace

Hunter::Hunter(GuardedSubject& subject, const HunterSettings& settings, std::function<void(const Catch&)> report)
    : subject_(subject),
      observer_(subject, settings.rules),
      settings_(settings),
      decoder_({.highest_tier = settings.highest_tier, .heap_limit_bytes = settings.rules.heap_limit_bytes}),
      report_(std::move(report)) {}

Hunter::Kind Hunter::kind_of(const Sighting& sighting) const {
  std::uint64_t place = static_cast<std::uint64_t>(sighting.op);
  if (sighting.escape && sighting.escape->depth != 0) {
    const auto& functions = settings_.functions;
    const auto after = std::ranges::upper_bound(functions, sighting.escape->frames[0]);
    place = 0x100 + static_cast<std::uint64_t>(after - functions.begin());
  }
  return {sighting.fault, sighting.run, place};
}

bool Hunter::is_worth_shrinking(const Known& known, std::size_t requests) const {
  if (known.shrunk == 0) return known_.size() <= kMostKinds;
  return known.shrunk < kShrunkOfAKind && requests < 4 * known.shortest + 8;
}

void Hunter::try_input(std::span<const std::uint8_t> input) {
  input_.assign(input.begin(), input.end());
  take_out_missing(subject_.offered(), input_);
  const DecodedInput& decoded = decoder_.decode(input_);
  observer_.limit_heap(decoded.heap_limit_bytes);
  const Trace trace = trace_of(decoded, "fuzz");
  const auto sighting = observer_.observe_quickly(trace, run_for(input));
  if (!sighting) return;
  if (sighting->escape) ++escapes_;
  if (is_worth_shrinking(known_[kind_of(*sighting)], sighting->request)) shrink_and_report(trace, *sighting);
}

void Hunter::shrink_and_report(const Trace& trace, const Sighting& sighting) {
  const std::uint64_t found_cpu_ns = own_cpu_ns();
  const Kind kind = kind_of(sighting);
  const auto fails_alike = [&](const Trace& smaller) {
    const auto seen = observer_.observe(smaller, sighting.run);
    return seen && kind_of(*seen) == kind;
  };
  Known& known = known_[kind];
  ++known.shrunk;
  const Trace prefix = trace.prefix(std::max<std::size_t>(sighting.request, 1));
  const Shrunk shrunk = shrink(fails_alike(prefix) ? prefix : trace, fails_alike, shrink_settings(sighting));
  const WantingBacktraces wanting;
  const auto again = observer_.observe(shrunk.trace, sighting.run);
  const std::size_t requests = shrunk.trace.requests().size();
  const bool shorter = known.shortest == 0 || requests < known.shortest;
  if (!again || !shorter) return;
  known.shortest = requests;
  report_({.trace = shrunk.trace,
           .sighting = *again,
           .heap_limit_bytes = observer_.heap_limit_bytes(),
           .tries = shrunk.tries,
           .found_cpu_ns = found_cpu_ns,
           .shrink_cpu_ns = own_cpu_ns() - found_cpu_ns});
}

}  // namespace heapjudge
