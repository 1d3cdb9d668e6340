// Which store of the submission changes a watched word: told by each way of watching, in both widths.
#include <gtest/gtest.h>

#include <ostream>

#include "subject/child_subject.h"
#include "subject/watch_trial.h"
#include "tests/test_main.h"
#include "tests/tiny_allocator.h"

namespace heapjudge {
namespace {

// mm_free writes the word before the block twice, with the same value the second time, and has somebody else write it once more.
constexpr const char* kWriter = R"(
static void __attribute__((noinline)) mark(char *p) { p[-8] = 7; }
void mm_free(void *p) {
  ((volatile char *)p)[-8] = 3;
  ((volatile char *)p)[-8] = 3;
  mark(p);
  (void)((volatile char *)p)[-8];
}
)";

struct Way {
  const char* name;
  std::uint32_t bits;
  Abi abi;
};

void PrintTo(const Way& way, std::ostream* out) { *out << way.name; }

bool needs_watchpoints(const Way& way) { return way.bits != kBySteps; }

class StoreWatching : public testing::TestWithParam<Way> {};

// The word before the first block, in a process that frees it.
SeenStores stores_of(const TinyAllocator& allocator, const StoreWatch& watch) {
  LaunchSettings settings = allocator.launch_settings();
  settings.watch = watch;
  const auto subject = launch(settings);
  EXPECT_EQ(subject->isolation(), launch(allocator.launch_settings())->isolation());
  Reply reply;
  subject->begin({}, reply);
  Command command{.size = 24, .verb = Verb::kMalloc};
  subject->serve({&command, 1}, {&reply, 1});
  command = {.offset = reply.offset, .verb = Verb::kFree};
  subject->watch_next();
  subject->serve({&command, 1}, {&reply, 1});
  return subject->end().stores.value();
}

TEST_P(StoreWatching, TellsTheFirstAndTheLastChangeOfACall) {
  SKIP_WHERE_32_BITS_DO_NOT_RUN(GetParam().abi == Abi::kIlp32);
  const TinyAllocator allocator(kWriter, GetParam().abi);
  const std::uint64_t word = GetParam().abi == Abi::kLp64 ? 8 : 0;
  const SeenStores seen = stores_of(allocator, {.words = {{word, 0xff}}, .ways = GetParam().bits});
  if (needs_watchpoints(GetParam()) && !stores_can_be_watched()) {
    EXPECT_FALSE(seen.armed);
    GTEST_SKIP() << "the processor here stops at no store";
  }
  ASSERT_TRUE(seen.armed);
  ASSERT_EQ(seen.words.size(), 1u);
  EXPECT_EQ(seen.words[0].first.order, 1u);
  EXPECT_EQ(seen.words[0].last.order, 2u) << "a store of the same value is no change";
  EXPECT_EQ(seen.words[0].first.where.size(), 1u);
  EXPECT_EQ(seen.words[0].last.where.size(), 2u);
}

TEST_P(StoreWatching, LeavesOutBytesThatDoNotMatterAndTheClient) {
  SKIP_WHERE_32_BITS_DO_NOT_RUN(GetParam().abi == Abi::kIlp32);
  const TinyAllocator allocator(kWriter, GetParam().abi);
  const std::uint64_t word = GetParam().abi == Abi::kLp64 ? 8 : 0;
  const SeenStores seen = stores_of(allocator, {.words = {{word, 0xff00}, {word + 8, UINT64_MAX}}, .ways = GetParam().bits});
  if (needs_watchpoints(GetParam()) && !stores_can_be_watched()) {
    EXPECT_FALSE(seen.armed);
    GTEST_SKIP() << "the processor here stops at no store";
  }
  ASSERT_TRUE(seen.armed);
  ASSERT_EQ(seen.words.size(), 2u);
  EXPECT_EQ(seen.words[0].last.order, 0u);
  EXPECT_EQ(seen.words[1].last.order, 0u) << "only the request server has written there";
}

INSTANTIATE_TEST_SUITE_P(Ways, StoreWatching,
                         testing::Values(Way{"event", kByBreakpointEvent, Abi::kLp64},
                                         Way{"register", kByDebugRegister, Abi::kLp64},
                                         Way{"steps", kBySteps, Abi::kLp64},
                                         Way{"event32", kByBreakpointEvent, Abi::kIlp32},
                                         Way{"register32", kByDebugRegister, Abi::kIlp32},
                                         Way{"steps32", kBySteps, Abi::kIlp32}));

TEST(StoreWatching, SaysWhenNoWayIsOpen) {
  const TinyAllocator allocator(kWriter);
  EXPECT_FALSE(stores_of(allocator, {.words = {{8, 0xff}}, .ways = 0}).armed);
}

TEST(StoreWatching, TellsNothingWhereNothingWasAskedFor) {
  const TinyAllocator allocator(kWriter);
  const auto subject = launch(allocator.launch_settings());
  EXPECT_FALSE(subject->end().stores.has_value());
}

}  // namespace
}  // namespace heapjudge
