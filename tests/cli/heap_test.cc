// heapjudge heap from outside.
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "tests/cli/shell.h"
#include "tests/test_main.h"

namespace heapjudge {
namespace {

constexpr const char* kSound = R"(
#include "memlib.h"
int mm_init(void) { return 0; }
void *mm_malloc(unsigned long size) {
  void *block = mem_sbrk((size + 15) & ~15ul);
  return block == (void *)-1 ? 0 : block;
}
void mm_free(void *block) {}
)";

class HeapCommand : public testing::Test {
 protected:
  HeapCommand() {
    shell_.write("mm.c", kSound);
    shell_.write("two.rep", "0\n2\n4\n1\na 0 100\na 1 200\nf 0\nf 1\n");
    shell_.write("none.rep", "0\n0\n0\n1\n");
    shell_.write("rubric.yaml", "heapjudge: 1\ntraces:\n  - {file: two.rep, hidden: true}\n");
  }

  ShellResult heap(const std::string& arguments) const {
    return shell_.run((binary_dir() / "bin" / "heapjudge").string() + " heap " + arguments);
  }

  Shell shell_;
};

TEST_F(HeapCommand, DrawsACarpetInTheTerminal) {
  const ShellResult result = heap("mm.c -f two.rep");
  EXPECT_EQ(result.status, 0) << result.errors;
  EXPECT_NE(result.output.find("mm.c  carpet of two.rep"), std::string::npos) << result.output;
  EXPECT_NE(result.output.find("the live payload at most 300 bytes (after #2)"), std::string::npos)
      << result.output;
}

TEST_F(HeapCommand, DrawsTheMapAfterARequest) {
  const ShellResult result = heap("mm.c -f two.rep --at 3");
  EXPECT_NE(result.output.find("after #3 the heap is 320 bytes: 1 block"), std::string::npos)
      << result.output;
}

TEST_F(HeapCommand, TellsHowLongRequestsTake) {
  const ShellResult result = heap("mm.c -f two.rep --vs bump --picture latency");
  EXPECT_EQ(result.status, 0) << result.errors;
  EXPECT_NE(result.output.find("mm.c  latency of two.rep"), std::string::npos) << result.output;
  EXPECT_NE(result.output.find("bump  latency of two.rep"), std::string::npos) << result.output;
  EXPECT_NE(result.output.find("half of the requests take up to "), std::string::npos) << result.output;
}

TEST_F(HeapCommand, DoesNotClockWhatBreaksARule) {
  shell_.write("bad.c", "int mm_init(void) { return 0; }\nvoid *mm_malloc(unsigned long size) { return (void *)8; }\n"
                        "void mm_free(void *block) {}\n");
  const ShellResult result = heap("bad.c -f two.rep --picture latency");
  EXPECT_EQ(result.status, 1) << result.errors;
  EXPECT_NE(result.output.find("how long its requests take is not known: it broke a rule"), std::string::npos)
      << result.output;
}

TEST_F(HeapCommand, WritesAnSvgFileAndNothingElse) {
  const ShellResult result = heap("mm.c -f two.rep --vs bump --svg two.svg");
  EXPECT_EQ(result.status, 0) << result.errors;
  EXPECT_EQ(result.output, "");
  const std::string svg = shell_.read("two.svg");
  EXPECT_TRUE(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
  EXPECT_NE(svg.find(">bump: carpet of two.rep<"), svg.npos);
  EXPECT_NE(heap("mm.c -f two.rep --svg two.svg --term").output, "");
}

TEST_F(HeapCommand, WritesAReportOfBothAllocators) {
  const ShellResult result = heap("mm.c -f two.rep --vs bump --html two.html");
  EXPECT_EQ(result.status, 0) << result.errors;
  EXPECT_EQ(result.output, "");
  const std::string html = shell_.read("two.html");
  EXPECT_TRUE(html.starts_with("<!DOCTYPE html>") && html.ends_with("</html>\n"));
  EXPECT_NE(html.find("<h1>The heap over two.rep: mm.c and bump</h1>"), html.npos);
  EXPECT_NE(html.find("heapjudge heap mm.c -f two.rep --vs bump --html two.html"), html.npos);
}

// On blocks of many sizes: what is written stays within what the README says, all pictures and tables included.
TEST_F(HeapCommand, AReportOfManyRequestsIsSmall) {
  const std::string program = (binary_dir() / "bin" / "heapjudge").string();
  const std::string spec = (source_dir() / "traces/specs/random-uniform.yaml").string();
  for (const auto& [requests, most_kib] : {std::pair{50000, 400u}, std::pair{500000, 3u << 10}}) {
    SCOPED_TRACE(requests);
    const ShellResult made = shell_.run(program + " trace gen " + spec + " --set phases.0.stream.requests=" +
                                        std::to_string(requests) + " -o many.rep");
    ASSERT_EQ(made.status, 0) << made.errors;
    ASSERT_EQ(heap("segregated -f many.rep --html many.html").status, 0);
    const std::string html = shell_.read("many.html");
    EXPECT_LT(html.size(), most_kib << 10);
    EXPECT_NE(html.find("Bytes in holes by their size"), html.npos);
  }
}

TEST_F(HeapCommand, ShowsTheHeapUpToABrokenRule) {
  shell_.write(
      "mm.c",
      "#include \"memlib.h\"\nint mm_init(void) { return (char *)mem_sbrk(4096) == (char *)-1 ? -1 : 0; }\n"
      "void *mm_malloc(unsigned long size) { return mem_heap_lo(); }\nvoid mm_free(void *block) {}\n");
  const ShellResult result = heap("mm.c -f two.rep");
  EXPECT_EQ(result.status, 1) << result.errors;
  EXPECT_NE(result.output.find("broke a rule [E103]"), std::string::npos) << result.output;
}

TEST_F(HeapCommand, WhatCannotBeDrawnIsSaidInOneLine) {
  const auto expect_refusal = [&](const std::string& arguments, const std::string& why) {
    const ShellResult result = heap(arguments);
    EXPECT_EQ(result.status, 2) << arguments;
    EXPECT_NE(result.errors.find(why), std::string::npos) << result.errors;
    EXPECT_EQ(result.output, "");
  };
  expect_refusal("mm.c", "a picture is of one trace: choose it with -f");
  expect_refusal("mm.c -f none.rep", "none.rep has no requests");
  expect_refusal("mm.c -f two.rep --zoom 5:9", "--zoom: the trace has 4 requests");
  expect_refusal("mm.c -f two.rep --zoom 2", "--zoom: expected two numbers of requests, A:B, got '2'");
  expect_refusal("mm.c -f two.rep --at 5", "--at: the trace has 4 requests");
  expect_refusal("mm.c -f two.rep --picture tree",
                 "expected carpet|curves|share|holes|map|strip|latency, got 'tree'");
  expect_refusal("mm.c --rubric rubric.yaml -f two", "hidden");
  expect_refusal("bump -f cc1 --picture strip", "a strip is of at most 60 requests");
}

TEST_F(HeapCommand, WhatDoesNotBuildHasNoPicture) {
  shell_.write("mm.c", "int mm_init(void) { return }");
  EXPECT_EQ(heap("mm.c -f two.rep").status, 3);
}

}  // namespace
}  // namespace heapjudge
