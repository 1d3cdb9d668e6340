// Honest submissions that ask more of loader, sandbox and address space than most do.
#include <gtest/gtest.h>

#include "subject/child_subject.h"
#include "tests/test_main.h"
#include "tests/tiny_allocator.h"

namespace heapjudge {
namespace {

// Whether a block can be had and the subject then ends in peace; else what it printed.
std::string outcome(const LaunchSettings& settings) {
  const auto subject = launch(settings);
  Reply reply;
  bool ended = subject->begin({}, reply).ended;
  const Command command{.size = 24, .verb = Verb::kMalloc};
  if (!ended) ended = subject->serve({&command, 1}, {&reply, 1}).ended;
  const Ending& ending = subject->end();
  if (ended)
    return "ended (" + std::to_string(static_cast<int>(ending.kind)) + ") " + ending.syscall + ending.output;
  return reply.offset == subject->null_offset() ? "no block" : "works";
}

std::string outcome_of(const std::string& source, Abi abi = Abi::kLp64) {
  const TinyAllocator allocator(source, abi);
  return outcome(allocator.launch_settings());
}

// A function within a function whose address is taken: gcc makes it a trampoline on an executable stack.
TEST(OddSubmission, ANestedFunctionNeedsAnExecutableStack) {
  const std::string source =
      "__attribute__((noipa)) static size_t apply(size_t (*f)(size_t)) { return f(1); }\n"
      "void *mm_malloc(size_t n) {\n"
      "  size_t add(size_t x) { return x + n; }\n"
      "  return place(apply(add));\n"
      "}\n";
  EXPECT_EQ(outcome_of(source), "works");
  SKIP_WHERE_32_BITS_DO_NOT_RUN(true);
  EXPECT_EQ(outcome_of(source, Abi::kIlp32), "works");
}

TEST(OddSubmission, ThreadLocalScalars) {
  EXPECT_EQ(outcome_of("static __thread int calls;\nvoid *mm_malloc(size_t n) { ++calls; return place(n); }"),
            "works");
}

TEST(OddSubmission, AResolverThatChoosesAFunction) {
  EXPECT_EQ(outcome_of("static int one(void) { return 1; }\n"
                       "static int (*resolve(void))(void) { return one; }\n"
                       "int chosen(void) __attribute__((ifunc(\"resolve\")));\n"
                       "void *mm_malloc(size_t n) { return chosen() == 1 ? place(n) : NULL; }"),
            "works");
}

TEST(OddSubmission, SegmentsOfLargeAlignment) {
  EXPECT_EQ(outcome_of("static char book[64] __attribute__((aligned(1 << 21)));\n"
                       "void *mm_malloc(size_t n) { return ++book[n] == 1 ? place(n) : NULL; }"),
            "works");
}

TEST(OddSubmission, ManyMegabytesOfStaticData) {
  const std::string source =
      "static char book[90 << 20];\n"
      "void *mm_malloc(size_t n) { return ++book[n] == 1 ? place(n) : NULL; }";
  EXPECT_EQ(outcome_of(source), "works");
  SKIP_WHERE_32_BITS_DO_NOT_RUN(true);
  EXPECT_EQ(outcome_of(source, Abi::kIlp32), "works");
}

TEST(OddSubmission, ALibraryOfManyMegabytes) {
  EXPECT_EQ(outcome_of("static const char table[50 << 20] = {1, [(50 << 20) - 1] = 2};\n"
                       "void *mm_malloc(size_t n) { return table[n] == 0 ? place(n) : NULL; }"),
            "works");
}

TEST(OddSubmission, AConstructorThatPrints) {
  EXPECT_EQ(outcome_of("__attribute__((constructor)) static void early(void) { printf(\"hello\\n\"); }"),
            "works");
}

TEST(OddSubmission, HeapsOfEverySize) {
  const TinyAllocator allocator("");
  LaunchSettings settings = allocator.launch_settings();
  for (const std::uint64_t bytes : {1ull << 12, 5ull << 12, 1ull << 30, 1ull << 36, 1ull << 40}) {
    settings.heap_limit_bytes = bytes;
    EXPECT_EQ(outcome(settings), "works") << bytes;
  }
}

TEST(OddSubmission, AGibibyteOfHeapIn32Bits) {
  SKIP_WHERE_32_BITS_DO_NOT_RUN(true);
  const TinyAllocator allocator("", Abi::kIlp32);
  LaunchSettings settings = allocator.launch_settings();
  settings.heap_limit_bytes = 1u << 30;
  EXPECT_EQ(outcome(settings), "works");
}

}  // namespace
}  // namespace heapjudge
