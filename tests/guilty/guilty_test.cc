// Each allocator in this folder is guilty of exactly one thing, and is convicted of it: the code, the request
// and the sentence. A rule that nobody here breaks fails a test.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <ostream>
#include <set>

#include "tests/guilty/grading.h"
#include "tests/test_main.h"

namespace heapjudge {
namespace {

struct Crime {
  const char* name;  // of the source, tests/guilty/<name>.c
  Fault fault;
  std::size_t request;  // from 1; 0 is mm_init
  std::string_view message;
  const char* trace = nullptr;  // tests/guilty/<trace>.rep; nullptr: <name>.rep
  GradingSettings settings = {};
};

constexpr GradingSettings kSmallHeap{.heap_limit_bytes = 64 << 10};
constexpr GradingSettings kImpatient{.request_seconds = 0.5};
constexpr GradingSettings kTimed{.measure = true};
constexpr GradingSettings kRefusing{.refuse_growth = true};

// Header and footer of a word each, sizes of whole blocks, as the textbook has it.
constexpr BlockLayout kTags{.flag_bits = 3, .footers = BlockLayout::Footers::kAll, .walk = true};
constexpr BlockLayout kHeaders{.flag_bits = 3};

constexpr GradingSettings tagged(const char* definition) { return {.layout = kTags, .definition = definition}; }

// With its own heap checker called, in the manner of this definition.
constexpr GradingSettings checked(const char* definition) {
  return {.request_seconds = 0.5, .own_checks = true, .definition = definition};
}

constexpr Crime kCrimes[] = {
    {"odd_header", Fault::kMisaligned, 1, "mm_malloc(24) returned an address that is not aligned"},
    {"rounds_to_eight", Fault::kMisaligned, 3, "mm_malloc(32) returned an address that is not aligned"},

    {"forgets_header", Fault::kOutsideHeap, 1,
     "mm_malloc(100) returned a block that does not lie inside the heap"},
    {"below_the_heap", Fault::kOutsideHeap, 3,
     "mm_malloc(40) returned a block that does not lie inside the heap"},
    {"huge_size_wraps", Fault::kOutsideHeap, 2,
     "mm_malloc(18446744073709551610) returned a block that does not lie inside the heap"},

    {"maps_too_little", Fault::kOutsideHeap, 2,
     "mm_malloc(8190) returned a block that does not lie inside the heap"},

    {"encloses", Fault::kOverlap, 6, "mm_malloc(112) returned memory that is still in use"},
    {"lowest_overlaps", Fault::kOverlap, 4, "mm_malloc(112) returned memory that is still in use"},
    {"hands_out_twice", Fault::kOverlap, 4, "mm_malloc(32) returned memory that is still in use"},
    {"split_keeps_size", Fault::kOverlap, 5, "mm_malloc(100) returned memory that is still in use"},

    {"fixed_pool", Fault::kNullReturned, 3,
     "mm_malloc(2000) returned NULL although the heap could still have grown"},
    {"realloc_gives_up", Fault::kNullReturned, 3,
     "mm_realloc(block 0, 300) returned NULL although the heap could still have grown"},

    {"copies_too_little", Fault::kReallocLost, 2, "mm_realloc(block 0, 200) did not keep the block's bytes"},
    {"stale_copy", Fault::kReallocLost, 3, "mm_realloc(block 0, 40) did not keep the block's bytes"},
    {"frees_before_copying", Fault::kReallocLost, 2,
     "mm_realloc(block 0, 96) did not keep the block's bytes"},

    {"overwrites_before_copying", Fault::kReallocLost, 2, "mm_realloc(block 0, 96) did not keep the block's bytes"},

    {"calloc_trusts_the_heap", Fault::kCallocNotZero, 4, "mm_calloc(8, 8) returned memory that is not zero"},
    {"calloc_clears_count", Fault::kCallocNotZero, 3, "mm_calloc(8, 8) returned memory that is not zero"},

    {"last_byte", Fault::kPayloadChanged, 3, "mm_malloc(24) changed bytes of live block 1"},
    {"footer_too_far", Fault::kPayloadChanged, 4, "mm_free(block 0) changed bytes of live block 1"},
    {"shrink_copies_all", Fault::kPayloadChanged, 5, "mm_realloc(block 2, 24) changed bytes of live block 1"},
    {"puts_it_back", Fault::kPayloadChanged, 2, "mm_malloc(64) changed bytes of live block 0"},
    {"high_ids", Fault::kPayloadChanged, 161, "mm_free(block 150) changed bytes of live block 151"},

    {"free_null", Fault::kEdgeContract, 3, "mm_free(NULL) crashed: SIGSEGV at 0xfffffffffffffff8"},
    {"realloc_null", Fault::kEdgeContract, 2, "mm_realloc(NULL, 40) crashed: SIGSEGV at 0xfffffffffffffff0"},
    {"realloc_to_nothing", Fault::kEdgeContract, 2,
     "mm_realloc(block 0, 0) crashed: SIGSEGV at 0xfffffffffffffff0"},

    {"past_the_end", Fault::kWroteOutsideHeap, 1, "mm_malloc(100) wrote past the end of the heap"},

    {"writes_after_unmap", Fault::kWroteOutsideHeap, 3, "mm_free(block 0) wrote to memory that is not in the heap"},

    {"gives_back", Fault::kSbrkMisused, 3,
     "mm_free(block 1) called mem_sbrk with a negative or impossible increment"},
    {"asks_for_the_moon", Fault::kSbrkMisused, 1,
     "mm_malloc(50000) called mem_sbrk with a negative or impossible increment"},

    {"refusal_unchecked", Fault::kRefusalMishandled, 3,
     "after a refused mem_sbrk mm_malloc(32) crashed: SIGSEGV at 0xffffffffffffffff"},
    {"refusal_unchecked", Fault::kRefusalMishandled, 1,
     "after a refused mem_sbrk mm_malloc(24) crashed: SIGSEGV at 0xffffffffffffffff", "odd_header",
     kRefusing},
    {"refusal_handed_on", Fault::kRefusalMishandled, 3,
     "after a refused mem_sbrk mm_malloc(32) returned an address that is not aligned"},
    {"refusal_moves_blocks", Fault::kRefusalMishandled, 5,
     "after a refused mem_sbrk mm_malloc(64) changed bytes of live block 1"},
    {"refusal_remembered", Fault::kRefusalMishandled, 4,
     "after a refused mem_sbrk mm_malloc(32) returned NULL although the heap could still have grown"},

    {"map_unchecked", Fault::kRefusalMishandled, 3,
     "after a refused mem_sbrk mm_malloc(200000) crashed: SIGSEGV at 0x0"},

    {"stale_list", Fault::kInitDoesNotReset, 2,
     "in the second run mm_malloc(32) returned memory that is still in use"},
    {"stale_rover", Fault::kInitDoesNotReset, 1,
     "in the second run mm_malloc(32) returned +0x000 instead of +0x040"},

    {"map_not_reset", Fault::kInitDoesNotReset, 1,
     "in the second run mm_malloc(200000) returned a block that does not lie inside the heap"},

    {"expects_zeros", Fault::kDependsOnOldBytes, 1,
     "with other bytes in new heap memory mm_malloc(32) crashed: SIGSEGV"},
    {"reads_past_the_end", Fault::kDependsOnOldBytes, 2,
     "with other bytes in new heap memory mm_malloc(32) crashed: SIGSEGV"},
    {"calloc_trusts_fresh_memory", Fault::kDependsOnOldBytes, 4,
     "with other bytes in new heap memory mm_calloc(8, 8) returned memory that is not zero"},

    {"calloc_trusts_mem_map", Fault::kDependsOnOldBytes, 3,
     "with other bytes in new heap memory mm_calloc(100, 100) returned memory that is not zero"},

    {"unmaps_the_block", Fault::kUnmapMisused, 3,
     "mm_free(block 0) called mem_unmap with an address that mem_map has not returned"},
    {"unmaps_twice", Fault::kUnmapMisused, 3,
     "mm_realloc(block 0, 300000) called mem_unmap with an address that mem_map has not returned"},
    {"unmaps_shared_range", Fault::kUnmapMisused, 4,
     "mm_free(block 0) called mem_unmap for memory in which block 1 is live"},
    {"spreads_when_timed", Fault::kDiffersWhenTimed, 4,
     "when it was timed mm_malloc(24) returned +0x080 instead of +0x010", nullptr, kTimed},
    {"copies_when_watched", Fault::kDiffersWhenTimed, 504,
     "when it was timed, bytes were lost that mm_realloc has to keep or mm_calloc to clear", nullptr, kTimed},

    {"four_byte_links", Fault::kCrash, 4, "mm_malloc(32) crashed: SIGSEGV at 0x30"},
    {"client_data_as_link", Fault::kCrash, 4, "mm_malloc(64) crashed: SIGSEGV at 0x5eed0002fff0"},
    {"endless_recursion", Fault::kCrash, 3, "mm_malloc(64) crashed: the stack overflowed"},
    {"asserts", Fault::kCrash, 2, "mm_malloc(25) crashed: SIGABRT"},

    {"ring", Fault::kNoProgress, 3, "mm_malloc(64) did not return in time", nullptr, kImpatient},
    {"hangs_in_init", Fault::kNoProgress, 0, "mm_init did not return in time", nullptr, kImpatient},

    {"exits_when_short", Fault::kExited, 2, "mm_malloc(40000) ended the process with exit status 0", nullptr,
     kSmallHeap},

    {"never_reuses", Fault::kResourceLimit, 5, "mm_malloc(30000) returned NULL: the heap is full at its limit of 64 KiB",
     nullptr, kSmallHeap},

    {"keeps_a_log", Fault::kForbiddenSyscall, 1, "mm_malloc(24) made a forbidden system call: openat"},
    {"calls_home", Fault::kForbiddenSyscall, 0, "mm_init made a forbidden system call: socket"},
    {"tags", Fault::kLayoutBroken, 1, "mm_malloc(24) left block 0 with a size in its header that is too small", nullptr,
     tagged("STYLE=1")},
    {"tags", Fault::kLayoutBroken, 1, "mm_malloc(24) left block 0 with a footer that is not like its header", nullptr,
     tagged("STYLE=2")},
    {"tags", Fault::kLayoutBroken, 1, "mm_malloc(24) left block 0 with a size in its header that runs past the heap's end",
     nullptr, tagged("STYLE=3")},
    {"tags", Fault::kLayoutBroken, 2,
     "mm_malloc(40) left block 0 with a size in its header that runs into the next live block", nullptr,
     {.layout = kHeaders, .definition = "STYLE=4"}},
    {"tags", Fault::kLayoutBroken, 4, "mm_free(block 1) left a block behind block 0 marked as allocated although it is not live",
     nullptr, tagged("STYLE=5")},
    {"tags", Fault::kLayoutBroken, 4,
     "mm_free(block 1) left a block behind block 0 with a size in its header that leads nowhere", nullptr, tagged("STYLE=6")},
    {"tags", Fault::kLayoutBroken, 4, "mm_free(block 1) left block 2 marked as free although it is live", nullptr,
     tagged("STYLE=7")},

    {"own_checkers", Fault::kOwnCheckerComplains, 4,
     "after mm_malloc(24) the submission's own heap checker complains", nullptr, checked("STYLE=0")},
    {"own_checkers", Fault::kOwnCheckerComplains, 4,
     "after mm_malloc(24) the submission's own heap checker complains", nullptr, checked("STYLE=1")},
    {"own_checkers", Fault::kOwnCheckerComplains, 4,
     "after mm_malloc(24) the submission's own heap checker crashed: SIGABRT", nullptr, checked("STYLE=2")},
    {"own_checkers", Fault::kOwnCheckerComplains, 4,
     "after mm_malloc(24) the submission's own heap checker complains", nullptr, checked("STYLE=3")},
    {"own_checkers", Fault::kOwnCheckerComplains, 4,
     "after mm_malloc(24) the submission's own heap checker ended the process with exit status 3", nullptr,
     checked("STYLE=4")},
    {"own_checkers", Fault::kOwnCheckerComplains, 4,
     "after mm_malloc(24) the submission's own heap checker did not return in time", nullptr, checked("STYLE=5")},
    {"own_checkers", Fault::kOwnCheckerComplains, 4,
     "with the submission's own heap checker called in between, mm_malloc(24) changed bytes of live block 2", nullptr,
     checked("STYLE=6")},
};

void PrintTo(const Crime& crime, std::ostream* out) {
  *out << crime.name;
}

std::string trace_of(const Crime& crime) {
  return std::string("tests/guilty/") + (crime.trace != nullptr ? crime.trace : crime.name) + ".rep";
}

std::filesystem::path source_of(const char* name) {
  return std::string("tests/guilty/") + name + ".c";
}

class Guilty : public testing::TestWithParam<Crime> {};

TEST_P(Guilty, IsConvictedOfThatAndNothingElse) {
  const Crime& crime = GetParam();
  const GradeSheet sheet = grade_submission(source_of(crime.name), {trace_of(crime)}, crime.settings);
  ASSERT_EQ(sheet.traces.size(), 1u);
  EXPECT_EQ(verdict_of(sheet.traces[0]), verdict_text(crime.fault, crime.request, crime.message));
  EXPECT_TRUE(sheet.static_findings.empty());
  EXPECT_FALSE(sheet.correct);
}

INSTANTIATE_TEST_SUITE_P(Crimes, Guilty, testing::ValuesIn(kCrimes), [](const auto& crime) {
  return std::to_string(crime.index) + "_" + crime.param.name;
});

// Seen without running anything.
struct StaticCrime {
  const char* name;
  Fault fault;
  std::string_view subject;
  std::string_view message;
};

constexpr StaticCrime kStaticCrimes[] = {
    {"libc_malloc", Fault::kForbiddenFunction, "malloc",
     "the submission calls malloc, which is not allowed: its memory comes from mem_sbrk"},
    {"global_pool", Fault::kTooMuchGlobalData, "pool",
     "83886088 bytes of global data, 65536 are allowed; the largest is pool with 83886088"},
    {"no_free", Fault::kBadSignature, "mm_free", "mm_free is not defined"},
    {"other_signature", Fault::kBadSignature, "mm_malloc",
     "mm_malloc takes 2 parameters; 1 parameter expected: (size)"},
};

void PrintTo(const StaticCrime& crime, std::ostream* out) {
  *out << crime.name;
}

class GuiltyOnSight : public testing::TestWithParam<StaticCrime> {};

TEST_P(GuiltyOnSight, IsConvictedOfThatAndNothingElse) {
  const StaticCrime& crime = GetParam();
  const GradeSheet sheet = grade_submission(source_of(crime.name), {"tests/guilty/odd_header.rep"});
  ASSERT_EQ(sheet.static_findings.size(), 1u);
  EXPECT_EQ(sheet.static_findings[0].fault, crime.fault);
  EXPECT_EQ(sheet.static_findings[0].subject, crime.subject);
  EXPECT_EQ(sheet.static_findings[0].message, crime.message);
  EXPECT_FALSE(sheet.correct);
}

INSTANTIATE_TEST_SUITE_P(Crimes, GuiltyOnSight, testing::ValuesIn(kStaticCrimes),
                         [](const auto& crime) { return std::string(crime.param.name); });

// Which request uses the time up depends on the machine.
TEST(GuiltyOfBurningTime, IsConvictedOfTheLimitAtSomeRequest) {
  const GradeSheet sheet = grade_submission("tests/guilty/burns_time.c", {"tests/guilty/burns_time.rep"},
                                            {.request_seconds = 10, .trace_seconds = 1});
  const auto& finding = sheet.traces.at(0).result.examination->finding;
  ASSERT_TRUE(finding.has_value());
  EXPECT_EQ(finding->fault, Fault::kResourceLimit);
  EXPECT_GE(finding->request, 1u);
}

// A deadline that is armed once, or an alarm that is left over, acquits or kills the second.
TEST(GuiltyTwice, TwoHangingTracesInARowAreBothConvicted) {
  const std::string trace = "tests/guilty/ring.rep";
  const GradeSheet sheet = grade_submission("tests/guilty/ring.c", {trace, trace}, kImpatient);
  ASSERT_EQ(sheet.traces.size(), 2u);
  for (const TraceRow& row : sheet.traces) {
    EXPECT_EQ(verdict_of(row), verdict_text(Fault::kNoProgress, 3, "mm_malloc(64) did not return in time"));
  }
}

// One trace that ends badly costs one row.
TEST(GuiltyOnce, TheTracesBesideTheFailingOneStillPass) {
  const GradeSheet sheet = grade_submission(
      "tests/guilty/ring.c",
      {"tests/guilty/odd_header.rep", "tests/guilty/ring.rep", "tests/guilty/odd_header.rep"}, kImpatient);
  ASSERT_EQ(sheet.traces.size(), 3u);
  EXPECT_EQ(verdict_of(sheet.traces[0]), "passed");
  EXPECT_FALSE(sheet.traces[1].passed);
  EXPECT_EQ(verdict_of(sheet.traces[2]), "passed");
}

// The same rules, kept.
struct Innocent {
  const char* name;
  const char* trace;
  GradingSettings settings = {};
};

constexpr Innocent kInnocents[] = {
    {"innocent_null", "innocent_null"},        // malloc(0) gives NULL
    {"innocent_address", "innocent_address"},  // malloc(0) gives an address
    {"innocent_null", "innocent_many_ids"},    // ids of 128 and more
    {"innocent_null", "innocent_null", kRefusing},
    {"innocent_address", "never_reuses", kSmallHeap},
    {"four_byte_links", "four_byte_links", {.abi = Abi::kIlp32}},
    {"innocent_maps", "innocent_null", kRefusing},
    {"innocent_maps", "innocent_null", {.refuse_growth = true, .abi = Abi::kIlp32}},
    {"innocent_maps", "innocent_many_ids"},
    {"innocent_maps", "never_reuses", kSmallHeap},
    {"innocent_maps", "unmaps_twice"},
    {"footer_too_far", "odd_header"},  // guilty, but not on this trace
    {"puts_it_back", "odd_header"},

    // The same with the right numbers, and those who cannot be asked or say it only to a reader.
    {"own_checkers", "own_checkers", checked("STYLE=10")},
    {"own_checkers", "own_checkers", checked("STYLE=11")},
    {"own_checkers", "own_checkers", checked("STYLE=12")},
    {"own_checkers", "own_checkers", checked("STYLE=13")},
    {"own_checkers", "own_checkers", checked("STYLE=14")},
    {"own_checkers", "own_checkers", checked("STYLE=15")},
    {"own_checkers", "own_checkers", checked("STYLE=16")},
    {"own_checkers", "own_checkers", {.own_checks = true, .abi = Abi::kIlp32, .definition = "STYLE=13"}},
    {"own_checkers", "own_checkers", checked("STYLE=7")},
    {"own_checkers", "own_checkers", checked("STYLE=8")},
    {"own_checkers", "own_checkers", checked("STYLE=9")},
    {"own_checkers", "own_checkers", {.definition = "STYLE=0"}},  // nobody asks it

    {"tags", "tags", {.layout = kTags}},
    {"tags", "never_reuses", {.layout = kTags}},
    {"tags", "tags", {.layout = kHeaders, .definition = "STYLE=2"}},  // nobody asks for its footers
    {"tags", "tags", {.definition = "STYLE=8"}},                       // nor, here, for any layout
};

void PrintTo(const Innocent& innocent, std::ostream* out) {
  *out << innocent.name << " on " << innocent.trace;
}

class InnocentAllocator : public testing::TestWithParam<Innocent> {};

TEST_P(InnocentAllocator, IsAcquitted) {
  const Innocent& innocent = GetParam();
  SKIP_WHERE_32_BITS_DO_NOT_RUN(innocent.settings.abi == Abi::kIlp32);
  const std::string trace = std::string("tests/guilty/") + innocent.trace + ".rep";
  const GradeSheet sheet = grade_submission(source_of(innocent.name), {trace}, innocent.settings);
  ASSERT_EQ(sheet.traces.size(), 1u);
  EXPECT_EQ(verdict_of(sheet.traces[0]), "passed");
  EXPECT_TRUE(sheet.static_findings.empty());
  EXPECT_TRUE(sheet.correct);
}

INSTANTIATE_TEST_SUITE_P(Innocents, InnocentAllocator, testing::ValuesIn(kInnocents));

TEST(GuiltyFolder, EveryRuleIsBrokenBySomebody) {
  std::set<Fault> broken;
  for (const Crime& crime : kCrimes) broken.insert(crime.fault);
  for (const StaticCrime& crime : kStaticCrimes) broken.insert(crime.fault);
  for (const Fault fault : all_faults()) {
    EXPECT_EQ(broken.count(fault), 1u) << code_of(fault) << " has no guilty allocator";
  }
}

}  // namespace
}  // namespace heapjudge
