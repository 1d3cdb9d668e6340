// Measuring: arithmetic with subjects that cost what the test says, and honesty with real ones.
#include "judge/measure.h"

#include <gtest/gtest.h>

#include <functional>

#include "judge/pairs.h"
#include "tests/judge/real_contender.h"
#include "tests/test_main.h"
#include "tests/tiny_allocator.h"
#include "trace/generate.h"
#include "trace/random.h"
#include "trace/reorder.h"

namespace heapjudge {
namespace {

// Costs so many seconds of a pass, and as much for an order as a real process.
class Scripted final : public TimedSubject {
 public:
  struct Costs {
    std::function<double()> pass;
    double loop = 1e-4;
  };
  explicit Scripted(Costs costs) : costs_(std::move(costs)) {}

  TimedReplay replay_program(const ReplayOrder& order, EarlierAnswers) override {
    const double loop = order.passes * costs_.loop;
    const double work = order.target == ReplayTarget::kLoopAlone ? 0 : order.passes * costs_.pass();
    return {.cpu_seconds = kOrderSeconds + loop + work};
  }
  std::uint64_t touched_bytes() override { return 0; }
  std::uint64_t bytes_outside_heap() override { return 0; }
  const Ending& end() override { return ending_; }

 private:
  static constexpr double kOrderSeconds = 1e-5;
  Costs costs_;
  Ending ending_;
};

Contender scripted(std::function<double()> pass) {
  return {.start = [pass](const TimedPlaces&) { return std::make_unique<Scripted>(Scripted::Costs{.pass = pass}); }};
}

Contender costing(double seconds) {
  return scripted([seconds] { return seconds; });
}

// Costs three times as much in the second order.
class SlowInOrderOne final : public TimedSubject {
 public:
  TimedReplay replay_program(const ReplayOrder& order, EarlierAnswers) override {
    const double work = order.target == ReplayTarget::kLoopAlone ? 0 : order.order == 1 ? 3e-4 : 1e-4;
    return {.cpu_seconds = order.passes * (1e-4 + work)};
  }
  std::uint64_t touched_bytes() override { return 0; }
  std::uint64_t bytes_outside_heap() override { return 0; }
  const Ending& end() override { return ending_; }

 private:
  Ending ending_;
};

const Trace& small_trace() {
  static const Trace trace = random_mixed({.requests = 200, .live_blocks = 20});
  return trace;
}

Measurement measured(const Contender& subject, const Contender& reference, const MeasureSettings& settings = {}) {
  const auto outcome = measure({&small_trace(), 1}, subject, reference, settings);
  return std::get<Measurement>(outcome);
}

TEST(Measure, SpeedIsTheReferencesCostOverTheSubjects) {
  const Measurement half = measured(costing(2e-4), costing(1e-4));
  EXPECT_NEAR(half.speed, 0.5, 1e-9);
  EXPECT_NEAR(half.subject_cost, 2e-4, 1e-12);
  EXPECT_NEAR(half.reference_cost, 1e-4, 1e-12);
  EXPECT_TRUE(half.steady);
  EXPECT_EQ(half.clock, CostClock::kCpuTime);
  EXPECT_NEAR(measured(costing(1e-4), costing(3e-4)).speed, 3, 1e-9);
}

TEST(Measure, SubtractsTheLoopAndTheOrder) {
  // The loop costs as much as the faster of the two.
  EXPECT_NEAR(measured(costing(1e-4), costing(1e-4)).speed, 1, 1e-9);
  EXPECT_NEAR(measured(costing(4e-4), costing(1e-4)).speed, 0.25, 1e-9);
}

TEST(Measure, StopsAfterThreePairsWhenTheyAgree) {
  EXPECT_EQ(measured(costing(1e-4), costing(1e-4)).pairs, 3u);
}

// Each process has pages of its own, which cost up to 6 % more.
Contender unevenly_placed() {
  auto random = std::make_shared<Random>(1);
  return {.start = [random](const TimedPlaces&) {
    const double pass = 1e-4 * (1 + static_cast<double>(random->below(1000)) * 6e-5);
    return std::make_unique<Scripted>(Scripted::Costs{.pass = [pass] { return pass; }});
  }};
}

TEST(Measure, MakesMorePairsWhenTheyDoNotAgree) {
  const Measurement measurement = measured(unevenly_placed(), costing(1e-4), {.interval = 0.02});
  EXPECT_GT(measurement.pairs, 6u);
  EXPECT_TRUE(measurement.steady);
  EXPECT_LE(measurement.speed_high - measurement.speed_low, 0.02 * measurement.speed + 1e-9);
  EXPECT_NEAR(measurement.speed, 1 / 1.03, 0.02);
}

TEST(Measure, SaysSoWhenTheBudgetEndsFirst) {
  const Measurement measurement =
      measured(unevenly_placed(), costing(1e-4), {.interval = 1e-6, .budget_seconds = 0});
  EXPECT_FALSE(measurement.steady);
  EXPECT_EQ(measurement.pairs, 3u);
}

// Every fifth process finds its processor at two thirds of its speed, for as long as it lives.
TEST(Measure, AFewSlowProcessesDoNotCount) {
  auto started = std::make_shared<int>(0);
  const Contender subject{.start = [started](const TimedPlaces&) {
    const double pass = ++*started % 5 == 1 ? 1.5e-4 : 1e-4;
    return std::make_unique<Scripted>(Scripted::Costs{.pass = [pass] { return pass; }});
  }};
  const Measurement measurement = measured(subject, costing(1e-4));
  EXPECT_NEAR(measurement.speed, 1, 1e-9);
  EXPECT_TRUE(measurement.steady);
  EXPECT_GT(measurement.pairs, 6u);
}

TEST(Measure, TheOrdersOfATraceWeighAlike) {
  const Trace trace = random_mixed({.requests = 200, .live_blocks = 20});
  const std::vector<Trace> orders{trace, reordered(trace, 1)};
  const Contender subject{.start = [](const TimedPlaces&) { return std::make_unique<SlowInOrderOne>(); }};
  const auto outcome = measure(orders, subject, costing(1e-4), {});
  EXPECT_NEAR(std::get<Measurement>(outcome).speed, 0.5, 1e-9);  // (1 + 1) / (1 + 3)
  EXPECT_NEAR(std::get<Measurement>(outcome).subject_cost, 2e-4, 1e-12);  // of one pass, not of both orders
  EXPECT_NEAR(std::get<Measurement>(outcome).reference_cost, 1e-4, 1e-12);
}

TEST(Measure, SeveralTakeTurnsUntilEachIsKnown) {
  const Contender steady = costing(1e-4), uneven = unevenly_placed();
  const MeasureSettings settings{.interval = 0.02};
  std::vector<std::unique_ptr<PairedMeasuring>> all;
  for (const Contender* subject : {&uneven, &steady}) {
    all.push_back(std::make_unique<PairedMeasuring>(std::span(&small_trace(), 1), *subject, steady, settings));
  }
  std::vector<std::size_t> finished;
  measure_in_turn(all, [&](std::size_t i) { finished.push_back(i); });
  EXPECT_EQ(finished, (std::vector<std::size_t>{1, 0}));
  EXPECT_NEAR(std::get<Measurement>(all[1]->outcome()).speed, 1, 1e-9);
  EXPECT_NEAR(std::get<Measurement>(all[0]->outcome()).speed, 1 / 1.03, 0.02);
}

TEST(Measure, WhatIsFastEnoughNeedNotBeKnownAnyBetter) {
  auto random = std::make_shared<Random>(1);
  const auto noisy = [random] { return 1e-4 * (1 + static_cast<double>(random->below(1000)) / 500); };
  const Measurement measurement =
      measured(scripted(noisy), costing(9e-4), {.interval = 1e-6, .enough = 1, .budget_seconds = 60});
  EXPECT_TRUE(measurement.steady);
  EXPECT_GE(measurement.speed_low, 1);
  EXPECT_LE(measurement.pairs, 20u);
}

TEST(Measure, AMedianTurnOutlastsOutliers) {
  auto turn = std::make_shared<int>(0);
  const auto now_and_then = [turn] { return ++*turn % 3 == 0 ? 9e-4 : 1e-4; };
  EXPECT_NEAR(measured(scripted(now_and_then), costing(1e-4)).speed, 1, 1e-9);
}

// Real processes.

const char* const kHonest = R"(
void *mm_calloc(size_t k, size_t n) {
  if (n != 0 && k > (size_t)-1 / n) return NULL;
  void *p = place(k * n);
  if (p) memset(p, 0, k * n);
  return p;
}
)";

// `mm_init` counts; a timed process calls it far more often than a checked one.
const char* const kMovesWhenTimed = R"(
static int inits;
int mm_init(void) { if (++inits > 6) mem_sbrk(16); return 0; }
)";

const char* const kSkipsCopyingWhenTimed = R"(
static int inits;
int mm_init(void) { ++inits; return 0; }
void *mm_realloc(void *p, size_t n) {
  void *q = place(n);
  if (p && q && inits < 4) memcpy(q, p, size_of(p) < n ? size_of(p) : n);
  return q;
}
)";

const char* const kCrashesWhenTimed = R"(
static int inits;
int mm_init(void) { if (++inits > 6) *(volatile int *)8 = 1; return 0; }
)";

const char* const kHangsWhenTimed = R"(
static int inits;
int mm_init(void) { if (++inits > 6) for (;;) { } return 0; }
)";

const char* const kClearsOnlyFreshMemory = R"(
static int inits;
int mm_init(void) { ++inits; return 0; }
void *mm_calloc(size_t k, size_t n) {
  void *p = place(k * n);
  if (p && inits < 4) memset(p, 0, k * n);
  return p;
}
)";

std::vector<Trace> orders_of(const Trace& trace) { return {trace, reordered(trace, 1), reordered(trace, 2)}; }

class RealContenders : public testing::Test {
 protected:
  // Beside an honest reference; a few pairs, whatever the noise.
  std::variant<Measurement, TimedFault> outcome(const char* source, const Trace& trace) {
    const TinyAllocator reference(kHonest);
    const TinyAllocator subject(source);
    const std::vector<Trace> orders = orders_of(trace);
    return measure(orders, real_contender(subject.launch_settings(), orders),
                   real_contender(reference.launch_settings(), orders), {.interval = 10});
  }
};

TEST_F(RealContenders, AnHonestOneIsMeasured) {
  const auto measurement = outcome(kHonest, random_mixed({.requests = 2000}));
  ASSERT_TRUE(std::holds_alternative<Measurement>(measurement));
  EXPECT_GT(std::get<Measurement>(measurement).subject_cost, 0);
  EXPECT_GT(std::get<Measurement>(measurement).speed, 0);
}

TEST_F(RealContenders, BlocksElsewhereWhenTimedAreFoundOut) {
  const auto fault = outcome(kMovesWhenTimed, random_mixed({.requests = 500}));
  ASSERT_TRUE(std::holds_alternative<TimedFault>(fault));
  EXPECT_GE(std::get<TimedFault>(fault).request, 1u);
  EXPECT_EQ(std::get<TimedFault>(fault).answered, std::get<TimedFault>(fault).checked + 16);
}

TEST_F(RealContenders, BytesThatAreNotCopiedWhenTimedAreFoundOut) {
  const auto fault = outcome(kSkipsCopyingWhenTimed, realloc_growth({.requests = 500}));
  ASSERT_TRUE(std::holds_alternative<TimedFault>(fault));
  EXPECT_EQ(std::get<TimedFault>(fault).request, 0u);
  EXPECT_GT(std::get<TimedFault>(fault).lost_bytes, 0u);
}

TEST_F(RealContenders, BytesThatAreNotClearedWhenTimedAreFoundOut) {
  std::vector<Request> requests;
  for (BlockId block = 0; block < 200; ++block) {
    requests.push_back({.size = 8, .block = block, .op = Op::kCalloc, .count = 5});
  }
  const auto fault = outcome(kClearsOnlyFreshMemory, Trace("calloc", {}, 200, requests));
  ASSERT_TRUE(std::holds_alternative<TimedFault>(fault));
  EXPECT_GT(std::get<TimedFault>(fault).lost_bytes, 0u);
}

TEST_F(RealContenders, ACrashIsAnEnding) {
  const auto fault = outcome(kCrashesWhenTimed, small_trace());
  ASSERT_TRUE(std::holds_alternative<TimedFault>(fault));
  ASSERT_TRUE(std::get<TimedFault>(fault).ending);
  EXPECT_EQ(std::get<TimedFault>(fault).ending->kind, EndingKind::kCrashed);
}

TEST_F(RealContenders, AHangIsAnEnding) {
  const auto fault = outcome(kHangsWhenTimed, small_trace());
  ASSERT_TRUE(std::holds_alternative<TimedFault>(fault));
  ASSERT_TRUE(std::get<TimedFault>(fault).ending);
  EXPECT_EQ(std::get<TimedFault>(fault).ending->kind, EndingKind::kHung);
}

TEST_F(RealContenders, AReferenceThatFailsIsTheOperatorsAffair) {
  const TinyAllocator honest(kHonest);
  const TinyAllocator crashing(kCrashesWhenTimed);
  const std::vector<Trace> orders{small_trace()};
  const Contender subject = real_contender(honest.launch_settings(), orders);
  EXPECT_THROW(measure(orders, subject, real_contender(crashing.launch_settings(), orders), {.interval = 10}),
               std::runtime_error);
}

// Whatever a trace may hold, a replay by the process itself answers as the checked one does.
class OddTraces : public testing::TestWithParam<Abi> {};

TEST_P(OddTraces, AreAnsweredAlikeWhenTimed) {
  SKIP_WHERE_32_BITS_DO_NOT_RUN(GetParam() == Abi::kIlp32);
  const TinyAllocator allocator(kHonest, GetParam());
  LaunchSettings settings = allocator.launch_settings();
  if (GetParam() == Abi::kIlp32) settings.pointer_width = PointerWidth::k32;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Trace trace = random_trace(seed, 300, {.odd_cases = true, .refusals = true});
    ReplayProgram program({&trace, 1});
    const auto subject = launch_timed(settings, program);
    for (const std::uint32_t passes : {1u, 3u}) {
      ASSERT_FALSE(subject->replay_program({.passes = passes, .seed = seed}).ended) << "seed " << seed;
      const std::vector<std::uint64_t> checked = checked_answers(settings, trace);
      for (std::size_t i = 0; i < checked.size(); ++i) {
        ASSERT_EQ(program.answers()[i], checked[i]) << "seed " << seed << " request " << i + 1;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Abis, OddTraces, testing::Values(Abi::kLp64, Abi::kIlp32), [](const auto& instance) {
  return instance.param == Abi::kLp64 ? "lp64" : "ilp32";
});

}  // namespace
}  // namespace heapjudge
