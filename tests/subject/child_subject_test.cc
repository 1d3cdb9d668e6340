// A submission in its own process: what it answers, how it ends, and what it cannot do.
#include "subject/child_subject.h"
#include "tests/test_main.h"

#include <gtest/gtest.h>
#include <signal.h>

#include "tests/tiny_allocator.h"

namespace heapjudge {
namespace {

Command malloc_of(std::uint64_t size) { return {.size = size, .verb = Verb::kMalloc}; }

// Begins a run, asks for one block, and tells how it ended.
Ending ending_after_malloc(const LaunchSettings& settings, std::uint64_t size = 24) {
  const auto subject = launch(settings);
  Reply reply;
  if (subject->begin({}, reply).ended) return subject->end();
  const Command command = malloc_of(size);
  subject->serve({&command, 1}, {&reply, 1});
  return subject->end();
}

Ending ending_of(const std::string& source, Abi abi = Abi::kLp64) {
  const TinyAllocator allocator(source, abi);
  return ending_after_malloc(allocator.launch_settings());
}

TEST(ChildSubject, AnswersWithOffsetsAndHeapSizes) {
  const TinyAllocator allocator("");
  const auto subject = launch(allocator.launch_settings());
  Reply reply;
  ASSERT_EQ(subject->begin({}, reply).served, 1u);
  EXPECT_EQ(reply.offset, kInitOk);
  const Command commands[] = {malloc_of(24), malloc_of(0), malloc_of(100)};
  Reply replies[3];
  ASSERT_EQ(subject->serve(commands, replies).served, 3u);
  EXPECT_EQ(replies[0].offset, 16u);
  EXPECT_EQ(replies[0].heap_bytes, 48u);
  EXPECT_EQ(replies[0].sbrk_calls, 1u);
  EXPECT_EQ(replies[1].offset, subject->null_offset());
  EXPECT_EQ(replies[2].offset, 64u);
  EXPECT_EQ(replies[2].peak_bytes, 176u);
  EXPECT_EQ(subject->end().kind, EndingKind::kDismissed);
}

TEST(ChildSubject, AnswersTheSameIn32Bits) {
  SKIP_WHERE_32_BITS_DO_NOT_RUN(true);
  const TinyAllocator allocator("", Abi::kIlp32);
  const auto subject = launch(allocator.launch_settings());
  Reply reply;
  subject->begin({}, reply);
  const Command commands[] = {malloc_of(24), malloc_of(0)};
  Reply replies[2];
  ASSERT_EQ(subject->serve(commands, replies).served, 2u);
  EXPECT_EQ(replies[0].offset, 8u);
  EXPECT_EQ(replies[0].heap_bytes, 32u);
  EXPECT_EQ(replies[1].offset, subject->null_offset());
}

// Blocks of 5000 bytes and more are mapped.
constexpr const char* kMapping = R"(
void *mm_malloc(size_t n) { return n < 5000 ? place(n) : mem_map(n); }
void mm_free(void *p) { if (p != NULL && (char *)p > (char *)mem_heap_hi()) mem_unmap(p); }
)";

void expect_ranges_to_be_told(Abi abi) {
  const TinyAllocator allocator(kMapping, abi);
  const auto subject = launch(allocator.launch_settings());
  Reply reply;
  ASSERT_EQ(subject->begin({}, reply).served, 1u);
  EXPECT_TRUE(subject->mapped().empty());
  const std::vector<Command> commands{malloc_of(24), malloc_of(5000), malloc_of(24), malloc_of(9000)};
  std::vector<Reply> replies(4);
  const std::uint64_t limit = subject->heap().size();
  EXPECT_EQ(subject->serve(commands, replies).served, 2u) << "the rest may depend on what is mapped";
  EXPECT_EQ(replies[1].offset, limit - 8192);
  EXPECT_EQ(replies[1].sbrk_events, kMappedChanged);
  ASSERT_EQ(subject->mapped().size(), 1u);
  EXPECT_EQ(subject->mapped()[0], (HeapRange{limit - 8192, 8192}));
  const auto rest = std::span(commands).subspan(2);
  EXPECT_EQ(subject->serve(rest, std::span(replies).first(2)).served, 2u);
  EXPECT_EQ(subject->mapped().size(), 2u);
  EXPECT_EQ(replies[1].peak_bytes, replies[1].heap_bytes + 8192 + 12288);
  const Command release{.offset = limit - 8192, .verb = Verb::kFree};
  subject->serve({&release, 1}, {&reply, 1});
  EXPECT_EQ(subject->mapped().size(), 1u);
  const Command init{.verb = Verb::kInit};
  subject->serve({&init, 1}, {&reply, 1});
  EXPECT_TRUE(subject->mapped().empty());
  EXPECT_LT(subject->bytes_outside_heap(), 128u << 10);
}

TEST(ChildSubject, TellsWhatIsMapped) { expect_ranges_to_be_told(Abi::kLp64); }
TEST(ChildSubject, TellsWhatIsMappedIn32Bits) {
  SKIP_WHERE_32_BITS_DO_NOT_RUN(true);
  expect_ranges_to_be_told(Abi::kIlp32);
}

TEST(ChildSubject, SharesTheHeapWithTheJudge) {
  const TinyAllocator allocator("");
  const auto subject = launch(allocator.launch_settings());
  Reply reply;
  subject->begin({}, reply);
  const Command command{.size = 5000, .stamp = 7, .verb = Verb::kMalloc};
  subject->serve({&command, 1}, {&reply, 1});
  EXPECT_EQ(subject->touched_bytes(), 8192u);
  subject->end();
  const auto payload = subject->heap().subspan(reply.offset, 5000);
  EXPECT_FALSE(PayloadPattern(PointerWidth::k64).compare(payload, 7, 0)) << "the heap outlives the process";
}

TEST(ChildSubject, TwoAtOnceDoNotMeet) {
  const TinyAllocator allocator("");
  const auto one = launch(allocator.launch_settings());
  const auto other = launch(allocator.launch_settings());
  Reply reply;
  one->begin({}, reply);
  other->begin({}, reply);
  const Command command = malloc_of(24);
  one->serve({&command, 1}, {&reply, 1});
  EXPECT_EQ(reply.offset, 16u);
  other->serve({&command, 1}, {&reply, 1});
  EXPECT_EQ(reply.offset, 16u);
}

TEST(ChildSubject, NewMemoryHoldsWhatTheRunAsksFor) {
  const TinyAllocator allocator("");
  const auto subject = launch(allocator.launch_settings());
  for (const HeapFill fill : {HeapFill::kPattern, HeapFill::kZero}) {
    Reply reply;
    subject->begin({.fill = fill}, reply);
    const Command command{.size = 24, .kept = 24, .verb = Verb::kMalloc};
    subject->serve({&command, 1}, {&reply, 1});
    EXPECT_EQ(subject->heap()[reply.offset], std::byte{fill_byte_of(fill)});
    EXPECT_EQ(subject->heap()[reply.heap_bytes], std::byte{fill_byte_of(fill)}) << "who reads past the end";
    EXPECT_EQ(subject->heap()[reply.heap_bytes + kFilledPastEnd], std::byte{0}) << "farther on nothing is written";
  }
}

TEST(ChildSubject, RefusesTheGrowthsThatTheRunNames) {
  const TinyAllocator allocator("");
  const auto subject = launch(allocator.launch_settings());
  Reply reply;
  subject->begin({.refuse_from = 2, .refuse_count = 1}, reply);
  const Command commands[] = {malloc_of(24), malloc_of(24), malloc_of(24)};
  Reply replies[3];
  subject->serve(commands, replies);
  EXPECT_EQ(replies[0].sbrk_events, 0u);
  EXPECT_EQ(replies[1].sbrk_events, kSbrkRefused);
  EXPECT_EQ(replies[1].offset, subject->null_offset());
  EXPECT_EQ(replies[2].offset, 64u);
}

TEST(ChildSubject, ACrashTellsSignalAddressAndPlace) {
  const Ending ending = ending_of("void *mm_malloc(size_t n) { *(volatile int *)0x28 = 1; return place(n); }");
  EXPECT_EQ(ending.kind, EndingKind::kCrashed);
  EXPECT_EQ(ending.signal, SIGSEGV);
  EXPECT_EQ(ending.address, 0x28u);
  ASSERT_FALSE(ending.backtraces.empty());
  EXPECT_FALSE(ending.backtraces[0].empty());
  EXPECT_FALSE(ending.stack_overflow);
}

TEST(ChildSubject, ACrashIn32BitsTellsThePlaceToo) {
  SKIP_WHERE_32_BITS_DO_NOT_RUN(true);
  const Ending ending =
      ending_of("void *mm_malloc(size_t n) { *(volatile int *)0x28 = 1; return place(n); }", Abi::kIlp32);
  EXPECT_EQ(ending.kind, EndingKind::kCrashed);
  EXPECT_EQ(ending.address, 0x28u);
  EXPECT_FALSE(ending.backtraces.empty());
}

TEST(ChildSubject, EndlessRecursionIsAStackOverflow) {
  const Ending ending = ending_of(
      "static int deep(volatile int *p) { int here[64]; here[0] = *p; return deep(here) + here[0]; }\n"
      "void *mm_malloc(size_t n) { int x = (int)n; return place((size_t)deep(&x)); }");
  EXPECT_EQ(ending.kind, EndingKind::kCrashed);
  EXPECT_TRUE(ending.stack_overflow);
}

TEST(ChildSubject, AFailedAssertionShowsItsMessage) {
  const Ending ending =
      ending_of("#include <assert.h>\nvoid *mm_malloc(size_t n) { assert(n == 0); return place(n); }");
  EXPECT_EQ(ending.kind, EndingKind::kCrashed);
  EXPECT_EQ(ending.signal, SIGABRT);
  EXPECT_NE(ending.output.find("Assertion `n == 0' failed"), std::string::npos) << ending.output;
}

TEST(ChildSubject, ALoopIsEndedAndSampled) {
  const Ending ending = ending_of("void *mm_malloc(size_t n) { for (;;) ; return place(n); }");
  EXPECT_EQ(ending.kind, EndingKind::kHung);
  EXPECT_GE(ending.backtraces.size(), 2u);
}

TEST(ChildSubject, SlowButSteadyProgressEndsAtTheDeadlineOfTheTrace) {
  const TinyAllocator allocator(
      "void *mm_malloc(size_t n) { for (volatile long i = 0; i < 20000000; ++i) ; return place(n); }");
  LaunchSettings settings = allocator.launch_settings();
  settings.request_seconds = 5;
  settings.trace_seconds = 0.3;
  const auto subject = launch(settings);
  Reply reply;
  subject->begin({}, reply);
  const std::vector<Command> commands(1000, malloc_of(8));
  std::vector<Reply> replies(1000);
  EXPECT_TRUE(subject->serve(commands, replies).ended);
  EXPECT_EQ(subject->end().kind, EndingKind::kResourceLimit);
  EXPECT_EQ(subject->end().limit, "CPU time");
}

// Starting the process is the machine's work, and not measured by the rubric's deadlines.
TEST(ChildSubject, AShortDeadlineDoesNotForbidToStart) {
  const TinyAllocator allocator("");
  LaunchSettings settings = allocator.launch_settings();
  settings.request_seconds = settings.trace_seconds = 1e-9;
  for (int i = 0; i < 20; ++i) EXPECT_NO_THROW(launch(settings));
}

TEST(ChildSubject, ExitIsSeenWithItsStatus) {
  const Ending ending = ending_of("void *mm_malloc(size_t n) { exit(3); }");
  EXPECT_EQ(ending.kind, EndingKind::kExited);
  EXPECT_EQ(ending.exit_status, 3);
  EXPECT_FALSE(ending.backtraces.empty());
}

TEST(ChildSubject, AForbiddenSystemCallIsNamed) {
  const Ending ending = ending_of(
      "#include <sys/socket.h>\n"
      "void *mm_malloc(size_t n) { socket(AF_INET, SOCK_STREAM, 0); return place(n); }");
  EXPECT_EQ(ending.kind, EndingKind::kForbiddenSyscall);
  EXPECT_EQ(ending.syscall, "socket");
}

TEST(ChildSubject, AConstructorRunsInsideTheSandbox) {
  const Ending ending = ending_of(
      "#include <signal.h>\n"
      "__attribute__((constructor)) static void early(void) { kill(getppid(), SIGKILL); puts(\"?\"); }");
  EXPECT_EQ(ending.kind, EndingKind::kForbiddenSyscall);
  EXPECT_EQ(ending.syscall, "kill");
  EXPECT_TRUE(ending.while_loading);
  EXPECT_FALSE(ending.backtraces.empty()) << "it is told where";
}

TEST(ChildSubject, AConstructorThatNeverReturnsIsEnded) {
  EXPECT_EQ(ending_of("__attribute__((constructor)) static void early(void) { for (;;) ; }").kind,
            EndingKind::kHung);
}

TEST(ChildSubject, AConstructorSeesNoFile) {
  const Ending ending = ending_of(
      "#include <fcntl.h>\n"
      "static int got;\n"
      "__attribute__((constructor)) static void early(void) { got = open(\"/etc/passwd\", O_RDONLY); }\n"
      "void *mm_malloc(size_t n) { printf(\"got %d\\n\", got); return place(n); }");
  EXPECT_EQ(ending.output, "got -1\n");
}

TEST(ChildSubject, PrintedTextIsKeptUpToItsEnd) {
  const Ending ending = ending_of(
      "void *mm_malloc(size_t n) { for (int i = 0; i < 100000; ++i) printf(\"line %d\\n\", i); return place(n); }");
  EXPECT_EQ(ending.kind, EndingKind::kDismissed);
  EXPECT_TRUE(ending.output.ends_with("line 99999\n"));
  EXPECT_GT(ending.output_bytes, 1'000'000u);
  EXPECT_LE(ending.output.size(), 64u << 10);
}

TEST(ChildSubject, AFloodOfOutputIsDroppedAndHarmsNobody) {
  const TinyAllocator allocator(
      "void *mm_malloc(size_t n) { static char mud[1 << 16]; for (int i = 0; i < 4096; ++i) write(1, mud, sizeof mud);"
      " return place(n); }");
  const Ending ending = ending_after_malloc(allocator.launch_settings());
  EXPECT_EQ(ending.kind, EndingKind::kDismissed);
  EXPECT_EQ(ending.output_bytes, 16u << 20);
}

TEST(ChildSubject, MemoryOutsideTheHeapIsCounted) {
  const TinyAllocator allocator(
      "static char hoard[4 << 20];\n"
      "void *mm_malloc(size_t n) { memset(hoard, 1, sizeof hoard); return place(n); }");
  const auto subject = launch(allocator.launch_settings());
  Reply reply;
  subject->begin({}, reply);
  EXPECT_LT(subject->bytes_outside_heap(), 64u << 10);
  const Command command = malloc_of(8);
  subject->serve({&command, 1}, {&reply, 1});
  EXPECT_GE(subject->bytes_outside_heap(), 4u << 20);
}

TEST(ChildSubject, BoolAndIntMeanOppositeThings) {
  const TinyAllocator returns_true("#include <stdbool.h>\nbool mm_init(void) { return true; }");
  LaunchSettings settings = returns_true.launch_settings();
  settings.interface.init_returns_bool = true;
  Reply reply;
  launch(settings)->begin({}, reply);
  EXPECT_EQ(reply.offset, kInitOk);
  const TinyAllocator returns_minus_one("int mm_init(void) { return -1; }");
  launch(returns_minus_one.launch_settings())->begin({}, reply);
  EXPECT_EQ(reply.offset, kInitFailed);
}

// Each layer that is left out is named.
TEST(ChildSubject, SaysWhatTheSandboxLacks) {
  const TinyAllocator allocator("");
  LaunchSettings settings = allocator.launch_settings();
  settings.sandbox = {.seccomp = true, .landlock = false, .namespaces = false};
  const auto subject = launch(settings);
  const std::string isolation = subject->isolation();
  EXPECT_NE(isolation.find("no Landlock"), std::string::npos) << isolation;
  EXPECT_NE(isolation.find("no namespaces"), std::string::npos) << isolation;
  Reply reply;
  EXPECT_EQ(subject->begin({}, reply).served, 1u);
}

TEST(ChildSubject, RunsNothingInLessThanTheFullSandboxWhereThatIsDemanded) {
  const TinyAllocator allocator("");
  LaunchSettings settings = allocator.launch_settings();
  settings.sandbox = {.landlock = false, .in_full = true};
  EXPECT_THROW(launch(settings), std::runtime_error);
}

// Crashes are this program's daily bread: no machine's collector of cores is to be fed with them.
TEST(ChildSubject, LeavesNoCore) {
  const TinyAllocator allocator(
      "#include <sys/prctl.h>\n"
      "void *mm_malloc(size_t n) { printf(\"%d\\n\", prctl(PR_GET_DUMPABLE)); return place(n); }");
  LaunchSettings settings = allocator.launch_settings();
  settings.sandbox.seccomp = false;
  EXPECT_EQ(ending_after_malloc(settings).output, "0\n");
}

TEST(ChildSubject, WithoutSeccompTheOtherLayersStillHold) {
  const TinyAllocator allocator(
      "#include <fcntl.h>\n"
      "void *mm_malloc(size_t n) { printf(\"%d %d\\n\", open(\"/etc/passwd\", O_RDONLY), fork()); return place(n); }");
  LaunchSettings settings = allocator.launch_settings();
  settings.sandbox.seccomp = false;
  const auto subject = launch(settings);
  if (subject->isolation().find("Landlock") != std::string::npos) return;  // nothing is left to hold
  EXPECT_EQ(ending_after_malloc(settings).output, "-1 -1\n");
}

}  // namespace
}  // namespace heapjudge
