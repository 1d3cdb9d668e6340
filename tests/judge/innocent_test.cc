// The innocent are acquitted: the references on every default trace, on all small ones and on many random
// ones.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "judge/examine.h"
#include "judge/session.h"
#include "reports/report.h"
#include "tests/guilty/grading.h"
#include "tests/judge/heap_flips.h"
#include "tests/judge/in_this_process.h"
#include "tests/test_main.h"
#include "trace/generate.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

struct Variant {
  const char* source;  // reference/<source>
  const char* definition;
  Abi abi = Abi::kLp64;
};

constexpr Variant kVariants[] = {
    {"implicit.cc", "HEAPJUDGE_FIT=first"},
    {"implicit.cc", "HEAPJUDGE_FIT=next"},
    {"implicit.cc", "HEAPJUDGE_FIT=best"},
    {"implicit.cc", "HEAPJUDGE_FIT=worst"},
    {"implicit.cc", "HEAPJUDGE_FIT=first", Abi::kIlp32},
    {"implicit.cc", "HEAPJUDGE_FIT=next", Abi::kIlp32},
    {"implicit.cc", "HEAPJUDGE_FIT=best", Abi::kIlp32},
    {"implicit.cc", "HEAPJUDGE_FIT=worst", Abi::kIlp32},
    {"explicit.cc", "HEAPJUDGE_ORDER=lifo"},
    {"explicit.cc", "HEAPJUDGE_ORDER=lifo", Abi::kIlp32},
    {"explicit.cc", "HEAPJUDGE_ORDER=address"},
    {"explicit.cc", "HEAPJUDGE_ORDER=address", Abi::kIlp32},
    {"bump.cc", nullptr},
    {"bump.cc", nullptr, Abi::kIlp32},
    {"buddy.cc", nullptr},
    {"buddy.cc", nullptr, Abi::kIlp32},
    {"bins.cc", nullptr},
    {"bins.cc", nullptr, Abi::kIlp32},
    {"bitmap.cc", nullptr},
    {"bitmap.cc", nullptr, Abi::kIlp32},
    {"tlsf.cc", nullptr},
    {"tlsf.cc", nullptr, Abi::kIlp32},
    {"segregated.cc", nullptr},
    {"segregated.cc", nullptr, Abi::kIlp32},
};

std::vector<std::string> default_traces() {
  std::vector<std::string> traces;
  for (const auto& entry : fs::directory_iterator(source_dir() / "traces")) {
    if (entry.path().extension() == ".rep") traces.push_back(entry.path().string());
  }
  return traces;
}

class References : public testing::TestWithParam<Variant> {};

// With every growth of the heap refused in turn, too.
TEST_P(References, PassEveryDefaultTrace) {
  SKIP_WHERE_32_BITS_DO_NOT_RUN(GetParam().abi == Abi::kIlp32);
  const GradeSheet sheet =
      grade_submission(fs::path("reference") / GetParam().source, default_traces(),
                       {.refuse_growth = true, .abi = GetParam().abi, .definition = GetParam().definition});
  EXPECT_TRUE(sheet.static_findings.empty());
  ASSERT_GT(sheet.traces.size(), 10u);
  for (const TraceRow& row : sheet.traces) EXPECT_EQ(verdict_of(row), "passed") << row.result.name;
  EXPECT_TRUE(sheet.correct);
}

INSTANTIATE_TEST_SUITE_P(All, References, testing::ValuesIn(kVariants),
                         [](const auto& variant) { return "variant_" + std::to_string(variant.index); });

// As the opening comment of the file has it.
TEST(ReferenceLayout, OfBoundaryTagsIsThatOfEveryBlock) {
  constexpr BlockLayout kTags{.footers = BlockLayout::Footers::kAll, .walk = true};
  const GradeSheet sheet = grade_submission("reference/implicit.cc", default_traces(), {.layout = kTags});
  for (const TraceRow& row : sheet.traces) EXPECT_EQ(verdict_of(row), "passed") << row.result.name;
}

// None of its words is where the boundary tags of another one are.
TEST(ReferenceLayout, OfABitmapIsAnother) {
  const GradeSheet sheet = grade_submission("reference/bitmap.cc", {"traces/short-hello.rep"}, {.layout = BlockLayout{}});
  EXPECT_TRUE(verdict_of(sheet.traces.at(0)).starts_with("E401 at 1: ")) << verdict_of(sheet.traces.at(0));
}

// Every reference has a checker of its own.
TEST(ReferenceCheckers, ComplainAboutNoDefaultTrace) {
  for (const char* source : {"implicit.cc", "explicit.cc", "bins.cc", "buddy.cc", "tlsf.cc", "segregated.cc"}) {
    const GradeSheet sheet = grade_submission(fs::path("reference") / source, default_traces(), {.own_checks = true});
    for (const TraceRow& row : sheet.traces) EXPECT_EQ(verdict_of(row), "passed") << source << ": " << row.result.name;
    EXPECT_EQ(sheet.identity.own_checker, "mm_checkheap");
  }
}

// A size that shares a block with another, one that fills a block, and one that needs a larger one.
TEST_P(InThisProcess, IsAcquittedOnAllSmallTracesOverThreeSizes) {
  constexpr std::array<std::uint64_t, 3> kSizes{8, 16, 40};
  std::size_t traces = 0;
  for_each_small_trace(GetParam().small_trace_requests, kSizes, [&](const Trace& trace) {
    ++traces;
    if (HasFailure()) return;
    EXPECT_EQ(complaint_about(trace, [this] { return lent(); }, {.rerun = false, .other_fill = false}), "");
  });
  RecordProperty("traces", static_cast<int>(traces));
  EXPECT_GT(traces, 10000u);
}

TEST_P(InThisProcess, IsAcquittedAndSoundOnTenThousandRandomTraces) {
  constexpr std::array kMixes{kP0Mix, kP1Mix, kP2Mix, kP3Mix};
  for (std::uint64_t seed = 1; seed <= 10000 && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const Trace trace = random_trace(seed, 60, kMixes[seed % kMixes.size()]);
    EXPECT_EQ(complaint_about(trace, [this] { return watched(); }, {.refuse_growth = seed % 8 == 0}), "");
  }
}

INSTANTIATE_TEST_SUITE_P(All, InThisProcess,
                         testing::Values(Specimen{"implicit:first", 6},
                                         Specimen{"implicit:next", 5},
                                         Specimen{"implicit:best", 5},
                                         Specimen{"implicit:worst", 5},
                                         Specimen{"explicit:lifo", 5},
                                         Specimen{"explicit:address", 5},
                                         Specimen{"bins", 5},
                                         Specimen{"bump", 5},
                                         Specimen{"buddy", 5},
                                         Specimen{"bitmap", 5},
                                         Specimen{"tlsf", 5},
                                         Specimen{"segregated", 5}),
                         test_name);

// Blocks of up to 600 KiB, some of which `bins` maps; the heap is large enough for all of them and then some.
class WithLargeBlocks : public InThisProcess {
 protected:
  WithLargeBlocks() : InThisProcess(64u << 20) {}
};

TEST_P(WithLargeBlocks, IsAcquittedAndSoundOnRandomTraces) {
  for (std::uint64_t seed = 1; seed <= 100 && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    TraceMix mix = seed % 2 == 0 ? kP0Mix : kP3Mix;
    mix.largest_bytes = 600u << 10;
    mix.blocks = 8;
    const Trace trace = random_trace(seed, 100, mix);
    EXPECT_EQ(complaint_about(trace, [this] { return watched(); }, {.refuse_growth = seed % 4 == 0}), "");
  }
}

INSTANTIATE_TEST_SUITE_P(All, WithLargeBlocks, testing::Values(Specimen{"bins", 0}), test_name);

// A checker that has only met sound heaps is not tested.
class Checkers : public InThisProcess {};

TEST_P(Checkers, SeeEveryBitThatIsChanged) {
  const ThreeBlocks blocks = place_three_blocks();
  ASSERT_TRUE(heap_is_sound());
  for (const Flip& flip : GetParam().flips(blocks)) {
    apply(blocks, flip);
    EXPECT_FALSE(heap_is_sound()) << "word at " << flip.offset << ", bits " << flip.bits;
    apply(blocks, flip);
  }
  EXPECT_TRUE(heap_is_sound());
}

INSTANTIATE_TEST_SUITE_P(All, Checkers,
                         testing::Values(Specimen{"implicit:first", 0, flips_of_boundary_tags},
                                         Specimen{"implicit:next", 0, flips_of_boundary_tags},
                                         Specimen{"explicit:lifo", 0, flips_of_tags_and_links},
                                         Specimen{"explicit:address", 0, flips_of_tags_and_links},
                                         Specimen{"bins", 0, flips_of_fast_lists},
                                         Specimen{"bump", 0, flips_of_lower_tags},
                                         Specimen{"buddy", 0, flips_of_buddies},
                                         Specimen{"bitmap", 0, flips_of_map},
                                         Specimen{"tlsf", 0, flips_of_two_levels}),
                         test_name);

// A list that holds each free block once, but not by rising address.
class ByAddress : public InThisProcess {};

TEST_P(ByAddress, TheOrderOfTheListIsChecked) {
  constexpr std::uint64_t kWord = 8;
  Reply reply;
  subject().begin({}, reply);
  std::array<std::uint64_t, 7> payloads{};
  for (std::uint64_t& payload : payloads) payload = serve({.size = 40, .verb = Verb::kMalloc}).offset;
  for (const std::size_t hole : {1u, 3u, 5u}) serve({.offset = payloads[hole], .verb = Verb::kFree});
  ASSERT_TRUE(heap_is_sound());
  const auto link = [&](std::size_t from, std::size_t word, std::optional<std::size_t> to) {
    const std::uint64_t address = to ? subject().heap_base() + payloads[*to] - kWord : 0;
    std::memcpy(&subject().heap()[payloads[from] + word * kWord], &address, sizeof address);
  };
  link(1, 1, 5);  // 1, 5, 3 in the place of 1, 3, 5
  link(5, 0, 1);
  link(5, 1, 3);
  link(3, 0, 5);
  link(3, 1, std::nullopt);
  EXPECT_FALSE(heap_is_sound());
}

INSTANTIATE_TEST_SUITE_P(All, ByAddress, testing::Values(Specimen{"explicit:address", 0}), test_name);

// The segregated reference has no tags around small blocks, and so a picture of its own.
class Zones : public InThisProcess {
 protected:
  // Small blocks, the first ones with tags, the last ones in slots of a zone; a larger one, free, between two
  // others.
  void SetUp() override {
    InThisProcess::SetUp();
    Reply reply;
    subject().begin({}, reply);
    const auto take_small = [this] { return serve({.size = kSlot, .verb = Verb::kMalloc}).offset; };
    std::uint64_t before = take_small();
    for (auto next = take_small(); next != before + kSlot; next = take_small()) before = next;
    zone_ = before;
    for (std::uint64_t& payload : large_) payload = serve({.size = 504, .verb = Verb::kMalloc}).offset;
    serve({.offset = large_[1], .verb = Verb::kFree});
  }

  ThreeBlocks large_blocks() { return {subject().heap(), large_}; }

  void expect_noticed(std::uint64_t offset, std::uint64_t bits) {
    apply(large_blocks(), {offset, bits});
    EXPECT_FALSE(heap_is_sound()) << "word at " << offset << ", bits " << bits;
    apply(large_blocks(), {offset, bits});
  }

  static constexpr std::uint64_t kWord = 8;
  static constexpr std::uint64_t kSlot = 64;
  static constexpr std::uint64_t kOneMoreIdle = std::uint64_t{1} << 32;  // in the tag of a zone
  static constexpr std::uint64_t kOneSlotFurther = std::uint64_t{1} << 48;

  std::uint64_t zone_ = 0;  // its first slot
  std::array<std::uint64_t, 3> large_{};
};

TEST_P(Zones, TagsLinksAndSizesAreChecked) {
  ASSERT_TRUE(heap_is_sound());
  for (const std::uint64_t payload : large_) {
    for (const std::uint64_t bits : {1u, 2u, 4u, 16u, 32u, 0x1000u}) expect_noticed(payload - kWord, bits);
  }
  const std::uint64_t size_at_end = large_[2] - 2 * kWord;
  for (const std::uint64_t word : {large_[1], large_[1] + kWord, size_at_end}) expect_noticed(word, 64);
  EXPECT_TRUE(heap_is_sound());
}

TEST_P(Zones, TagsOfZonesAndTheMapAreChecked) {
  constexpr std::uint64_t kClass = 1 << 16;
  constexpr std::uint64_t kNoClass = 32 << 24;
  const std::uint64_t zone_bytes = large_blocks().word_at(zone_ - kWord) & 0xfff0;
  const std::uint64_t map = zone_ + zone_bytes;
  ASSERT_TRUE(heap_is_sound());
  for (const std::uint64_t bits : {std::uint64_t{1}, std::uint64_t{2}, std::uint64_t{4}, std::uint64_t{16},
                                   kClass, kNoClass, kOneMoreIdle, kOneSlotFurther}) {
    expect_noticed(zone_ - kWord, bits);
  }
  for (std::uint64_t word = 1; word < 4; ++word) expect_noticed(map + word * kWord, 1);
  EXPECT_TRUE(heap_is_sound());
}

TEST_P(Zones, FreedSlotsAreChecked) {
  constexpr std::uint64_t kNext = 8;
  constexpr std::uint64_t kPrevious = std::uint64_t{8} << 32;
  const std::uint64_t older = zone_;
  const std::uint64_t newer = older + kSlot;
  for (const std::uint64_t slot : {older, newer}) serve({.offset = slot, .verb = Verb::kFree});
  ASSERT_TRUE(heap_is_sound());
  for (const std::uint64_t bits : {1u, 16u, 0x40000000u}) expect_noticed(newer, bits);
  serve({.size = 100000, .verb = Verb::kMalloc});  // the heap grows: the slots return to their zone
  ASSERT_TRUE(heap_is_sound());
  for (const std::uint64_t bits : {kOneMoreIdle, kOneSlotFurther}) expect_noticed(zone_ - kWord, bits);
  const std::uint64_t links = zone_ + (large_blocks().word_at(zone_ - kWord) & 0xfff0) - 2 * kWord;
  for (const std::uint64_t bits : {kNext, kPrevious}) expect_noticed(links, bits);
  EXPECT_TRUE(heap_is_sound());
}

INSTANTIATE_TEST_SUITE_P(All, Zones, testing::Values(Specimen{"segregated", 0}), test_name);

}  // namespace
}  // namespace heapjudge
