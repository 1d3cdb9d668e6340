// Waste is shown of those that waste, and of nobody else.
#include "fuzz/waste_hunt.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "fuzz/reuse.h"
#include "fuzz/waste.h"
#include "judge/reference_build.h"
#include "judge/session_subject.h"
#include "tests/temporary_folder.h"
#include "tests/test_main.h"
#include "tests/tiny_allocator.h"

namespace heapjudge {
namespace {

class WasteTest : public testing::Test {
 protected:
  HeapMeter meter_of(const std::string& reference, std::uint32_t alignment = 16) const {
    const LaunchSettings launch = build_reference(reference_called(reference), rubric_, folder_.path());
    ReplayRules rules = examine_settings(rubric_, false).rules;
    rules.alignment = alignment;
    return {subject_factory(launch), rules};
  }

  WasteHunt hunt(const std::string& allocator, const WasteRules& rules = {.inputs = 50}) const {
    HeapMeter submission = meter_of(allocator);
    HeapMeter reference = meter_of(rules.reference);
    return hunt_for_waste({.rules = rules,
                           .submission = submission,
                           .reference = reference,
                           .offered = {},
                           .heap_limit_bytes = 64u << 20,
                           .seed = 5,
                           .goes_on = {}});
  }

  Rubric rubric_;
  TemporaryFolder folder_;
};

std::set<Waste> kinds_of(const WasteHunt& hunt) {
  std::set<Waste> kinds;
  for (const WastefulTrace& waste : hunt.sheet.found) kinds.insert(waste.waste);
  return kinds;
}

TEST_F(WasteTest, WhoJoinsFreeBlocksIsNotSuspected) {
  for (const char* name : {"segregated", "implicit:first", "implicit:next", "implicit:best", "explicit:lifo",
                           "explicit:address", "tlsf", "bins"}) {
    const WasteHunt found = hunt(name);
    EXPECT_EQ(found.sheet.failed, 0u) << name;
    EXPECT_GE(found.sheet.tried, 50u + 81 + 120 + 33 + 3 * 49 + 1) << name << ": each search until too few are left";
    EXPECT_LE(found.sheet.tried, 50u + 100 + 120 + 40 + 3 * 60 + 20) << name;
    for (const WastefulTrace& waste : found.sheet.found) {
      ADD_FAILURE() << name << ": " << waste.heap_bytes << " after " << waste.other_bytes << ", " << waste.alike;
    }
  }
}

TEST_F(WasteTest, WhoNeverReusesABlockIsShownInEveryWay) {
  const WasteHunt found = hunt("bump");
  EXPECT_EQ(kinds_of(found), (std::set{Waste::kHeapTooLarge, Waste::kNotCoalesced, Waste::kLost, Waste::kKeptForASize,
                                       Waste::kNotRefilled}));
  ASSERT_EQ(found.traces.size(), found.sheet.found.size());
  for (std::size_t i = 0; i < found.traces.size(); ++i) {
    EXPECT_EQ(found.traces[i].requests().size(), found.sheet.found[i].requests);
    EXPECT_GT(found.sheet.found[i].alike, 1u);
  }
  const auto scattered = std::ranges::find(found.sheet.found, Waste::kNotCoalesced, &WastefulTrace::waste);
  EXPECT_LE(scattered->requests, 3u) << "one block that is freed, and one request";
}

TEST_F(WasteTest, WhoRoundsUpToPowersOfTwoIsShownBesideAHalvedMeasure) {
  EXPECT_FALSE(hunt("buddy", {.times = 1.5, .inputs = 50}).sheet.found.empty());
}

TEST_F(WasteTest, ComesOutTheSameForTheSameSeed) {
  const WasteHunt first = hunt("bump");
  const WasteHunt second = hunt("bump");
  EXPECT_EQ(first.traces, second.traces);
}

TEST_F(WasteTest, ATraceThatBreaksARuleSaysNothing) {
  HeapMeter meter = meter_of("bump", 64);  // more than it promises
  const Trace misaligned("misaligned", {}, 2,
                         {{.size = 16, .block = 0, .op = Op::kMalloc}, {.size = 16, .block = 1, .op = Op::kMalloc}});
  EXPECT_FALSE(meter.measure(misaligned));
  EXPECT_FALSE(meter.measure(misaligned));
  EXPECT_EQ(meter.failures(), 2u);
  EXPECT_TRUE(meter.measure(Trace("nothing", {}, 0, {}))) << "another process has taken the place of the last";
}

TEST_F(WasteTest, ARoundLeavesNothingLiveThatWasNot) {
  const Trace round("round", {}, 2,
                    {{.size = 40, .block = 0, .op = Op::kMalloc},
                     {.size = 50, .block = 1, .op = Op::kMalloc},
                     {.block = 0, .op = Op::kFree},
                     {.size = 0, .block = 0, .op = Op::kRealloc}});
  const Trace twice = in_rounds(round, 2);
  const std::vector<Op> ops{Op::kMalloc, Op::kMalloc, Op::kMalloc, Op::kFree, Op::kRealloc, Op::kFree,
                            Op::kMalloc, Op::kMalloc, Op::kFree,   Op::kRealloc, Op::kFree};
  ASSERT_EQ(twice.requests().size(), ops.size());
  for (std::size_t i = 0; i < ops.size(); ++i) EXPECT_EQ(twice.requests()[i].op, ops[i]) << i;
  EXPECT_EQ(twice.requests()[5].block, 1u);
}

TEST_F(WasteTest, OnlyWhoLosesSomethingEachTimeLosesByTheRound) {
  const Trace round("round", {}, 1, {{.size = 3000, .block = 0, .op = Op::kMalloc}});
  HeapMeter bump = meter_of("bump");
  HeapMeter segregated = meter_of("segregated");
  EXPECT_TRUE(loses_by_the_round(round, bump));
  EXPECT_FALSE(loses_by_the_round(round, segregated));
  const Trace afresh("afresh", {}, 0, {{.block = kNoBlock, .op = Op::kInit}});
  EXPECT_FALSE(loses_by_the_round(afresh, bump));
}

// Frees are put off until there are six hundred of them.
constexpr const char* kPutsOff = R"(
static void *put_off[600], *free_ones[600];
static size_t waiting, ready;
int mm_init(void) { waiting = ready = 0; return 0; }
void *mm_malloc(size_t n) { return n <= 64 && ready > 0 ? free_ones[--ready] : place(n < 64 ? 64 : n); }
void mm_free(void *p) {
  if (p == NULL) return;
  put_off[waiting++] = p;
  if (waiting < 600) return;
  memcpy(free_ones, put_off, sizeof put_off);
  ready = waiting;
  waiting = 0;
}
)";

TEST_F(WasteTest, WhoPutsOffWhatIsFreedComesToRestAfterManyRounds) {
  const Trace round("round", {}, 1, {{.size = 64, .block = 0, .op = Op::kMalloc}});
  const TinyAllocator puts_off(kPutsOff);
  HeapMeter meter(subject_factory(puts_off.launch_settings()), examine_settings(rubric_, false).rules);
  EXPECT_FALSE(loses_by_the_round(round, meter));
  const auto at_first = meter.measure(in_rounds(round, 64));
  const auto later = meter.measure(in_rounds(round, 256));
  ASSERT_TRUE(at_first && later);
  EXPECT_GT(later->heap_bytes, 3 * at_first->heap_bytes) << "it grows for long";
}

TEST_F(WasteTest, ACombIsRefilledOnlyByWhatFits) {
  const auto comb = [](std::uint64_t again) {
    std::vector<Request> requests;
    for (BlockId block = 0; block < 200; ++block) requests.push_back({.size = 800, .block = block, .op = Op::kMalloc});
    for (BlockId block = 0; block < 200; block += 2) requests.push_back({.block = block, .op = Op::kFree});
    for (BlockId block = 200; block < 300; ++block) requests.push_back({.size = again, .block = block, .op = Op::kMalloc});
    return Trace("comb", {}, 300, std::move(requests));
  };
  HeapMeter bump = meter_of("bump");
  HeapMeter segregated = meter_of("segregated");
  EXPECT_TRUE(does_not_refill(comb(700), bump, Comb::kFewSizes));
  EXPECT_FALSE(does_not_refill(comb(701), bump, Comb::kFewSizes)) << "not smaller by an eighth";
  EXPECT_TRUE(does_not_refill(comb(800), bump, Comb::kExact));
  EXPECT_FALSE(does_not_refill(comb(801), bump, Comb::kExact));
  EXPECT_FALSE(does_not_refill(comb(700), segregated, Comb::kFewSizes));
  EXPECT_FALSE(does_not_refill(comb(800), segregated, Comb::kExact));
}

TEST_F(WasteTest, OneSizeAfterTheOtherIsAskedForByPartsOfTheTrace) {
  Random random(3);
  const Trace trace = one_size_after_the_other(random);
  HeapMeter bump = meter_of("bump");
  HeapMeter segregated = meter_of("segregated");
  const auto waste = keeps_for_a_size(trace, bump);
  ASSERT_TRUE(waste);
  EXPECT_EQ(waste->rounds, 12u);
  EXPECT_FALSE(keeps_for_a_size(trace, segregated));
  EXPECT_FALSE(keeps_for_a_size(trace.prefix(trace.requests().size() / 12), bump)) << "there is one part alone";
}

Trace grown(std::uint64_t freed, std::uint64_t asked) {
  return Trace("grown", {}, 2,
               {{.size = freed, .block = 0, .op = Op::kMalloc},
                {.block = 0, .op = Op::kFree},
                {.size = asked, .block = 1, .op = Op::kMalloc}});
}

TEST_F(WasteTest, OnlyARequestThatLeavesRoomForTablesCounts) {
  HeapMeter bump = meter_of("bump");
  EXPECT_TRUE(grows_when_all_is_free(grown(64 << 10, 48 << 10), bump));
  EXPECT_FALSE(grows_when_all_is_free(grown(64 << 10, 60 << 10), bump)) << "a quarter is not left";
  EXPECT_FALSE(grows_when_all_is_free(grown(10 << 10, 7 << 10), bump)) << "8 KiB are not left";
  HeapMeter segregated = meter_of("segregated");
  EXPECT_FALSE(grows_when_all_is_free(grown(64 << 10, 48 << 10), segregated));
}

}  // namespace
}  // namespace heapjudge
