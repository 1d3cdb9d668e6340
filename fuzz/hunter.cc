#include "fuzz/hunter.h"

#include <time.h>

#include <algorithm>
#include <array>
#include <utility>

#include "fuzz/same_cause.h"

namespace heapjudge {
namespace {

constexpr std::size_t kShrunkOfAKind = 3;
constexpr std::size_t kReportedOfAKind = 2;  // though none is shorter: the judge may not convict on the first
constexpr std::size_t kMostKinds = 200;  // more than that is one bug that shows everywhere
constexpr std::size_t kMostStandstills = 4;  // in one shrinking: each takes a tenth of a second, in haste a tenth of that
constexpr std::uint64_t kLeastExtreme = (std::uint64_t{1} << 31) - 64;  // that an input asks for
constexpr std::size_t kMostHangs = 64;  // of what is tried around one trace
constexpr std::size_t kHangsOfAStandstill = 8;  // that it counts as: for so long nothing happens
constexpr std::uint64_t kNoKind = ~std::uint64_t{0};
constexpr std::size_t kMostShrinkRequests = 400'000;  // some hundred milliseconds

// How the runs that cost two are spread over the inputs. The bytes decide, so that an input fails again.
// Of what is large no run fills the heap, and what crowds the heap is run once: all else takes less time than that.
Run run_for(const DecodedInput& decoded, std::span<const std::uint8_t> input) {
  if (decoded.crowds) return Run::kFirst;
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const std::uint8_t byte : input.first(std::min<std::size_t>(input.size(), 64))) {
    hash = (hash ^ byte) * 0x100000001b3;
  }
  switch (hash >> 40 & 7) {
    case 0: return Run::kSecond;
    case 1:
    case 2:
    case 3: return decoded.scale == Scale::kUsual ? Run::kOtherFill : Run::kFirst;
    default: return Run::kFirst;
  }
}

// A try that hangs takes all the steps that it is given.
ShrinkSettings shrink_settings(const Sighting& sighting) {
  if (sighting.beneath != Fault::kNoProgress) return {.most_requests = kMostShrinkRequests};
  return {.most_tries = 400};
}

bool is_standstill(const Sighting& sighting) {
  return sighting.escape && sighting.escape->kind == EscapeKind::kStandstill;
}

// What a trace asks for beside the extreme sizes, which are beyond every heap.
std::uint64_t sane_bytes(const Trace& trace) {
  std::uint64_t sum = 0;
  for (const Request& request : trace.requests()) {
    if (asks_for_block(request.op) && payload_bytes(request) < kLeastExtreme) sum += payload_bytes(request);
  }
  return sum;
}

std::uint64_t own_cpu_ns() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000 + static_cast<std::uint64_t>(now.tv_nsec);
}

class WithPatience {
 public:
  WithPatience(GuardedSubject& subject, const Patience& patience) : subject_(subject) { subject.be_patient(patience); }
  ~WithPatience() { subject_.be_patient({}); }
  WithPatience(const WithPatience&) = delete;
  WithPatience& operator=(const WithPatience&) = delete;

 private:
  GuardedSubject& subject_;
};

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
      decoder_({.highest_tier = settings.highest_tier,
                .heap_limit_bytes = settings.rules.heap_limit_bytes,
                .may_crowd = true}),
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

std::uint64_t Hunter::number_of(const Kind& kind) {
  const auto& [fault, run, place] = kind;
  return static_cast<std::uint64_t>(fault) << 48 | static_cast<std::uint64_t>(run) << 40 | place;
}

bool Hunter::is_worth_shrinking(const Known& known, std::size_t requests) const {
  if (known.shrunk == 0) return known_.size() <= kMostKinds;
  return known.shrunk < kShrunkOfAKind && requests < 4 * known.shortest + 8;
}

// Where much of the heap was asked for, a block may fit nowhere, and a growth for it may be larger than the heap.
bool Hunter::may_lack_room(const Trace& trace, const Sighting& sighting) const {
  constexpr std::array kForWantOfRoom{Fault::kNullReturned, Fault::kResourceLimit, Fault::kSbrkMisused};
  return std::ranges::count(kForWantOfRoom, sighting.beneath) > 0 &&
         sane_bytes(trace.prefix(sighting.request)) > settings_.rules.heap_limit_bytes / kPayloadPart;
}

void Hunter::try_input(std::span<const std::uint8_t> input) {
  input_.assign(input.begin(), input.end());
  take_out_missing(subject_.offered(), input_);
  const DecodedInput& decoded = decoder_.decode(input_);
  observer_.limit_heap(decoded.heap_limit_bytes);
  const Trace trace = trace_of(decoded, "fuzz");
  const auto sighting = observer_.observe_quickly(trace, run_for(decoded, input));
  if (!sighting || (decoded.crowds && may_lack_room(trace, *sighting))) return;
  if (!is_worth_shrinking(known_[kind_of(*sighting)], sighting->request)) return;
  if (decoded.heap_limit_bytes == settings_.rules.heap_limit_bytes) return shrink_and_report(trace, *sighting);
  observer_.limit_heap(settings_.rules.heap_limit_bytes);
  if (is_alike(observer_.observe(trace, sighting->run), *sighting)) shrink_and_report(trace, *sighting);
}

std::optional<Sighting> Hunter::observe_with_backtrace(const Trace& trace, Run run) {
  const WantingBacktraces wanting;
  return observer_.observe(trace, run);
}

bool Hunter::is_alike(const std::optional<Sighting>& seen, const Sighting& sighting) const {
  return seen && kind_of(*seen) == kind_of(sighting);
}

// Of those that hang there is an end: each takes all its steps, or its ticks. What is not run any more counts as failing,
// so that it bears no witness.
std::vector<RelatedKind> Hunter::look_around(const Trace& trace, Run run) {
  std::size_t hangs = 0;
  const auto kind = [&](const Trace& next) -> std::optional<std::uint64_t> {
    if (hangs >= kMostHangs) return kNoKind;
    const auto seen = observer_.observe_quickly(next, run);
    if (!seen) return std::nullopt;
    if (seen->beneath == Fault::kNoProgress) hangs += is_standstill(*seen) ? kHangsOfAStandstill : 1;
    return number_of(kind_of(*seen));
  };
  const WithPatience haste(subject_, kHaste);
  std::vector<RelatedKind> kinds = kinds_around(trace, subject_.offered(), kind);
  std::erase_if(kinds, [](const RelatedKind& related) { return related.kind == kNoKind; });
  return kinds;
}

// In the largest heap, as the judge will look at it: what fails because a heap is small would not fail there. For the
// same reason no smaller trace may ask for so much that this heap is too small.
std::optional<Hunter::Small> Hunter::make_small(const Trace& trace, const Sighting& sighting, const Patience& patience) {
  const std::uint64_t most_bytes = std::max(sane_bytes(trace), settings_.rules.heap_limit_bytes / kPayloadPart);
  std::size_t standstills = 0;
  const auto still_fails = [&](const Trace& smaller) {
    if (standstills == kMostStandstills || sane_bytes(smaller) > most_bytes) return false;
    const auto seen = observer_.observe(smaller, sighting.run);
    if (seen && is_standstill(*seen)) ++standstills;
    return is_alike(seen, sighting);
  };
  const Trace prefix = trace.prefix(std::max<std::size_t>(sighting.request, 1));
  const auto smaller = [&]() -> std::optional<Shrunk> {
    const WithPatience with(subject_, patience);
    const bool ends_there = still_fails(prefix);
    if (!ends_there && !still_fails(trace)) return std::nullopt;
    return shrink(ends_there ? prefix : trace, still_fails, shrink_settings(sighting));
  };
  std::optional<Shrunk> shrunk = smaller();
  if (!shrunk) return std::nullopt;
  const auto again = observe_with_backtrace(shrunk->trace, sighting.run);
  if (!is_alike(again, sighting)) return std::nullopt;
  return Small{std::move(*shrunk), *again};
}

// What hangs is made small in haste at first. Only where requests are slow does that lead astray.
void Hunter::shrink_and_report(const Trace& trace, const Sighting& sighting) {
  const std::uint64_t found_cpu_ns = own_cpu_ns();
  Known& known = known_[kind_of(sighting)];
  ++known.shrunk;
  const bool hangs = sighting.beneath == Fault::kNoProgress;
  std::optional<Small> small = make_small(trace, sighting, hangs ? kHaste : Patience{});
  if (!small && hangs) small = make_small(trace, sighting, {});
  if (!small) return;
  const std::uint64_t shrink_cpu_ns = own_cpu_ns() - found_cpu_ns;
  const std::size_t requests = small->shrunk.trace.requests().size();
  const bool shorter = known.shortest == 0 || requests < known.shortest;
  if (!shorter && known.shrunk > kReportedOfAKind) return;
  if (shorter) known.shortest = requests;
  report_({.trace = small->shrunk.trace,
           .sighting = small->sighting,
           .heap_limit_bytes = observer_.heap_limit_bytes(),
           .tries = small->shrunk.tries,
           .found_cpu_ns = found_cpu_ns,
           .shrink_cpu_ns = shrink_cpu_ns,
           .kind = number_of(kind_of(sighting)),
           .related = look_around(small->shrunk.trace, sighting.run)});
}

}  // namespace heapjudge
