// The comparison of fuzzers in the zoo: its arithmetic, and one contest from start to end.
#include "fuzz/zoo/table.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "fuzz/zoo/contest.h"
#include "fuzz/zoo/leaks.h"
#include "fuzz/zoo/pairs.h"
#include "tests/temporary_folder.h"
#include "tests/test_main.h"

namespace heapjudge {
namespace {

Searched ours(const std::string& bug, std::uint64_t seed, std::optional<double> seconds) {
  return {.specimen = bug, .seed = seed, .found_cpu_seconds = seconds, .requests = 3, .shrink_cpu_seconds = 0.001};
}

TEST(ZooTable, QuantilesAreValuesThatWereThere) {
  EXPECT_FALSE(quantile({}, 0.5));
  EXPECT_EQ(quantile({7}, 0.9), 7);
  EXPECT_EQ(quantile({4, 1, 3, 2}, 0.5), 2);
  EXPECT_EQ(quantile({1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 0.9), 9);
  EXPECT_EQ(quantile({3, 1, 2}, 1), 3);
}

TEST(ZooTable, ABugCountsAsFoundWhenEverySeedFindsIt) {
  const std::vector<Searched> attempts{ours("a", 1, 0.1), ours("a", 2, 0.3), ours("b", 1, 0.2), ours("b", 2, std::nullopt)};
  const ContestRow row = row_of(attempts, Contender::kOurs);
  EXPECT_EQ(row.bugs, 2u);
  EXPECT_EQ(row.found, 1u);
  EXPECT_EQ(row.found_by_one, 2u);
  EXPECT_EQ(row.slowest_seconds, 0.3);
  EXPECT_EQ(row.median_requests, 3);
  EXPECT_EQ(row_of(attempts, Contender::kFlat).bugs, 0u);
}

TEST(ZooTable, NamesEveryGoalThatIsNotMet) {
  std::vector<Searched> attempts{ours("good", 1, 0.1), ours("slow", 1, 1.5), ours("missed", 2, std::nullopt)};
  attempts[0].groups = 2;
  EXPECT_EQ(unmet_goals(attempts), (std::vector<std::string>{"slow, seed 1: found after 1.50 s", "missed, seed 2: not found"}));
  attempts = {ours("split", 1, 0.1), ours("innocent", 1, 0.1)};
  attempts[0].groups = 3;
  attempts[1].is_innocent = true;
  EXPECT_EQ(unmet_goals(attempts),
            (std::vector<std::string>{"split, seed 1: 3 groups", "innocent, seed 1: innocent, but convicted"}));
  attempts = {ours("long", 1, 0.1)};
  attempts[0].requests = 11;
  attempts[0].shrink_cpu_seconds = 0.02;
  EXPECT_EQ(unmet_goals(attempts), (std::vector<std::string>{"half of the traces have more than 3 requests",
                                                             "a tenth of the traces have more than 10 requests",
                                                             "0 % of the traces are shrunk within 10 ms"}));
}

TEST(ZooTable, AMissedBugHasNoFigures) {
  const std::vector<Searched> attempts{ours("a", 1, std::nullopt)};
  const std::string table = table_of(attempts);
  EXPECT_NE(table.find("| `heapjudge fuzz` | 0 of 1 | - | - | - | - | - | 0 % | - |\n"), table.npos) << table;
}

TEST(ZooContest, EveryContenderSearchesForTheBug) {
  const TemporaryFolder scratch;
  Rubric rubric;
  const auto attempts = run_contest(rubric, load_zoo(source_dir() / "fuzz" / "zoo"),
                                    {.scratch_dir = scratch.path(), .cpu_seconds = 0.3, .seeds = 2, .only = "explicit-no-minimum"},
                                    [](const char*, std::size_t, std::size_t) {});
  ASSERT_EQ(attempts.size(), 5u);  // the traces, two others, two seeds of ours
  for (const Searched& attempt : attempts) EXPECT_EQ(attempt.specimen, "explicit-no-minimum-size");
  const ContestRow row = row_of(attempts, Contender::kOurs);
  EXPECT_EQ(row.found, 1u);
  EXPECT_LE(row.median_requests, 10);
  EXPECT_GE(row.most_groups, 1u);
  EXPECT_EQ(row_of(attempts, Contender::kFlat).found, 1u);
  EXPECT_EQ(row_of(attempts, Contender::kDefaultTraces).bugs, 1u);
}

TEST(ZooPairs, AreOfOneAllocatorAndTheSameForASeed) {
  const auto zoo = load_zoo(source_dir() / "fuzz" / "zoo");
  const auto pairs = pairs_of(zoo, 30, 1);
  const auto again = pairs_of(zoo, 30, 1);
  ASSERT_EQ(pairs.size(), 30u);
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const ZooPair& pair = pairs[i];
    EXPECT_EQ(pair.name(), again[i].name());
    EXPECT_EQ(pair.first->allocator, pair.second->allocator);
    const std::string both = mutant_of(pair);
    const auto grown = [](const Bug* bug) { return std::ssize(bug->with) - std::ssize(bug->replace); };
    EXPECT_EQ(std::ssize(both), std::ssize(pair.allocator->source) + grown(pair.first) + grown(pair.second)) << pair.name();
    EXPECT_NE(both, mutant_of(*pair.allocator, *pair.first));
    EXPECT_NE(both, mutant_of(*pair.allocator, *pair.second));
  }
}

TEST(ZooPairs, TellsWhatFamiliesLose) {
  const std::vector<PairOutcome> outcomes{
      {.name = "told", .kinds = 5, .families = 2, .both_by_kind = true, .both_by_family = true, .both_kept = true},
      {.name = "kept", .kinds = 3, .families = 1, .both_by_kind = true, .both_kept = true},
      {.name = "gone", .kinds = 3, .families = 1, .both_by_kind = true},
      {.name = "never", .kinds = 1, .families = 1}};
  EXPECT_EQ(text_of(outcomes),
            "4 pairs: both bugs told of in 3 by rule and function (3.00 findings), in 1 by families (1.25); "
            "1 of the first are still told of, 2 by a trace that is kept at least\n"
            "  kept: kept (3 kinds, 1 families)\n"
            "  lost: gone (3 kinds, 1 families)\n");
}

TEST(ZooPairs, BothBugsAreTold) {
  const TemporaryFolder scratch;
  const auto zoo = load_zoo(source_dir() / "fuzz" / "zoo");
  const auto pairs = pairs_of(zoo, 1, 3);
  const auto outcomes = hunt_pairs(Rubric{}, pairs, {.scratch_dir = scratch.path(), .inputs = 600}, [](std::size_t) {});
  ASSERT_EQ(outcomes.size(), 1u);
  EXPECT_GE(outcomes[0].kinds, outcomes[0].families);
  EXPECT_GE(outcomes[0].families, 1u);
}

TEST(ZooContest, TriesAsManyInputsAsItIsTold) {
  const TemporaryFolder scratch;
  const auto attempts = run_contest(
      Rubric{}, load_zoo(source_dir() / "fuzz" / "zoo"),
      {.scratch_dir = scratch.path(), .seeds = 1, .ours_alone = true, .inputs = 50, .only = "explicit-no-minimum"},
      [](const char*, std::size_t, std::size_t) {});
  ASSERT_EQ(attempts.size(), 1u);
  EXPECT_TRUE(attempts[0].found_cpu_seconds);
  EXPECT_TRUE(attempts[0].groups);
}

TEST(ZooLeaks, AreCountedByTheSeedsThatFindThem) {
  const std::vector<LeakHunt> hunts{
      {.specimen = "whole", .is_innocent = true, .seed = 1, .cpu_seconds = 9},
      {.specimen = "lost", .seed = 1, .found = true, .cpu_seconds = 1, .requests = 4},
      {.specimen = "lost", .seed = 2, .found = true, .cpu_seconds = 2, .requests = 6},
      {.specimen = "kept", .seed = 1, .found = true, .broke_rules = true, .cpu_seconds = 3, .requests = 8},
      {.specimen = "kept", .seed = 2, .cpu_seconds = 4}};
  const std::string table = table_of(hunts);
  EXPECT_NE(table.find("| 1 of 2 | 2 | 1 | 0 of 1 | 2.00 | 4.00 | 6 | 8 |\n"), table.npos) << table;
  EXPECT_EQ(unmet_goals(hunts), (std::vector<std::string>{"kept, seed 2: leak not found"}));
}

TEST(ZooLeaks, AreHuntedOneAfterTheOther) {
  const TemporaryFolder scratch;
  std::size_t told = 0;
  const auto hunts = hunt_leaks(Rubric{}, load_zoo(source_dir() / "fuzz" / "zoo"),
                                {.scratch_dir = scratch.path(), .seeds = 1, .only = "tree-loses-a-right"},
                                [&](std::size_t done, std::size_t) { told = done; });
  EXPECT_EQ(told, hunts.size());
  ASSERT_FALSE(hunts.empty());
  for (const LeakHunt& hunt : hunts) EXPECT_FALSE(hunt.is_innocent);
}

TEST(ZooContest, AnUneditedAllocatorIsThereToBeAcquitted) {
  std::vector<ZooAllocator> one;
  for (ZooAllocator& allocator : load_zoo(source_dir() / "fuzz" / "zoo")) {
    if (allocator.name == "tree") one.push_back(std::move(allocator));
  }
  one.front().bugs.clear();
  const TemporaryFolder scratch;
  const auto attempts = run_contest(Rubric{}, one, {.scratch_dir = scratch.path(), .cpu_seconds = 0.2, .seeds = 1},
                                    [](const char*, std::size_t, std::size_t) {});
  ASSERT_EQ(attempts.size(), 4u);
  for (const Searched& attempt : attempts) {
    EXPECT_TRUE(attempt.is_innocent);
    EXPECT_FALSE(attempt.found_cpu_seconds);
  }
}

}  // namespace
}  // namespace heapjudge
