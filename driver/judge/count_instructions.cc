#include "judge/count_instructions.h"

#include <algorithm>
#include <stdexcept>

#include "judge/timed_turns.h"
#include "submission/run_tool.h"
#include "submission/valgrind_requests.h"

namespace heapjudge {

namespace {

using Count = std::variant<std::uint64_t, TimedFault>;

std::filesystem::path find_valgrind() {
  const auto valgrind = find_tool("valgrind");
  if (valgrind) return std::filesystem::absolute(*valgrind);
  throw std::runtime_error("throughput is counted in instructions, which needs valgrind: install it, or choose by: cpu");
}

TimedFault request_to_valgrind() {
  Ending ending;
  ending.kind = EndingKind::kForbiddenSyscall;
  ending.syscall = "a request to valgrind";
  return {.ending = ending};
}

class Counter {
 public:
  Counter(const Trace& trace, const CountSettings& settings)
      : trace_(trace), launch_{.valgrind = find_valgrind(), .scratch_dir = settings.scratch_dir}, seed_(settings.seed) {}

  Count count(const CountedContender& contender) const {
    if (makes_valgrind_requests(contender.settings.library)) return request_to_valgrind();
    ReplayProgram program({&trace_, 1});
    InstructionRecord record;
    const auto subject = launch_counted(contender.settings, launch_, program, record);
    const TimedReplay replayed = subject->replay_program({.seed = seed_, .target = ReplayTarget::kCounted});
    if (replayed.ended) return TimedFault{.ending = subject->end()};
    if (!contender.answers.empty()) {
      const auto fault = difference_when_timed(0, program.answers(), contender.answers, replayed.outcome);
      if (fault) return *fault;
    }
    const auto instructions = record.instructions();
    if (instructions) return *instructions;
    throw std::runtime_error(trace_.name() + ": callgrind's count cannot be read; does the submission interfere?");
  }

 private:
  const Trace& trace_;
  CountingLaunch launch_;
  std::uint64_t seed_;
};

// Functions that all return at once take no instruction, and one is near enough.
double cost(std::uint64_t instructions) { return static_cast<double>(std::max<std::uint64_t>(instructions, 1)); }

Measurement measurement(double subject, double reference) {
  const double speed = reference / subject;
  return {.clock = CostClock::kInstructions,
          .speed = speed,
          .speed_low = speed,
          .speed_high = speed,
          .pairs = 1,
          .subject_cost = subject,
          .reference_cost = reference};
}

}  // namespace

std::variant<Measurement, TimedFault> count_instructions(const Trace& trace, const CountedContender& subject,
                                                         const CountedContender& reference,
                                                         const CountSettings& settings) {
  const Counter counter(trace, settings);
  const Count yardstick = counter.count(reference);
  if (!std::holds_alternative<std::uint64_t>(yardstick)) {
    throw std::runtime_error(trace.name() + ": the reference allocator cannot be counted on this trace");
  }
  const Count count = counter.count(subject);
  if (const auto* fault = std::get_if<TimedFault>(&count)) return *fault;
  return measurement(cost(std::get<std::uint64_t>(count)), cost(std::get<std::uint64_t>(yardstick)));
}

}  // namespace heapjudge
