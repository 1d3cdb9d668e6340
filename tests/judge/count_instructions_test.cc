// Counting instructions: the same number each time, of the submission's own work, and honesty.
#include "judge/count_instructions.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <thread>

#include "judge/replay.h"
#include "submission/run_tool.h"
#include "tests/test_main.h"
#include "tests/tiny_allocator.h"
#include "trace/generate.h"

namespace heapjudge {
namespace {

// With so many instructions that do nothing in two of the functions.
std::string allocator(int in_malloc, int in_realloc) {
  const auto nops = [](int count) { return "__asm__ volatile(\".rept " + std::to_string(count) + "; nop; .endr\");"; };
  return "int mm_init(void) { return 0; }\n"
         "__attribute__((noinline)) void *mm_malloc(size_t n) {" + nops(in_malloc) + "return place(n); }\n"
         "void mm_free(void *p) { (void)p; }\n"
         "void *mm_realloc(void *p, size_t n) {" + nops(in_realloc) +
         "  void *q = mm_malloc(n);\n"
         "  if (p && q) memcpy(q, p, size_of(p) < n ? size_of(p) : n);\n"
         "  return q;\n"
         "}\n";
}

std::vector<std::uint64_t> checked_answers(const LaunchSettings& settings, const Trace& trace) {
  const auto subject = launch(settings);
  const bool narrow = settings.pointer_width == PointerWidth::k32;
  return replay(*subject, trace, {.alignment = narrow ? 8u : 16u, .pointer_width = settings.pointer_width}, {}).offsets;
}

Trace allocations(std::uint32_t count) {
  std::vector<Request> requests;
  for (BlockId block = 0; block < count; ++block) {
    requests.push_back({.size = 40, .block = block, .op = Op::kMalloc});
  }
  return Trace("allocations", {}, count, requests);
}

Trace allocations_and_growths(std::uint32_t count) {
  std::vector<Request> requests;
  for (BlockId block = 0; block < count; ++block) {
    requests.push_back({.size = 40, .block = block, .op = Op::kMalloc});
    requests.push_back({.size = 80, .block = block, .op = Op::kRealloc});
  }
  return Trace("growths", {}, count, requests);
}

CountedContender contender(const TinyAllocator& allocator, const Trace& trace) {
  const LaunchSettings settings = allocator.launch_settings();
  return {settings, checked_answers(settings, trace)};
}

class CountInstructions : public testing::TestWithParam<Abi> {
 protected:
  using Outcome = std::variant<Measurement, TimedFault>;

  void SetUp() override { SKIP_WHERE_32_BITS_DO_NOT_RUN(GetParam() == Abi::kIlp32); }

  TinyAllocator make(const std::string& source) const { return TinyAllocator(source, GetParam()); }

  Outcome outcome(const TinyAllocator& subject, const TinyAllocator& reference, const Trace& trace) const {
    return count_instructions(trace, contender(subject, trace), contender(reference, trace),
                              {.scratch_dir = scratch_.path()});
  }

  Measurement counted(const TinyAllocator& subject, const TinyAllocator& reference, const Trace& trace) const {
    const Outcome result = outcome(subject, reference, trace);
    if (const auto* fault = std::get_if<TimedFault>(&result)) {
      throw std::runtime_error("at fault: " + (fault->ending ? fault->ending->output : std::to_string(fault->request)));
    }
    return std::get<Measurement>(result);
  }

  TimedFault fault(const std::string& source, const Trace& trace) const {
    const Outcome result = outcome(make(source), make(allocator(1, 1)), trace);
    return std::holds_alternative<TimedFault>(result) ? std::get<TimedFault>(result)
                                                      : throw std::runtime_error("no fault was found");
  }

  TemporaryFolder scratch_;
};

TEST_P(CountInstructions, TellTwoAllocatorsApartToTheInstruction) {
  const Measurement measurement = counted(make(allocator(100, 0)), make(allocator(107, 0)), allocations(1000));
  EXPECT_EQ(measurement.reference_cost - measurement.subject_cost, 7 * 1000);
  EXPECT_EQ(measurement.speed, measurement.reference_cost / measurement.subject_cost);
  EXPECT_EQ(measurement.speed_low, measurement.speed);
  EXPECT_EQ(measurement.speed_high, measurement.speed);
  EXPECT_EQ(measurement.clock, CostClock::kInstructions);
  EXPECT_TRUE(measurement.steady);
  EXPECT_EQ(measurement.pairs, 1u);
}

TEST_P(CountInstructions, LeaveOutTheReplayAndTheCalls) {
  const std::string returns_at_once =
      "__asm__(\".globl mm_init, mm_malloc, mm_free\\n mm_init: mm_malloc: mm_free: ret\");\n"
      "int mm_init(void); void *mm_malloc(size_t n); void mm_free(void *p);\n";
  const Trace trace = allocations(1000);
  const TinyAllocator nothing = make(returns_at_once);
  const auto result = count_instructions(trace, {nothing.launch_settings(), {}}, {nothing.launch_settings(), {}},
                                         {.scratch_dir = scratch_.path()});
  ASSERT_TRUE(std::holds_alternative<Measurement>(result));
  EXPECT_EQ(std::get<Measurement>(result).subject_cost, 1) << "none, which is rounded up";
}

TEST_P(CountInstructions, CountAFunctionThatCallsAnotherOnce) {
  const Trace trace = allocations_and_growths(500);
  const TinyAllocator plain = make(allocator(10, 10));
  const Measurement slow_realloc = counted(make(allocator(10, 13)), plain, trace);
  EXPECT_EQ(slow_realloc.subject_cost - slow_realloc.reference_cost, 3 * 500);
  const Measurement slow_malloc = counted(make(allocator(13, 10)), plain, trace);
  EXPECT_EQ(slow_malloc.subject_cost - slow_malloc.reference_cost, 3 * 1000) << "also where mm_realloc calls it";
}

TEST_P(CountInstructions, AreTheSameOnEveryRun) {
  const Trace trace = random_mixed({.requests = 1500});
  const TinyAllocator subject = make(allocator(20, 5));
  const TinyAllocator reference = make(allocator(40, 5));
  const Measurement first = counted(subject, reference, trace);
  for (int run = 0; run < 3; ++run) EXPECT_EQ(counted(subject, reference, trace), first);
}

TEST_P(CountInstructions, AreTheSameOnABusyMachine) {
  const Trace trace = random_mixed({.requests = 1500});
  const TinyAllocator subject = make(allocator(20, 5));
  const Measurement idle = counted(subject, subject, trace);
  std::atomic<bool> busy = true;
  std::vector<std::thread> loops;
  for (int i = 0; i < 3; ++i) {
    loops.emplace_back([&] {
      while (busy) {
      }
    });
  }
  const Measurement beside_loops = counted(subject, subject, trace);
  busy = false;
  for (std::thread& loop : loops) loop.join();
  EXPECT_EQ(beside_loops, idle);
}

TEST_P(CountInstructions, DoNotDependOnWhereThingsLie) {
  const Trace trace = random_mixed({.requests = 1000});
  const TinyAllocator subject = make(allocator(20, 5));
  const CountedContender there = contender(subject, trace);
  const std::filesystem::path deep = scratch_.path() / std::string(200, 'd') / "%p \"q%";
  std::filesystem::create_directories(deep);
  CountedContender elsewhere = there;
  elsewhere.settings.library = deep / "lib.so";
  std::filesystem::copy_file(there.settings.library, elsewhere.settings.library);
  const auto result = count_instructions(trace, elsewhere, there, {.scratch_dir = deep});
  ASSERT_TRUE(std::holds_alternative<Measurement>(result));
  EXPECT_EQ(std::get<Measurement>(result).speed, 1);
}

TEST_P(CountInstructions, LeaveNothingBehind) {
  const TinyAllocator subject = make(allocator(1, 1));
  counted(subject, subject, allocations(10));
  EXPECT_TRUE(std::filesystem::is_empty(scratch_.path()));
}

// Whoever notices valgrind, or counts the calls of mm_init, is found out as when time is measured.

TEST_P(CountInstructions, OtherAnswersAreFoundOut) {
  const Trace trace = random_mixed({.requests = 300});
  const TimedFault found = fault(
      "static int inits; int mm_init(void) { if (++inits > 1) mem_sbrk(16); return 0; }\n", trace);
  EXPECT_EQ(found.answered, found.checked + 16);
  EXPECT_GE(found.request, 1u);
}

TEST_P(CountInstructions, BytesThatAreNotCopiedAreFoundOut) {
  const TimedFault found = fault(
      "static int inits; int mm_init(void) { ++inits; return 0; }\n"
      "void *mm_realloc(void *p, size_t n) {\n"
      "  void *q = place(n);\n"
      "  if (p && q && inits < 2) memcpy(q, p, size_of(p) < n ? size_of(p) : n);\n"
      "  return q;\n"
      "}\n",
      realloc_growth({.requests = 500}));
  EXPECT_GT(found.lost_bytes, 0u);
}

TEST_P(CountInstructions, ACrashIsAnEnding) {
  const TimedFault found = fault(
      "static int inits; int mm_init(void) { if (++inits > 1) *(volatile int *)8 = 1; return 0; }\n", allocations(10));
  ASSERT_TRUE(found.ending);
  EXPECT_EQ(found.ending->kind, EndingKind::kCrashed);
  EXPECT_EQ(found.ending->address, 8u);
}

TEST_P(CountInstructions, AnExitIsAnEnding) {
  const TimedFault found =
      fault("static int inits; int mm_init(void) { if (++inits > 1) _exit(3); return 0; }\n", allocations(10));
  ASSERT_TRUE(found.ending);
  EXPECT_EQ(found.ending->kind, EndingKind::kExited);
  EXPECT_EQ(found.ending->exit_status, 3);
}

TEST_P(CountInstructions, SwitchingTheCountOffIsForbidden) {
  const TimedFault found = fault(
      "#include <valgrind/callgrind.h>\n"
      "void *mm_malloc(size_t n) { CALLGRIND_TOGGLE_COLLECT; void *p = place(n); CALLGRIND_TOGGLE_COLLECT; return p; }\n",
      allocations(10));
  ASSERT_TRUE(found.ending);
  EXPECT_EQ(found.ending->kind, EndingKind::kForbiddenSyscall);
  EXPECT_EQ(found.ending->syscall, "a request to valgrind");
}

TEST_P(CountInstructions, AReferenceThatFailsIsTheOperatorsAffair) {
  const TinyAllocator crashes =
      make("static int inits; int mm_init(void) { if (++inits > 1) *(volatile int *)8 = 1; return 0; }\n");
  EXPECT_THROW(outcome(make(allocator(1, 1)), crashes, allocations(10)), std::runtime_error);
}

INSTANTIATE_TEST_SUITE_P(Abis, CountInstructions, testing::Values(Abi::kLp64, Abi::kIlp32), [](const auto& instance) {
  return instance.param == Abi::kLp64 ? "lp64" : "ilp32";
});

// What the sandbox still stops while valgrind is there.
const char* const kAttempts = R"(
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
static int inits;
static int succeeds(int result) { if (result >= 0) return 1; return 0; }
int mm_init(void) {
  if (++inits < 2) return 0;
  if (succeeds(open("/etc/passwd", O_RDONLY))) _exit(41);
  if (succeeds(open("/tmp/heapjudge-was-here", O_WRONLY | O_CREAT, 0600))) _exit(42);
  if (succeeds(socket(AF_INET, SOCK_STREAM, 0))) _exit(43);
  if (succeeds(socket(AF_UNIX, SOCK_STREAM, 0))) _exit(44);
  if (succeeds(fork())) _exit(45);
  if (getuid() == 0) _exit(46);
  if (succeeds(alarm(0) != 0 ? -1 : (int)alarm(1)) && alarm(0) != 0) _exit(47);
  _exit(40);
}
)";

TEST(CountingSandbox, StopsFilesProcessesAndSockets) {
  const TinyAllocator attacker(kAttempts);
  const TinyAllocator reference(allocator(1, 1));
  const TemporaryFolder scratch;
  const auto result = count_instructions(allocations(10), {attacker.launch_settings(), {}},
                                         {reference.launch_settings(), {}}, {.scratch_dir = scratch.path()});
  const auto* fault = std::get_if<TimedFault>(&result);
  ASSERT_TRUE(fault != nullptr && fault->ending);
  EXPECT_EQ(fault->ending->exit_status, 40) << fault->ending->output;
}

TEST(CountingSandbox, DoesNotLetTheJudgeBeSignalled) {
  const TinyAllocator attacker(
      "#include <signal.h>\n"
      "static int inits;\n"
      "int mm_init(void) { if (++inits > 1 && kill(getppid(), SIGTERM) == 0) _exit(41); return 0; }\n");
  const TinyAllocator reference(allocator(1, 1));
  const TemporaryFolder scratch;
  const auto result = count_instructions(allocations(10), {attacker.launch_settings(), {}},
                                         {reference.launch_settings(), {}}, {.scratch_dir = scratch.path()});
  EXPECT_TRUE(std::holds_alternative<Measurement>(result)) << "and we are still here";
}

TEST(WithoutValgrind, CountingIsRefusedInOneLine) {
  const TinyAllocator allocator_(allocator(1, 1));
  const std::string path = std::getenv("PATH");
  setenv("PATH", "/nonexistent", 1);
  const TemporaryFolder scratch;
  std::string refusal;
  try {
    count_instructions(allocations(10), {allocator_.launch_settings(), {}}, {allocator_.launch_settings(), {}},
                       {.scratch_dir = scratch.path()});
  } catch (const std::runtime_error& error) {
    refusal = error.what();
  }
  setenv("PATH", path.c_str(), 1);
  EXPECT_EQ(refusal,
            "throughput is counted in instructions, which needs valgrind: install it, or choose by: cpu");
}

}  // namespace
}  // namespace heapjudge
