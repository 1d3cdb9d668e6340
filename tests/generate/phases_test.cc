// Every phase: what it stresses is in what it writes.
#include "generate/phases.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "generate/live_pool.h"
#include "trace/analysis.h"
#include "trace/live_blocks.h"

namespace heapjudge {
namespace {

// What the phase writes on an empty heap; the trace is well-formed, or this throws.
template <typename SomePhase>
Trace written(const SomePhase& phase, std::uint64_t seed = 1) {
  TraceWriter trace;
  Random random(seed);
  write_phase(phase, trace, random);
  return trace.take("test");
}

const Stream kStream{
    .requests = 4000, .fewest_live = 80, .most_live = 120, .sizes = Distribution(Uniform{1, 500})};

Stream with(Lifetimes lifetimes) {
  Stream stream = kStream;
  stream.lifetimes = lifetimes;
  return stream;
}

// For each free, the rank of the block among the live ones (0: the oldest) and how many there are.
struct FreedRank {
  std::size_t rank;
  std::size_t live;
};
std::vector<FreedRank> freed_ranks(const Trace& trace) {
  std::vector<FreedRank> ranks;
  std::vector<BlockId> live;
  for (const Request& request : trace.requests()) {
    if (request.op == Op::kMalloc) live.push_back(request.block);
    if (request.op != Op::kFree) continue;
    const auto place = std::ranges::find(live, request.block);
    ranks.push_back({.rank = static_cast<std::size_t>(place - live.begin()), .live = live.size()});
    live.erase(place);
  }
  return ranks;
}

TEST(Streams, HoldToTheirRequestsSizesAndLiveBlocks) {
  for (const Lifetimes lifetimes :
       {Lifetimes::kRandom, Lifetimes::kStack, Lifetimes::kQueue, Lifetimes::kGenerational}) {
    const Trace trace = written(with(lifetimes));
    const TraceAnalysis analysis = analyse(trace);
    EXPECT_EQ(trace.requests().size(), 4000u);
    EXPECT_LE(analysis.most_blocks, 120u);
    EXPECT_GE(analysis.most_blocks, 110u);
    EXPECT_LE(analysis.largest_bytes, 500u);
    EXPECT_GE(analysis.samples[analysis.samples.size() / 2].blocks, 70u);
  }
}

TEST(Streams, OfAStackFreeTheNewest) {
  for (const FreedRank& freed : freed_ranks(written(with(Lifetimes::kStack))))
    EXPECT_EQ(freed.rank + 1, freed.live);
}

TEST(Streams, OfAQueueFreeTheOldest) {
  for (const FreedRank& freed : freed_ranks(written(with(Lifetimes::kQueue)))) EXPECT_EQ(freed.rank, 0u);
}

TEST(Streams, OfGenerationsFreeTheYoungByFar) {
  Stream stream = with(Lifetimes::kGenerational);
  stream.nursery = 20;
  const auto ranks = freed_ranks(written(stream));
  const auto young = std::ranges::count_if(ranks, [](const FreedRank& f) { return f.rank + 40 >= f.live; });
  EXPECT_GT(young * 10, static_cast<long>(ranks.size()) * 8);
  EXPECT_LT(young, static_cast<long>(ranks.size())) << "some old ones go as well";
}

TEST(Streams, OfTimedLivesFreeABlockWhenItsTimeHasCome) {
  Stream stream = with(Lifetimes::kTimed);
  stream.ages = Distribution(Uniform{5, 9});
  std::map<BlockId, std::size_t> born;
  std::size_t allocations = 0;
  const Trace trace = written(stream);
  for (const Request& request : trace.requests()) {
    if (request.op == Op::kMalloc) born[request.block] = ++allocations;
    if (request.op != Op::kFree) continue;
    EXPECT_GE(allocations - born[request.block], 5u);
    EXPECT_LE(allocations - born[request.block], 9u);
  }
}

TEST(Streams, TakeOverWhatIsLive) {
  TraceWriter trace;
  Random random(1);
  const BlockId before = trace.allocate(77);
  write_phase(Stream{.requests = 50, .fewest_live = 1, .most_live = 3, .lifetimes = Lifetimes::kQueue}, trace,
              random);
  const std::vector<BlockId> live = trace.live();
  EXPECT_TRUE(std::ranges::find(live, before) == live.end());
}

TEST(Streams, StayBelowTheirLiveBytes) {
  Stream stream = kStream;
  stream.most_live_bytes = 5000;
  EXPECT_LE(analyse(written(stream)).peak.bytes, 5000u + 500u);
}

TEST(Streams, ResizeToADistributionOrByMore) {
  Stream stream = kStream;
  stream.resizing = {.chance = Chance(0.3), .to = Distribution::exactly(7777)};
  const TraceAnalysis to = analyse(written(stream));
  EXPECT_EQ(to.largest_bytes, 7777u);
  EXPECT_NEAR(static_cast<double>(to.by_op[static_cast<std::size_t>(Op::kRealloc)]), 1200, 150);
  stream.resizing = {.chance = Chance(0.3), .more = Distribution::exactly(8)};
  const ResizeFigures more = analyse(written(stream)).resizes;
  EXPECT_GT(more.growing, 1000u);
  EXPECT_EQ(more.shrinking + more.same, 0u);
}

TEST(Streams, HaveTheOddRequestsThatTheyAreAskedFor) {
  Stream stream = kStream;
  stream.odd = {.zero = Chance(0.1),
                .to_zero = Chance(0.1),
                .free_null = Chance(0.1),
                .realloc_null = Chance(0.1),
                .cleared = Chance(0.1),
                .aligned = Chance(0.1)};
  const Trace trace = written(stream);
  const TraceAnalysis analysis = analyse(trace);
  EXPECT_GT(analysis.sizes[0], 100u);
  EXPECT_GT(analysis.resizes.to_zero, 100u);
  EXPECT_GT(analysis.resizes.of_null, 50u);
  EXPECT_TRUE(uses(trace, Op::kCalloc) && uses(trace, Op::kAligned));
  EXPECT_TRUE(std::ranges::find(trace.requests(), Request{.op = Op::kFree}) != trace.requests().end());
}

TEST(Growing, GoesByReallocAndBeginsAnew) {
  const Trace trace = written(Grow{.blocks = 2,
                                   .requests = 500,
                                   .start = Distribution::exactly(64),
                                   .more = Distribution::exactly(100),
                                   .until_bytes = 2000,
                                   .pin = Chance(0.2),
                                   .pin_sizes = Distribution::exactly(16)});
  const TraceAnalysis analysis = analyse(trace);
  EXPECT_EQ(trace.requests().size(), 500u);
  EXPECT_LE(analysis.largest_bytes, 2000u);
  EXPECT_GT(analysis.resizes.growing, 300u);
  EXPECT_GT(analysis.resizes.shrinking, 5u);
  EXPECT_GT(analysis.allocations, 50u) << "pins";
}

TEST(Growing, DoublesByAFactor) {
  const Grow grow{
      .requests = 5, .start = Distribution::exactly(16), .more = Distribution::exactly(0), .factor = 2};
  std::vector<std::uint64_t> sizes;
  const Trace trace = written(grow);
  for (const Request& request : trace.requests()) sizes.push_back(request.size);
  EXPECT_EQ(sizes, (std::vector<std::uint64_t>{16, 32, 64, 128, 256}));
}

TEST(Merging, AsksForASizeThatOnlyTheNeighboursTogetherHold) {
  const Trace trace = written(Merge{.groups = 1, .neighbours = 3, .sizes = Distribution::exactly(50)});
  ASSERT_EQ(trace.requests().size(), 8u);
  EXPECT_EQ(trace.requests()[3].size, 24u) << "the guard";
  EXPECT_EQ(trace.requests()[7].size, 150u);
}

// Programs free what they made, and keep about as many blocks as they are told.
template <typename Program>
TraceAnalysis analysed(const Program& program) {
  const TraceAnalysis analysis = analyse(written(program));
  EXPECT_EQ(analysis.never_freed, 0u);
  return analysis;
}

TEST(Programs, OfATreeAllocateANodeAndAKey) {
  const TraceAnalysis analysis =
      analysed(TreeProgram{.operations = 2000, .nodes = 100, .keys = Distribution::exactly(7)});
  EXPECT_NEAR(static_cast<double>(analysis.most_blocks), 230, 60);
  EXPECT_GT(analysis.sizes[3], 800u) << "keys of 7 bytes";
  EXPECT_GT(analysis.sizes[6], 800u) << "nodes of 40";
}

TEST(Programs, OfATreeKeepItASearchTree) {  // erasing would otherwise free a block twice, or never
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    EXPECT_EQ(analyse(written(TreeProgram{.operations = 500, .nodes = 5}, seed)).never_freed, 0u) << seed;
  }
}

TEST(Programs, OfATableDoubleTheirArray) {
  const Trace trace = written(TableProgram{.operations = 2000, .entries = 200});
  std::set<std::uint64_t> arrays;
  for (const Request& request : trace.requests()) {
    if (request.op == Op::kMalloc && request.size >= 128 && request.size % 128 == 0)
      arrays.insert(request.size);
  }
  EXPECT_EQ(arrays, (std::set<std::uint64_t>{128, 256, 512, 1024, 2048}));
  EXPECT_EQ(analyse(trace).never_freed, 0u);
}

TEST(Programs, OfStringsDoubleThenCut) {
  const TraceAnalysis analysis = analysed(StringProgram{.strings = 500, .kept = 50});
  EXPECT_GT(analysis.resizes.growing, 300u);
  EXPECT_GT(analysis.resizes.shrinking, 300u);
  EXPECT_LE(analysis.most_blocks, 53u);
}

TEST(Programs, OfNgramsKeepTheNewOnesOnly) {
  const TraceAnalysis analysis = analysed(NgramProgram{.words = 1000, .vocabulary = 20, .n = 2});
  EXPECT_LE(analysis.most_blocks, 2u * 400u + 3u) << "there are 400 pairs of 20 words";
  EXPECT_GT(analysis.allocations, 999u);
}

TEST(Programs, OfDiagramsMakeNodesOfOneSizeAndCollectThem) {
  const TraceAnalysis analysis = analysed(DiagramProgram{.variables = 14, .clauses = 25});
  EXPECT_GT(analysis.sizes[6], 500u) << "nodes of 32 bytes";
  EXPECT_LT(analysis.most_blocks, analysis.allocations) << "some were collected";
}

TEST(Edges, OfSizesAreAllThereInAnyOrder) {
  std::multiset<std::uint64_t> first;
  std::multiset<std::uint64_t> second;
  const auto huge = [](const Trace& trace, std::multiset<std::uint64_t>& sizes) {
    for (const Request& request : trace.requests()) {
      if (request.size >= (1ull << 32) - 1) sizes.insert(request.size);
    }
  };
  huge(written(HugeSizes{}, 1), first);
  huge(written(HugeSizes{}, 2), second);
  EXPECT_EQ(first.size(), 40u) << "20 by malloc, 20 by realloc";
  EXPECT_EQ(first, second);
}

TEST(Edges, OfCallocOverflowInTheProductOnly) {
  std::size_t overflows = 0;
  const Trace trace = written(CallocOverflows{});
  for (const Request& request : trace.requests()) {
    if (request.op == Op::kCalloc && payload_bytes(request) == UINT64_MAX) ++overflows;
  }
  EXPECT_EQ(overflows, 9u) << "and one product that just fits";
}

}  // namespace
}  // namespace heapjudge
