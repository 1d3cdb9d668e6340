// Sizes: within their limits, distributed as they say, the same on every machine.
#include "generate/distribution.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "generate/fixed_log.h"

namespace heapjudge {
namespace {

constexpr int kDraws = 20'000;

std::vector<std::uint64_t> draws_of(Distribution distribution, std::uint64_t seed = 1) {
  Random random(seed);
  std::vector<std::uint64_t> draws;
  for (int i = 0; i < kDraws; ++i) draws.push_back(distribution.draw(random));
  return draws;
}

double share_below(const std::vector<std::uint64_t>& draws, std::uint64_t limit) {
  const auto below = std::ranges::count_if(draws, [limit](std::uint64_t size) { return size < limit; });
  return static_cast<double>(below) / static_cast<double>(draws.size());
}

void expect_within(const std::vector<std::uint64_t>& draws, std::uint64_t first, std::uint64_t last) {
  EXPECT_GE(std::ranges::min(draws), first);
  EXPECT_LE(std::ranges::max(draws), last);
}

TEST(FixedLog, AgreesWithTheMathematicsToSixteenBits) {
  for (const std::uint64_t value : {1ul, 2ul, 3ul, 5ul, 100ul, 65537ul, 123456789ul, ~0ul}) {
    EXPECT_NEAR(static_cast<double>(fixed_log2(value)) / 65536, std::log2(static_cast<double>(value)), 2e-5)
        << value;
  }
  for (const double exponent : {0.0, 0.25, 1.5, 10.75, 33.125, 63.5}) {
    const auto result = static_cast<double>(fixed_exp2(static_cast<std::int64_t>(exponent * 65536)));
    EXPECT_LE(result, std::exp2(exponent)) << exponent;
    EXPECT_GT(result, std::exp2(exponent) * (1 - 1e-15) - 1) << exponent;
  }
  EXPECT_EQ(fixed_exp2(-1), 0u);
  EXPECT_EQ(fixed_exp2(64 * kFixedOne), UINT64_MAX);
}

TEST(Distributions, OfOneRangeReachBothEnds) {
  const auto draws = draws_of(Distribution(Uniform{10, 13}));
  std::map<std::uint64_t, int> counts;
  for (const std::uint64_t size : draws) ++counts[size];
  EXPECT_EQ(counts.size(), 4u);
  for (const auto& [size, count] : counts) EXPECT_NEAR(count, kDraws / 4, kDraws / 50) << size;
}

TEST(Distributions, WithExponent1HaveAsMuchInEveryOctave) {
  const auto draws = draws_of(Distribution(PowerLaw{.first = 16, .last = 4096, .exponent = 1}));
  expect_within(draws, 16, 4096);
  for (int octave = 1; octave < 8; ++octave) {
    EXPECT_NEAR(share_below(draws, 16u << octave), octave / 8.0, 0.02) << octave;
  }
}

// With exponent a, the share below x is (1 - (x / first)^(1 - a)) / (1 - (last / first)^(1 - a)).
TEST(Distributions, FollowThePowerLaw) {
  for (const double exponent : {0.5, 1.5, 2.0, 3.0}) {
    const auto draws = draws_of(Distribution(PowerLaw{.first = 16, .last = 65536, .exponent = exponent}));
    expect_within(draws, 16, 65536);
    for (const std::uint64_t limit : {32u, 64u, 1024u, 16384u}) {
      const double expected = (1 - std::pow(static_cast<double>(limit) / 16, 1 - exponent)) /
                              (1 - std::pow(65536.0 / 16, 1 - exponent));
      EXPECT_NEAR(share_below(draws, limit), expected, 0.02) << exponent << " " << limit;
    }
  }
}

TEST(Distributions, OfTheLogarithmAreNormal) {
  const auto draws =
      draws_of(Distribution(LogNormal{.median = 128, .doublings = 1.5, .first = 1, .last = 1 << 20}));
  EXPECT_NEAR(share_below(draws, 128), 0.5, 0.02);
  EXPECT_NEAR(share_below(draws, 362), 0.841, 0.02);   // one deviation, 1.5 doublings
  EXPECT_NEAR(share_below(draws, 1024), 0.977, 0.01);  // two
}

TEST(Distributions, OfTheLogarithmKeepToTheirRange) {
  expect_within(draws_of(Distribution(LogNormal{.median = 128, .doublings = 3, .first = 100, .last = 200})),
                100, 200);
}

TEST(Distributions, CycleAndStepInTurn) {
  Random random(1);
  Distribution cycle(Cycle{{Distribution::exactly(1), Distribution::exactly(2), Distribution::exactly(3)}});
  Distribution steps(Steps{.first = 10, .last = 25, .by = 10});
  std::vector<std::uint64_t> cycled;
  std::vector<std::uint64_t> stepped;
  for (int i = 0; i < 5; ++i) {
    cycled.push_back(cycle.draw(random));
    stepped.push_back(steps.draw(random));
  }
  EXPECT_EQ(cycled, (std::vector<std::uint64_t>{1, 2, 3, 1, 2}));
  EXPECT_EQ(stepped, (std::vector<std::uint64_t>{10, 20, 10, 20, 10}));
}

TEST(Distributions, MixByWeight) {
  const auto draws = draws_of(
      Distribution(Mix{.weights = {3, 1}, .parts = {Distribution::exactly(16), Distribution::exactly(64)}}));
  EXPECT_NEAR(share_below(draws, 64), 0.75, 0.02);
}

TEST(Distributions, RoundUpToMultiples) {
  for (const std::uint64_t size : draws_of(Distribution(Uniform{1, 100}, 24))) EXPECT_EQ(size % 24, 0u);
  EXPECT_EQ(Distribution(Uniform{1, 100}, 24).largest(), 120u);
}

// Pins what every machine and compiler must draw: traces are named by their seed.
TEST(Distributions, AreTheSameEverywhere) {
  Random random(42);
  Distribution power(PowerLaw{.first = 16, .last = 65536, .exponent = 1.5});
  Distribution normal(LogNormal{.median = 64, .doublings = 1.5, .first = 1, .last = 65536});
  std::vector<std::uint64_t> drawn;
  for (int i = 0; i < 4; ++i) {
    drawn.push_back(power.draw(random));
    drawn.push_back(normal.draw(random));
  }
  EXPECT_EQ(drawn, (std::vector<std::uint64_t>{28, 81, 5682, 30, 130, 20, 58, 22}));
}

TEST(Chances, OfZeroAndOneAreCertain) {
  Random random(1);
  for (int i = 0; i < 100; ++i) {
    EXPECT_FALSE(Chance(0).happens(random));
    EXPECT_TRUE(Chance(1).happens(random));
  }
  EXPECT_EQ(Random(1).next(), [] {
    Random untouched(1);
    EXPECT_FALSE(Chance().happens(untouched));
    return untouched.next();
  }()) << "a chance of 0 draws nothing";
}

}  // namespace
}  // namespace heapjudge
