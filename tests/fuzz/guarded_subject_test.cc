// What the guard sees, and that a submission that does not survive leaves nothing behind.
#include "fuzz/guarded_subject.h"

#include <gtest/gtest.h>

#include <csignal>

#include "fuzz/escape_ending.h"
#include "tests/fuzz/guarded_text.h"
#include "tests/fuzz/heap_place.h"
#include "trace/random.h"
#include "trace/trace_builder.h"

namespace heapjudge {
namespace {

// Block after block, each with its size in front.
constexpr const char* kBump = R"(
int mm_init(void) { return 0; }
static void *place(size_t n) {
  size_t *block = mem_sbrk((n + 31) & ~(size_t)15);
  if (block == (void *)-1) return NULL;
  *block = n;
  return block + 2;
}
void *mm_realloc(void *p, size_t n) { (void)p; (void)n; return NULL; }
)";

std::string bump_with(const std::string& functions) { return kBump + functions; }

constexpr const char* kPlainMalloc = "void *mm_malloc(size_t n) { return place(n); }\n";

Trace two_blocks_one_freed() {
  TraceBuilder builder;
  const BlockId first = builder.allocate(100);
  builder.allocate(40);
  builder.free(first);
  return builder.build("two");
}

// All that mm_free may do wrong is on the line of the text that `line` counts, from 1.
std::string on_line(std::size_t line, const std::string& function) {
  return "mm.c:" + std::to_string(GuardedText::kLinesBefore + line) + " in " + function;
}
constexpr std::size_t kFreeLine = 11;

struct Escaped {
  ReplayResult result;
  Fault fault;
  std::string place;
};

// Runs two_blocks_one_freed() with this mm_free.
Escaped run_with_free(const std::string& free) {
  GuardedText text(bump_with(kPlainMalloc + free));
  ReplayResult result = text.run(two_blocks_one_freed());
  EXPECT_TRUE(text.subject().escape().has_value());
  const Fault fault = text.subject().escape() ? fault_of(*text.subject().escape()) : Fault::kMisaligned;
  return {std::move(result), fault, text.place_of_escape()};
}

TEST(Guard, LetsAnHonestAllocatorPass) {
  GuardedText text(bump_with(kPlainMalloc + std::string("void mm_free(void *p) { memset(p, 1, 100); }\n")));
  EXPECT_TRUE(text.run(two_blocks_one_freed()).is_sound());
  EXPECT_FALSE(text.subject().escape().has_value());
  EXPECT_EQ(text.subject().is_instrumented(), !kUnderAsan) << "its runtime is told of the counters in our place";
}

TEST(Guard, ConvictsAStoreIntoALivePayloadOnItsLine) {
  const Escaped escaped = run_with_free("void mm_free(void *p) { ((char *)p)[128 + 39] = 1; }\n");
  EXPECT_TRUE(escaped.result.ended);
  EXPECT_EQ(escaped.result.ended_at, 3u);
  EXPECT_EQ(escaped.fault, Fault::kPayloadChanged);
  EXPECT_EQ(escaped.place, on_line(kFreeLine, "mm_free"));
}

TEST(Guard, ConvictsAStoreThatIsUndoneAtOnce) {
  const Escaped escaped = run_with_free(
      "void mm_free(void *p) { volatile char *q = (char *)p + 130; char old = *q; *q = 1; *q = old; }\n");
  EXPECT_EQ(escaped.fault, Fault::kPayloadChanged);
  EXPECT_EQ(escaped.place, on_line(kFreeLine, "mm_free"));
}

TEST(Guard, KnowsThePayloadsEndToTheByte) {
  GuardedText text(bump_with(kPlainMalloc + std::string("void mm_free(void *p) { ((char *)p)[128 + 40] = 1; }\n")));
  EXPECT_TRUE(text.run(two_blocks_one_freed()).is_sound());
}

TEST(Guard, ConvictsAStorePastTheHeapsEnd) {
  const Escaped escaped = run_with_free("void mm_free(void *p) { (void)p; *((char *)mem_heap_hi() + 1) = 1; }\n");
  EXPECT_EQ(escaped.fault, Fault::kWroteOutsideHeap);
  EXPECT_EQ(escaped.place, on_line(kFreeLine, "mm_free"));
}

TEST(Guard, LooksAtWhatLibcWritesForTheSubmission) {
  for (const char* call : {"memset(q, 0, 8)", "memcpy(q, p, 8)", "memmove(q, p, 8)", "mem_memset(q, 0, 8)"}) {
    const Escaped escaped =
        run_with_free("void mm_free(void *p) { char *q = (char *)p + 128; " + std::string(call) + "; }\n");
    EXPECT_EQ(escaped.fault, Fault::kPayloadChanged) << call;
    EXPECT_EQ(escaped.place, on_line(kFreeLine, "mm_free")) << call;
  }
}

// A copy that the compiler expands has no callback.
std::string free_that_copies_to(const std::string& place) {
  return bump_with(kPlainMalloc + ("struct four { long words[4]; };\n"
                                   "void mm_free(void *p) { *(struct four *)(" + place + ") = *(struct four *)p; }\n"));
}

TEST(Guard, SweepsForWhatItCannotSee) {
  GuardedText text(free_that_copies_to("(char *)p + 128"));
  const ReplayResult result = text.run(two_blocks_one_freed());
  ASSERT_TRUE(result.violation.has_value());
  EXPECT_EQ(result.violation->fault, Fault::kPayloadChanged);
  EXPECT_EQ(result.request(), 3u);
}

TEST(Guard, SweepsPastTheHeapsEnd) {
  GuardedText text(free_that_copies_to("(char *)mem_heap_hi() + 1"));
  const ReplayResult result = text.run(two_blocks_one_freed());
  ASSERT_TRUE(result.violation.has_value());
  EXPECT_EQ(result.violation->fault, Fault::kWroteOutsideHeap);
  EXPECT_EQ(result.request(), 3u);
}

TEST(Guard, SweepsPastAnEndThatIsLost) {
  GuardedText text(free_that_copies_to("(char *)mem_heap_hi() + 1"));
  TraceBuilder builder;
  builder.free(builder.allocate(100));
  builder.init();
  const ReplayResult result = text.run(builder.build("init"));
  ASSERT_TRUE(result.violation.has_value());
  EXPECT_EQ(result.violation->fault, Fault::kWroteOutsideHeap);
}

TEST(Guard, TakesReadsOfPayloadAsANote) {
  GuardedText text(bump_with(
      kPlainMalloc + std::string("static volatile char seen;\nvoid mm_free(void *p) { seen = ((char *)p)[128]; }\n")));
  EXPECT_TRUE(text.run(two_blocks_one_freed()).is_sound());
  EXPECT_EQ(text.subject().take_payload_reads().count, 1u);
}

TEST(Guard, EndsAHangByItsSteps) {
  const Escaped escaped = run_with_free("void mm_free(void *p) { while (*(volatile char *)p || 1) ; }\n");
  EXPECT_EQ(escaped.fault, Fault::kNoProgress);
  EXPECT_EQ(escaped.place, on_line(kFreeLine, "mm_free"));
}

TEST(Guard, EndsALoopWithoutAnyStep) {
  const Escaped escaped = run_with_free("void mm_free(void *p) { for (unsigned i = 0;; ++i) __asm__ volatile(\"\"); }\n");
  EXPECT_EQ(escaped.fault, Fault::kNoProgress);
}

TEST(Guard, ComesBackFromCrashes) {
  struct Crash {
    const char* body;
    int signal;
  };
  for (const Crash& crash : {Crash{"*(volatile int *)16 = 1;", SIGSEGV}, Crash{"abort();", SIGABRT},
                             Crash{"__builtin_trap();", SIGILL}, Crash{"memset((void *)16, 0, 8);", SIGSEGV}}) {
    const Escaped escaped = run_with_free("void mm_free(void *p) { " + std::string(crash.body) + " }\n");
    EXPECT_EQ(escaped.fault, Fault::kCrash) << crash.body;
    EXPECT_EQ(escaped.place, on_line(kFreeLine, "mm_free")) << crash.body;
  }
}

TEST(Guard, ComesBackFromAnEndlessRecursion) {
  GuardedText text(bump_with(kPlainMalloc + std::string("int deeper(volatile int *n) { volatile int m = *n; return deeper(&m) + m; }\n"
                                                        "void mm_free(void *p) { deeper(p); }\n")));
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(text.run(two_blocks_one_freed()).ended);
    ASSERT_TRUE(text.subject().escape().has_value());
  }
}

TEST(Guard, ComesBackFromAnExit) {
  GuardedText text(bump_with(kPlainMalloc + std::string("void mm_free(void *p) { if (p) exit(3); }\n")));
  EXPECT_TRUE(text.run(two_blocks_one_freed()).ended);
  EXPECT_EQ(text.subject().end().kind, EndingKind::kExited);
  EXPECT_EQ(text.subject().end().exit_status, 3);
}

TEST(Guard, PutsStaticDataBackAfterACrash) {
  GuardedText text(bump_with("static int calls = 7; static int more;\n"
                             "void *mm_malloc(size_t n) { if (calls != 7 + more) abort(); ++calls; ++more; return place(n); }\n"
                             "void mm_free(void *p) { calls = 1; *(volatile int *)16 = *(int *)p; }\n"));
  for (int i = 0; i < 100; ++i) {
    const ReplayResult result = text.run(two_blocks_one_freed());
    ASSERT_TRUE(result.ended);
    ASSERT_EQ(result.ended_at, 3u) << "execution " << i;
  }
}

TEST(Guard, PutsMuchStaticDataBackWhereItWasWritten) {
  GuardedText text(bump_with("static int table[1 << 20] = {0, 5};\n"
                             "void *mm_malloc(size_t n) {\n"
                             "  if (table[1] != 5 || table[900000] != 0 || table[500000] != 0) abort();\n"
                             "  return place(n);\n}\n"
                             "void mm_free(void *p) { table[1] = table[900000] = 1; memset(table + 500000, 1, 8); (void)p; }\n"));
  for (int i = 0; i < 10; ++i) ASSERT_TRUE(text.run(two_blocks_one_freed()).is_sound()) << "execution " << i;
}

TEST(Guard, KeepsStaticDataWhenAsked) {
  GuardedText text(bump_with("static int runs;\n"
                             "void *mm_malloc(size_t n) { if (runs != 0) abort(); return place(n); }\n"
                             "void mm_free(void *p) { (void)p; ++runs; }\n"));
  EXPECT_TRUE(text.run(two_blocks_one_freed()).is_sound());
  text.subject().keep_static_data(true);
  EXPECT_TRUE(text.run(two_blocks_one_freed()).ended);
  text.subject().keep_static_data(false);
  EXPECT_TRUE(text.run(two_blocks_one_freed()).is_sound());
}

TEST(Guard, EmptiesTheHeapBetweenExecutions) {
  GuardedText text(bump_with("void *mm_malloc(size_t n) { char *p = place(n); for (size_t i = 0; i < n; ++i) if (p[i]) abort(); return p; }\n"
                             "void mm_free(void *p) { memset(p, 1, 100); }\n"));
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(text.run(two_blocks_one_freed()).is_sound()) << "execution " << i;
}

// Of large payloads only samples are filled and looked at.
TEST(Guard, SeesWhatAReallocOfALargeBlockLoses) {
  GuardedText text(
      "int mm_init(void) { return 0; }\n"
      "void *mm_malloc(size_t n) { void *p = mem_sbrk((n + 15) & ~(size_t)15); return p == (void *)-1 ? NULL : p; }\n"
      "void mm_free(void *p) { (void)p; }\n"
      "void *mm_realloc(void *p, size_t n) { void *q = mm_malloc(n); return memcpy(q, p, n == 40000 ? 20000 : 10000); }\n");
  TraceBuilder builder;
  const BlockId large = builder.allocate(20000);
  builder.resize(large, 40000);
  EXPECT_TRUE(text.run(builder.build("whole")).is_sound());
  builder.resize(large, 30000);
  const ReplayResult result = text.run(builder.build("part"));
  ASSERT_TRUE(result.violation.has_value());
  EXPECT_EQ(result.violation->fault, Fault::kReallocLost);
  ASSERT_TRUE(result.violation->damage.has_value());
  // The first sample past what was copied; of its first word the first byte is zero.
  const std::uint64_t lost = text.subject().is_instrumented() ? 13312 + 1 : 10000;
  EXPECT_EQ(result.violation->damage->first_offset - result.violation->offset, lost);
}

// mm_init writes wherever a payload lay before it.
TEST(Guard, ForgetsPayloadsWhereverTheyLay) {
  GuardedText text(
      "static char *grown, *mapped;\n"
      "static int overwrite(char *p) { for (size_t i = 0; i < 1 << 20; i += 8) *(size_t *)(p + i) = 1; return 0; }\n"
      "int mm_init(void) { grown = mem_sbrk(1 << 20); mapped = mem_map(1 << 20); return overwrite(grown) + overwrite(mapped); }\n"
      "void *mm_malloc(size_t n) { return (n % 16 ? mapped : grown) + n * 1000 / 16 * 16; }\n"
      "void mm_free(void *p) { overwrite(p < (void *)mapped ? grown : mapped); }\n"
      "void *mm_realloc(void *p, size_t n) { (void)p; (void)n; return NULL; }\n");
  TraceBuilder builder;
  BlockId last = kNoBlock;
  for (int round = 0; round < 2; ++round) {
    if (round == 1) builder.init();
    for (const std::uint64_t bytes : {16u, 40u, 512u, 680u, 992u, 1000u}) last = builder.allocate(bytes);
  }
  const Trace fills = builder.build("fills");
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(text.run(fills).is_sound()) << "execution " << i;
  builder.free(last);
  EXPECT_TRUE(text.run(builder.build("overwrites")).ended) << "what is live is not forgotten";
}

// Whoever asks for memory looks whether all of it is zero. Samples of payloads lie in it wherever blocks begin.
TEST(Guard, ClearsAllThatLayInTheHeap) {
  GuardedText text(
      "static char *last;\n"
      "static size_t size;\n"
      "static char *grow(size_t n) {\n"
      "  char *p = mem_sbrk(n);\n"
      "  for (size_t i = 0; i < n; ++i) if (p[i]) return NULL;\n"
      "  return p;\n"
      "}\n"
      "int mm_init(void) { return 0; }\n"
      "void *mm_malloc(size_t n) { size = n; return last = grow(n); }\n"
      "void mm_free(void *p) { (void)p; }\n"
      "void *mm_realloc(void *p, size_t n) {\n"
      "  if (p != last || grow(n - size) == NULL) return NULL;\n"
      "  size = n;\n"
      "  return p;\n"
      "}\n");
  Random random(1);
  for (int execution = 0; execution < 60; ++execution) {
    TraceBuilder builder;
    for (int i = 0; i < 20; ++i) {
      const std::uint64_t size = 16 * random.between(1, random.one_in(3) ? 4000 : 300);
      const BlockId block = builder.allocate(size);
      if (random.one_in(3)) builder.resize(block, size + 16 * random.between(1, 2000));
    }
    const ReplayResult result = text.run(builder.build("grows"));
    ASSERT_TRUE(result.is_sound()) << "execution " << execution << ", request " << result.request();
  }
}

// A copy that the compiler expands, far from all other use. Whether somebody copies like this is found out soon; from
// then on every execution begins with an empty heap.
TEST(Guard, ClearsWhatWasUsedUnseen) {
  GuardedText text(
      "struct four { long words[4]; };\n"
      "static const struct four ones = {{1, 1, 1, 1}};\n"
      "int mm_init(void) { return 0; }\n"
      "void *mm_malloc(size_t n) {\n"
      "  char *p = mem_sbrk(1 << 20);\n"
      "  struct four *far = (struct four *)(p + (1 << 19));\n"
      "  if (far->words[0] != 0) return NULL;\n"
      "  if (n >= 24) *far = ones;\n"
      "  return p;\n"
      "}\n"
      "void mm_free(void *p) { (void)p; }\n"
      "void *mm_realloc(void *p, size_t n) { (void)p; (void)n; return NULL; }\n");
  const auto run = [&](std::uint64_t size) {
    TraceBuilder builder;
    builder.allocate(size);
    return text.run(builder.build("one")).is_sound();
  };
  for (int execution = 0; execution < 100; ++execution) ASSERT_TRUE(run(8)) << execution;
  for (int execution = 0; execution < 100; ++execution) run(24);
  for (int execution = 0; execution < 100; ++execution) ASSERT_TRUE(run(24)) << execution;
}

// The last sample of the second block would lie past the end.
TEST(Guard, ClearsAHeapThatEndsWithinAPage) {
  GuardedText text(
      "int mm_init(void) { return 0; }\n"
      "void *mm_malloc(size_t n) { return mem_sbrk(n); }\n"
      "void mm_free(void *p) { (void)p; }\n"
      "void *mm_realloc(void *p, size_t n) { (void)p; (void)n; return NULL; }\n", 10'000);
  TraceBuilder builder;
  builder.allocate(2048);
  builder.allocate(7904);
  const Trace trace = builder.build("two");
  for (int execution = 0; execution < 3; ++execution) EXPECT_TRUE(text.run(trace).is_sound()) << execution;
}

TEST(Guard, KnowsMappedRanges) {
  GuardedText text(
      "int mm_init(void) { return 0; }\n"
      "void *mm_malloc(size_t n) { char *p = mem_map(n + 16); if (p == NULL) return NULL; p[n + 15] = 1; return p; }\n"
      "void mm_free(void *p) { mem_unmap(p); *(char *)p = 1; }\n"
      "void *mm_realloc(void *p, size_t n) { (void)p; (void)n; return NULL; }\n");
  const ReplayResult result = text.run(two_blocks_one_freed());
  EXPECT_EQ(result.ended_at, 3u);
  ASSERT_TRUE(text.subject().escape().has_value());
  EXPECT_EQ(fault_of(*text.subject().escape()), Fault::kWroteOutsideHeap);
}

TEST(Guard, StartsTheSubmissionsOwnLibcHeapAfresh) {
  GuardedText text(bump_with("void *mm_malloc(size_t n) { if (malloc(1 << 20) == NULL) abort(); return place(n); }\n"
                             "void mm_free(void *p) { free(p); }\n"));
  for (int i = 0; i < 100; ++i) {
    ASSERT_TRUE(text.run(two_blocks_one_freed()).ended);
    ASSERT_EQ(text.subject().end().signal, SIGABRT) << "freeing what is not of that heap";
  }
}

TEST(Guard, TellsAllFramesWhenAsked) {
  GuardedText text(bump_with(kPlainMalloc +
                             std::string("__attribute__((noinline)) static void inner(char *p) { p[128] = 1; }\n"
                                         "void mm_free(void *p) { inner(p); __asm__ volatile(\"\"); }\n")));
  text.run(two_blocks_one_freed());
  ASSERT_TRUE(text.subject().escape().has_value());
  EXPECT_EQ(text.subject().escape()->depth, 1u);
  heapjudge_guard_want_backtraces(true);
  text.run(two_blocks_one_freed());
  heapjudge_guard_want_backtraces(false);
  EXPECT_EQ(text.subject().escape()->depth, 2u);
}

}  // namespace
}  // namespace heapjudge
