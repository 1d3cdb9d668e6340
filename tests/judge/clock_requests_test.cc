// How long requests take: told of each, of sound replays alone, and never compared with a time.
#include "judge/clock_requests.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/judge/real_contender.h"
#include "tests/test_main.h"
#include "tests/tiny_allocator.h"
#include "trace/generate.h"

namespace heapjudge {
namespace {

// One size takes a thousand times the work of all others.
const char* const kSlowForOneSize = R"(
void *mm_malloc(size_t n) {
  for (volatile int i = 0; i < (n == 4000 ? 100000 : 100); ++i) { }
  return place(n);
}
)";

const char* const kMovesInTheSecondRun = R"(
static int inits;
int mm_init(void) { if (++inits > 1) mem_sbrk(16); return 0; }
)";

const char* const kCrashesInTheThirdRun = R"(
static int inits;
int mm_init(void) { if (++inits > 2) *(volatile int *)8 = 1; return 0; }
)";

Trace trace_with_one_slow_request() {
  std::vector<Request> requests;
  for (BlockId block = 0; block < 99; ++block) requests.push_back({.size = block == 70 ? 4000u : 40u, .block = block});
  return Trace("slow.rep", {}, 99, requests);
}

std::variant<Latencies, std::string> clocked(const char* source, const Trace& trace, Abi abi = Abi::kLp64) {
  const TinyAllocator allocator(source, abi);
  LaunchSettings settings = allocator.launch_settings();
  if (abi == Abi::kIlp32) settings.pointer_width = PointerWidth::k32;
  const Contender contender = real_contender(settings, {trace});
  return clock_requests(trace, contender, contender.answers.front());
}

class ClockRequests : public testing::TestWithParam<Abi> {};

TEST_P(ClockRequests, TellOfEachRequestAndWhichIsSlowest) {
  SKIP_WHERE_32_BITS_DO_NOT_RUN(GetParam() == Abi::kIlp32);
  const Trace trace = trace_with_one_slow_request();
  const auto outcome = clocked(kSlowForOneSize, trace, GetParam());
  ASSERT_TRUE(std::holds_alternative<Latencies>(outcome)) << std::get<std::string>(outcome);
  const Latencies& latencies = std::get<Latencies>(outcome);
  ASSERT_EQ(latencies.nanoseconds.size(), trace.requests().size());
  EXPECT_GT(latencies.replays, 1u);
  const auto slowest = std::ranges::max_element(latencies.nanoseconds);
  EXPECT_EQ(slowest - latencies.nanoseconds.begin(), 70);
  EXPECT_GT(*slowest, 10 * latencies.nanoseconds[10]);
}
INSTANTIATE_TEST_SUITE_P(Abis, ClockRequests, testing::Values(Abi::kLp64, Abi::kIlp32),
                         [](const auto& abi) { return abi.param == Abi::kLp64 ? "lp64" : "ilp32"; });

TEST(ClockedRequests, WhoAnswersOtherwiseHasNoTimes) {
  const auto outcome = clocked(kMovesInTheSecondRun, trace_with_one_slow_request());
  ASSERT_TRUE(std::holds_alternative<std::string>(outcome));
  EXPECT_EQ(std::get<std::string>(outcome), "it does not answer as it does when it is checked");
}

TEST(ClockedRequests, WhoCrashesHasNoTimes) {
  const auto outcome = clocked(kCrashesInTheThirdRun, trace_with_one_slow_request());
  ASSERT_TRUE(std::holds_alternative<std::string>(outcome));
  EXPECT_EQ(std::get<std::string>(outcome), "it does not survive being replayed without pause");
}

TEST(ClockedRequests, AnyTraceCanBeClocked) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const Trace trace = random_mixed({.seed = seed, .requests = 300});
    EXPECT_TRUE(std::holds_alternative<Latencies>(clocked("", trace))) << "seed " << seed;
  }
}

}  // namespace
}  // namespace heapjudge
