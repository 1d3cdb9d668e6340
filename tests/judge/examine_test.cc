// What the judge makes of replies and payloads, with a subject that a test can tamper with.
#include "judge/examine.h"

#include <gtest/gtest.h>

#include "tests/judge/bump_subject.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

using Moment = BumpSubject::Moment;

// Four blocks, one of them resized, one freed early; six requests.
constexpr const char* kTrace = "1048576\n4\n7\n1\na 0 40\na 1 24\na 2 100\nf 1\nr 2 200\na 3 8\nf 0\n";

ExamineSettings settings() {
  ExamineSettings result;
  result.rules.heap_limit_bytes = BumpSubject::kHeapBytes;
  return result;
}

Examination examine_with(const BumpSubject::Mischief& mischief, const std::string& text = kTrace,
                         const ExamineSettings& how = settings()) {
  return examine(parse_trace("test.rep", text), [&] { return std::make_unique<BumpSubject>(mischief); }, how);
}

// The mischief happens in the first run only, or in one other run.
BumpSubject::Mischief in_run(std::size_t run, std::size_t request, std::function<void(Moment)> act) {
  return [=](Moment moment) {
    if (moment.run == run && moment.request == request) act(moment);
  };
}

void expect_conviction(const Examination& examination, Fault fault, std::size_t request) {
  ASSERT_TRUE(examination.finding.has_value());
  EXPECT_EQ(code_of(examination.finding->fault), code_of(fault));
  EXPECT_EQ(examination.finding->request, request);
}

const Violation& violation_of(const Examination& examination) {
  return std::get<Violation>(examination.finding->evidence);
}

TEST(Examine, AcquitsASoundAllocatorAndMeasuresItsHeap) {
  const Examination examination = examine_with({});
  EXPECT_FALSE(examination.finding.has_value());
  ASSERT_TRUE(examination.profile.has_value());
  EXPECT_EQ(examination.profile->peak_payload_bytes, 248u);
  EXPECT_EQ(examination.profile->heap_bytes, 16u + 48 + 32 + 112 + 208 + 16);
}

TEST(Examine, MisalignedAddress) {
  expect_conviction(examine_with(in_run(1, 2, [](Moment m) { m.reply.offset += 8; })), Fault::kMisaligned, 2);
}

TEST(Examine, AddressOutsideTheHeap) {
  expect_conviction(examine_with(in_run(1, 2, [](Moment m) { m.reply.offset = 1 << 19; })), Fault::kOutsideHeap, 2);
  expect_conviction(examine_with(in_run(1, 2, [](Moment m) { m.reply.offset = ~std::uint64_t{15}; })),
                    Fault::kOutsideHeap, 2);
}

TEST(Examine, OverlapNamesTheNeighbourAndWhoLivedThereBefore) {
  const auto examination = examine_with(in_run(1, 6, [](Moment m) { m.reply.offset = 32; }));
  expect_conviction(examination, Fault::kOverlap, 6);
  EXPECT_EQ(violation_of(examination).neighbour, BlockId{0});
  ASSERT_EQ(examination.finding->histories.size(), 2u);
  EXPECT_EQ(examination.finding->histories[0].block, 0u);
  EXPECT_EQ(examination.finding->histories[1].block, 3u);
}

TEST(Examine, NullWhileTheHeapCouldGrow) {
  expect_conviction(examine_with(in_run(1, 3, [](Moment m) { m.reply.offset = 0 - BumpSubject::kHeapBase; })),
                    Fault::kNullReturned, 3);
}

TEST(Examine, ReallocThatLosesAByte) {
  const auto examination =
      examine_with(in_run(1, 5, [](Moment m) { m.heap[m.reply.offset + 99] ^= std::byte{1}; }));
  expect_conviction(examination, Fault::kReallocLost, 5);
  EXPECT_EQ(violation_of(examination).damage->first_offset, violation_of(examination).offset + 99);
}

TEST(Examine, CallocThatLeavesAByte) {
  expect_conviction(examine_with(in_run(1, 1, [](Moment m) { m.heap[m.reply.offset + 11] = std::byte{1}; }),
                                 "1048576\n1\n1\n1\nc 0 3 4\n"),
                    Fault::kCallocNotZero, 1);
}

// Block 0 is damaged by request 3, and looked at by no later request but the last.
TEST(Examine, DamageIsDatedToTheRequestThatDidIt) {
  const auto examination = examine_with(in_run(1, 3, [](Moment m) { m.heap[16 + 39] ^= std::byte{1}; }));
  expect_conviction(examination, Fault::kPayloadChanged, 3);
  EXPECT_EQ(violation_of(examination).block, 0u);
  EXPECT_EQ(violation_of(examination).damage->first_offset, 16u + 39);
  EXPECT_EQ(examination.finding->intact_after, 2u);
}

TEST(Examine, DamageOfABlockThatIsNeverTouchedAgain) {
  const auto examination = examine_with(in_run(1, 7, [](Moment m) {
    m.heap[16 + 48 + 32 + 112] ^= std::byte{0x80};  // block 2 after its realloc
  }));
  expect_conviction(examination, Fault::kPayloadChanged, 7);
  EXPECT_EQ(violation_of(examination).block, 2u);
}

TEST(Examine, AWordPastTheHeapsEnd) {
  expect_conviction(examine_with(in_run(1, 7, [](Moment m) { m.heap[m.reply.heap_bytes] = std::byte{1}; })),
                    Fault::kWroteOutsideHeap, 7);
  expect_conviction(examine_with(in_run(1, 2, [](Moment m) { m.heap[m.heap.size() - 1] = std::byte{1}; })),
                    Fault::kWroteOutsideHeap, 2);
}

TEST(Examine, AHeapSizeThatIsALieConvictsTheLiar) {
  expect_conviction(examine_with(in_run(1, 2, [](Moment m) { m.reply.heap_bytes = 0; })), Fault::kSbrkMisused, 2);
  const auto huge = examine_with([](Moment m) { m.reply.heap_bytes = UINT64_MAX; });
  EXPECT_FALSE(huge.finding.has_value());
  EXPECT_EQ(huge.profile->heap_bytes, BumpSubject::kHeapBytes);
}

TEST(Examine, ReplayIsTheSameForEverySizeOfBatch) {
  const Trace trace = parse_trace("test.rep", kTrace);
  for (std::size_t batch = 1; batch <= 8; ++batch) {
    const auto start = [&] {
      return std::make_unique<BumpSubject>(in_run(1, 3, [](Moment m) { m.heap[20] ^= std::byte{1}; }), batch);
    };
    expect_conviction(examine(trace, start, settings()), Fault::kPayloadChanged, 3);
  }
}

// A realloc of a block that has just been freed is one of NULL, however the requests fall into batches.
TEST(Examine, ABlockFreedInTheSameBatchIsGone) {
  const auto examination = examine_with(
      [](Moment m) {
        if (m.request == 3) {
          EXPECT_EQ(m.command.offset, 0 - BumpSubject::kHeapBase);
        }
      },
      "1048576\n1\n4\n1\na 0 40\nf 0\nr 0 24\nf 0\n");
  EXPECT_FALSE(examination.finding.has_value());
}

TEST(Examine, TheSecondRunFailsOrDiffers) {
  const auto fails = examine_with(in_run(2, 2, [](Moment m) { m.reply.offset = 16; }));
  expect_conviction(fails, Fault::kInitDoesNotReset, 2);
  EXPECT_EQ(fails.finding->beneath, Fault::kOverlap);
  EXPECT_FALSE(fails.finding->only_differs);
  const auto differs = examine_with([](Moment m) {
    if (m.run == 2 && m.request > 0) m.reply.offset += 4096, m.reply.heap_bytes += 8192, m.reply.peak_bytes += 8192;
  }, "1048576\n1\n1\n1\na 0 8\n");
  expect_conviction(differs, Fault::kInitDoesNotReset, 1);
  EXPECT_TRUE(differs.finding->only_differs);
  EXPECT_EQ(differs.finding->first_run_offset, 16u);
}

TEST(Examine, AnotherFillChangesItsMind) {
  const auto examination = examine_with([](Moment m) {
    if (m.fill == HeapFill::kPattern && m.request == 2) m.reply.offset += 8;
  });
  expect_conviction(examination, Fault::kDependsOnOldBytes, 2);
  EXPECT_EQ(examination.finding->beneath, Fault::kMisaligned);
  EXPECT_EQ(examination.finding->run, Run::kOtherFill);
}

TEST(Examine, ARefusedGrowthMayBeAnsweredWithNull) {
  EXPECT_FALSE(examine_with({}, "1048576\n3\n6\n1\na 0 8\ns 2\na 1 8\nr 0 100\na 2 8\nf 1\n").finding.has_value());
}

TEST(Examine, ARefusedGrowthThatBreaksSomethingIsMishandled) {
  const auto examination = examine_with(
      [](Moment m) {
        if (m.reply.sbrk_events == kSbrkRefused) m.reply.offset = ~std::uint64_t{0} - BumpSubject::kHeapBase;
      },
      "1048576\n2\n3\n1\na 0 8\ns 1\na 1 8\n");
  expect_conviction(examination, Fault::kRefusalMishandled, 3);
  EXPECT_EQ(examination.finding->beneath, Fault::kMisaligned);
}

// A refusal that nobody ordered excuses nothing, neither a NULL nor a failed mm_init.
TEST(Examine, ARefusalThatIsALieExcusesNothing) {
  const auto claims_refusals = [](Moment m) {
    m.reply.sbrk_events = kSbrkRefused;
    if (m.request > 0) m.reply.offset = 0 - BumpSubject::kHeapBase;
  };
  expect_conviction(examine_with(claims_refusals), Fault::kNullReturned, 1);
  expect_conviction(examine_with(claims_refusals, "1048576\n3\n4\n1\ns 2\na 0 8\na 1 8\na 2 8\n"),
                    Fault::kNullReturned, 4);
  const auto init_gives_up = [](Moment m) {
    if (m.request == 0) m.reply.offset = kInitFailed, m.reply.sbrk_events = kSbrkRefused;
  };
  expect_conviction(examine_with(init_gives_up), Fault::kNullReturned, 0);
}

// The same fault without a refusal in sight keeps its own code.
TEST(Examine, AFaultThatAlsoShowsWithoutTheRefusalIsItself) {
  const auto examination = examine_with(in_run(1, 4, [](Moment m) { m.reply.offset += 8; }),
                                        "1048576\n3\n4\n1\na 0 8\ns 1\na 1 8\na 2 8\n");
  expect_conviction(examination, Fault::kMisaligned, 4);
}

TEST(Examine, CheckRefusesEveryGrowthInTurn) {
  ExamineSettings how = settings();
  how.refuse_growth = true;
  EXPECT_FALSE(examine_with({}, kTrace, how).finding.has_value());
  const auto examination = examine_with(
      [](Moment m) {
        if (m.reply.sbrk_events == kSbrkRefused && m.request == 3) m.heap[16] ^= std::byte{1};
      },
      kTrace, how);
  expect_conviction(examination, Fault::kRefusalMishandled, 3);
  EXPECT_EQ(examination.finding->run, Run::kRefused);
  EXPECT_EQ(examination.finding->refused_growth, 3u);
  EXPECT_EQ(examination.finding->beneath, Fault::kPayloadChanged);
}

TEST(Examine, ZeroSizesAndNullAreTheirOwnContract) {
  const std::string text = "1048576\n2\n4\n1\na 0 0\nf -1\nr 1 8\nr 1 0\n";
  EXPECT_FALSE(examine_with({}, text).finding.has_value());
  for (const std::size_t request : {1u, 3u, 4u}) {
    const auto upset_by_edges = [](Moment m) {
      if (m.command.verb == Verb::kRealloc || m.command.size == 0) m.reply.offset = 24;
    };
    expect_conviction(examine_with(in_run(1, request, upset_by_edges), text), Fault::kEdgeContract, request);
  }
}

// What is wrong with mm_malloc(24) is not the fault of the NULL.
TEST(Examine, AFaultThatAPlainRequestHasTooIsItself) {
  const auto examination = examine_with(
      [](Moment m) {
        if (m.command.size == 24) m.reply.offset += 8;
      },
      "1048576\n2\n2\n1\nf -1\nr 0 24\n");
  expect_conviction(examination, Fault::kMisaligned, 2);
}

TEST(Examine, MallocOfNothingMayReturnAnAddress) {
  const auto examination = examine_with(
      [](Moment m) {
        if (m.command.verb == Verb::kMalloc) m.reply.offset = 0, m.reply.heap_bytes = m.reply.peak_bytes = 16;
      },
      "1048576\n2\n4\n1\na 0 0\na 1 0\nf 0\nf 1\n");
  EXPECT_FALSE(examination.finding.has_value());
}

// realloc(p, 0) may return a block; the trace may give it up and use its id again, even in the same batch.
TEST(Examine, ABlockResizedToNothingMayBeGivenUp) {
  const auto keeps_a_block = [](Moment m) {
    if (m.command.verb == Verb::kRealloc && m.command.size == 0) m.reply.offset = m.command.offset;
  };
  for (const char* rest : {"a 0 40\nf 0\n", "c 0 4 10\nf 0\n", "f 0\na 0 40\n", "r 0 40\nf 0\n"}) {
    EXPECT_FALSE(examine_with(keeps_a_block, std::string("1048576\n1\n4\n1\na 0 24\nr 0 0\n") + rest)
                     .finding.has_value())
        << rest;
  }
}

// Where a course allows it, a block that is freed may take the end of the heap with it, and no other block may.
TEST(Examine, GivingMemoryBackMayCutOffWhatIsFreedAndNothingElse) {
  ExamineSettings how = settings();
  how.rules.heap_may_shrink = true;
  const auto gives_back_at = [](std::size_t request) {
    return [request](Moment m) {
      if (m.request != request) return;
      m.reply.heap_bytes = m.command.offset;
      m.reply.sbrk_events = kSbrkShrank;
      m.subject.end_heap_at(m.command.offset);
    };
  };
  const std::string text = "1048576\n2\n4\n1\na 0 40\na 1 24\nf 1\nf 0\n";
  EXPECT_FALSE(examine_with(gives_back_at(3), text, how).finding.has_value());
  expect_conviction(examine_with(gives_back_at(3), "1048576\n2\n4\n1\na 0 40\na 1 24\nf 0\nf 1\n", how),
                    Fault::kSbrkMisused, 3);
}

TEST(Examine, HugeRequestsMustBeRefused) {
  const std::string text = "1048576\n2\n2\n1\na 0 18446744073709551615\na 1 4294967312\n";
  EXPECT_FALSE(examine_with({}, text).finding.has_value());
  expect_conviction(examine_with(in_run(1, 2, [](Moment m) { m.reply.offset = 16; }), text), Fault::kOutsideHeap, 2);
}

TEST(Examine, AHeapAtItsLimitIsAResourceLimit) {
  std::string text = "1048576\n1\n4000\n1\n";
  for (int i = 0; i < 2000; ++i) text += "a 0 1000\nf 0\n";
  const auto examination = examine_with({}, text);
  expect_conviction(examination, Fault::kResourceLimit, 2 * (((1 << 20) - 16) / 1008) + 1);
}

// Block 1 is placed in a range of its own, which is unmapped when block 1 is freed.
constexpr std::uint64_t kRange = BumpSubject::kHeapBytes - 2 * 8192;

void map_block_1(Moment m) {
  if (m.request == 2) {
    m.reply.offset = kRange + 32;
    m.subject.map({{kRange, 8192}});
  }
  if (m.request == 4) {
    std::fill_n(m.heap.begin() + kRange, 8192, std::byte{0});
    m.subject.map({});
  }
}

TEST(Examine, ABlockMayLieInAMappedRange) {
  for (std::size_t batch = 1; batch <= 8; ++batch) {
    const auto start = [&] { return std::make_unique<BumpSubject>(map_block_1, batch); };
    const Examination examination = examine(parse_trace("test.rep", kTrace), start, settings());
    ASSERT_FALSE(examination.finding.has_value()) << batch;
    EXPECT_EQ(examination.profile->heap_bytes, 16u + 48 + 32 + 112 + 8192) << "all that was there at one time";
    EXPECT_EQ(examination.profile->samples.back().heap_bytes, 16u + 48 + 32 + 112 + 208 + 16);
  }
}

TEST(Examine, PayloadInARangeIsLookedAt) {
  expect_conviction(examine_with([](Moment m) {
                      map_block_1(m);
                      if (m.request == 3) m.heap[kRange + 40] ^= std::byte{1};
                    }),
                    Fault::kPayloadChanged, 3);
}

TEST(Examine, ARangeThatGoesWithALiveBlockInIt) {
  const auto examination = examine_with([](Moment m) {
    map_block_1(m);
    if (m.request == 3) m.subject.map({});
  });
  expect_conviction(examination, Fault::kUnmapMisused, 3);
  EXPECT_EQ(violation_of(examination).neighbour, 1u);
}

TEST(Examine, AnUnmapOfWhatWasNeverMapped) {
  expect_conviction(examine_with(in_run(1, 3, [](Moment m) { m.reply.sbrk_events = kUnmapMisused; })),
                    Fault::kUnmapMisused, 3);
}

TEST(Examine, WritingToARangeThatWasGivenBack) {
  expect_conviction(examine_with([](Moment m) {
                      map_block_1(m);
                      if (m.request == 5) m.heap[kRange + 4096] = std::byte{1};
                    }),
                    Fault::kWroteOutsideHeap, 5);
}

TEST(Examine, ABlockThatLeavesItsRange) {
  expect_conviction(examine_with([](Moment m) {
                      map_block_1(m);
                      if (m.request == 2) m.reply.offset = kRange + 8192 - 16;
                    }),
                    Fault::kOutsideHeap, 2);
}

// Ranges that cannot be are not believed, so that what lies in them lies outside of the heap.
TEST(Examine, LiesAboutRangesGainNothing) {
  const std::vector<std::vector<HeapRange>> lies{
      {{kRange + 16, 4096}}, {{kRange, 100}}, {{kRange, UINT64_MAX - 4095}}, {{0, kRange + 8192}}};
  for (const auto& lie : lies) {
    expect_conviction(examine_with([&](Moment m) {
                        if (m.request != 2) return;
                        m.reply.offset = kRange + 32;
                        m.subject.map(lie);
                      }),
                      Fault::kOutsideHeap, 2);
  }
  const auto boast = examine_with([](Moment m) {
    if (m.request == 0) m.subject.map({{8192, BumpSubject::kHeapBytes - 8192}});
  });
  EXPECT_FALSE(boast.finding.has_value()) << "who claims more has a larger heap";
  EXPECT_EQ(boast.profile->heap_bytes, 16u + 48 + 32 + 112 + 208 + 16 + BumpSubject::kHeapBytes - 8192);
}

TEST(Examine, MemoryOutsideTheHeapIsHiddenDataStructure) {
  const auto start = [] {
    auto subject = std::make_unique<BumpSubject>();
    subject->hidden_bytes = 2 << 20;
    return subject;
  };
  expect_conviction(examine(parse_trace("test.rep", kTrace), start, settings()), Fault::kTooMuchGlobalData, 7);
}

TEST(Examine, AReinitializedHeapStartsAfresh) {
  EXPECT_FALSE(examine_with({}, "1048576\n2\n5\n1\na 0 40\na 1 24\ni\na 0 40\nf 0\n").finding.has_value());
}

TEST(Examine, AFailedInitIsANull) {
  expect_conviction(examine_with(in_run(1, 0, [](Moment m) { m.reply.offset = kInitFailed; })), Fault::kNullReturned,
                    0);
}

TEST(Examine, ADeathNamesItsRequest) {
  for (const auto& pair : {std::pair(EndingKind::kCrashed, Fault::kCrash),
                                   std::pair(EndingKind::kHung, Fault::kNoProgress),
                                   std::pair(EndingKind::kExited, Fault::kExited),
                                   std::pair(EndingKind::kForbiddenSyscall, Fault::kForbiddenSyscall)}) {
    const EndingKind kind = pair.first;
    expect_conviction(examine_with(in_run(1, 5, [kind](Moment m) { m.subject.die(kind); })), pair.second, 5);
  }
}

}  // namespace
}  // namespace heapjudge
