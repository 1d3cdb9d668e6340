// The C library's own malloc: what memory it needs, and that it can be timed like any other allocator.
#include "judge/libc_heap.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "judge/reference_name.h"
#include "subject/child_subject.h"
#include "submission/build.h"
#include "tests/temporary_folder.h"
#include "tests/test_main.h"
#include "trace/generate.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

constexpr std::uint64_t kKiB = 1 << 10;
constexpr std::uint64_t kMiB = 1 << 20;

LibcHeap measured(const Trace& trace, LibcHeapSettings settings = {}) {
  settings.build_dir = binary_dir();
  return measure_libc_heap(trace, settings);
}

LibcHeap measured(const std::string& requests, const LibcHeapSettings& settings = {}) {
  return measured(parse_trace("test.rep", requests), settings);
}

// Blocks 0 to count - 1 of `bytes` each, all live at the end.
Trace many(std::size_t count, std::uint64_t bytes) {
  std::string text = "0\n" + std::to_string(count) + "\n" + std::to_string(count) + "\n1\n";
  for (std::size_t i = 0; i < count; ++i) text += "a " + std::to_string(i) + " " + std::to_string(bytes) + "\n";
  return parse_trace("test.rep", text);
}

TEST(LibcHeap, SmallBlocksLieInItsArena) {
  const LibcHeap heap = measured(many(10'000, 1000));
  EXPECT_EQ(heap.peak_payload_bytes, 10'000'000u);
  EXPECT_GE(heap.heap_bytes, 10'000u * 1008) << "a word each, and rounding";
  EXPECT_LE(heap.heap_bytes, 10'000u * 1008 + 512 * kKiB) << "and what it takes in advance";
  EXPECT_DOUBLE_EQ(heap.utilization, 1e7 / static_cast<double>(heap.heap_bytes));
}

TEST(LibcHeap, WhatItMapsCountsAsWell) {
  const LibcHeap heap = measured(many(10, kMiB));
  EXPECT_GE(heap.heap_bytes, 10 * kMiB);
  EXPECT_LE(heap.heap_bytes, 10 * (kMiB + 8 * kKiB) + 512 * kKiB);
}

TEST(LibcHeap, ItsPeakIsThatOfTheSum) {
  const LibcHeap once = measured("0\n1\n2\n1\na 0 8000000\nf 0\n");
  const LibcHeap thrice = measured("0\n1\n6\n1\na 0 8000000\nf 0\na 0 8000000\nf 0\na 0 8000000\nf 0\n");
  EXPECT_GE(once.heap_bytes, 8'000'000u);
  EXPECT_LE(thrice.heap_bytes, once.heap_bytes + 256 * kKiB) << "what was freed is used again";
}

TEST(LibcHeap, BlocksThatGrowCountAsTheyAreThen) {
  const LibcHeap heap = measured("0\n1\n3\n1\na 0 100\nr 0 3000000\nr 0 6000000\n");
  EXPECT_EQ(heap.peak_payload_bytes, 6'000'000u);
  EXPECT_GE(heap.heap_bytes, 6'000'000u);
  EXPECT_LE(heap.heap_bytes, 6'000'000u + 512 * kKiB) << "mapped ranges grow without a copy";
}

TEST(LibcHeap, InitFreesEverything) {
  std::string text = "0\n1\n16\n1\n";
  for (int i = 0; i < 8; ++i) text += "a 0 5000000\ni\n";
  EXPECT_LE(measured(text).heap_bytes, 6'000'000u);
}

TEST(LibcHeap, EveryKindOfRequestIsServed) {
  const LibcHeap heap = measured(
      "0\n6\n17\n1\na 0 0\nf 0\nf -1\nr 1 40\nr 1 0\nr 1 24\nc 2 0 8\nc 3 8 8\nr 3 64\n"
      "c 0 60000 18446744073709551615\nm 4 4096 100\nm 5 32 8\ns 1\nr 0 700000\nf 4\nf 5\ni\n");
  EXPECT_EQ(heap.peak_payload_bytes, 700'000u + 24 + 64 + 100 + 8);
  EXPECT_GE(heap.heap_bytes, heap.peak_payload_bytes);
}

TEST(LibcHeap, WhatIsBeyondTheLimitIsRefused) {
  const LibcHeap heap = measured("0\n3\n3\n1\na 0 100\na 1 5000000000\na 2 18446744073709551615\n");
  EXPECT_EQ(heap.peak_payload_bytes, 100u);
  EXPECT_LE(heap.heap_bytes, kMiB);
}

TEST(LibcHeap, AreTheSameFiguresEachTime) {
  const Trace trace = log_normal({.requests = 20'000, .live_blocks = 1000, .largest_bytes = 300'000});
  const LibcHeap first = measured(trace);
  EXPECT_GT(first.utilization, 0.3);
  EXPECT_LT(first.utilization, 1);
  for (int again = 0; again < 3; ++again) EXPECT_EQ(measured(trace), first);
}

TEST(LibcHeap, In32BitsHeadersAreHalfAsLarge) {
  SKIP_WHERE_32_BITS_DO_NOT_RUN(true);
  const LibcHeap heap = measured(many(10'000, 1004), {.ilp32 = true});
  EXPECT_GE(heap.heap_bytes, 10'000u * 1008);
  EXPECT_LE(heap.heap_bytes, 10'000u * 1008 + 512 * kKiB);
}

TEST(LibcHeap, NothingLiveIsNoUtilization) {
  const LibcHeap heap = measured("0\n1\n1\n1\nf -1\n");
  EXPECT_EQ(heap.peak_payload_bytes, 0u);
  EXPECT_EQ(heap.utilization, 0);
}

TEST(LibcHeap, ABuildWithoutItSaysSo) {
  EXPECT_THROW(measure_libc_heap(many(1, 8), {.build_dir = "/nowhere"}), std::runtime_error);
}

// The same process, server and functions as for any other submission; only nothing is filtered.
TEST(LibcSubject, IsServedFromMemoryOfItsOwn) {
  const TemporaryFolder scratch;
  const Reference reference = reference_called("libc");
  const auto outcome = build({source_dir() / reference.source}, {},
                             {.include_dir = source_dir() / "driver/student/include",
                              .memlib = host_files(binary_dir(), false).memlib,
                              .scratch_dir = scratch.path()});
  ASSERT_TRUE(std::holds_alternative<Built>(outcome)) << std::get<BuildFailed>(outcome).diagnostics;
  const auto subject = launch({.host = host_files(binary_dir(), false).host,
                               .library = std::get<Built>(outcome).library,
                               .interface = {.aligned_function = "mm_memalign"},
                               .sandbox = {.seccomp = !reference.uses_the_system}});
  Reply reply;
  ASSERT_FALSE(subject->begin({}, reply).ended);
  std::vector<Command> commands(1000, Command{.size = 100, .verb = Verb::kMalloc});
  commands[7].size = 10 * kMiB;  // which it maps
  std::vector<Reply> replies(commands.size());
  ASSERT_EQ(subject->serve(commands, replies).served, commands.size());
  for (const Reply& block : replies) {
    EXPECT_NE(block.offset, subject->null_offset());
    EXPECT_GT(block.offset, subject->heap().size()) << "not in the judge's heap";
    EXPECT_EQ(block.heap_bytes, 0u);
  }
  for (std::size_t i = 0; i < commands.size(); ++i) commands[i] = {.offset = replies[i].offset, .verb = Verb::kFree};
  EXPECT_FALSE(subject->serve(commands, replies).ended);
  EXPECT_EQ(subject->touched_bytes(), 0u);
  EXPECT_EQ(subject->end().kind, EndingKind::kDismissed);
}

}  // namespace
}  // namespace heapjudge
