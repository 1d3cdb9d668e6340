// What a grading remembers of those before it: failures, kept results, and the run that watches the sources.
#include <gtest/gtest.h>

#include "tests/cli/shell.h"
#include "tests/test_main.h"

namespace heapjudge {
namespace {

// Blocks lie STRIDE bytes apart, in a heap for four of them: those of larger blocks share bytes.
constexpr const char* kAllocator = R"(
#include "memlib.h"
#include "stride.h"
static unsigned long used;
int mm_init(void) {
  used = 0;
  return mem_sbrk(4 * STRIDE) == (void *)-1 ? -1 : 0;
}
void *mm_malloc(unsigned long size) {
  char *block = (char *)mem_heap_lo() + used;
  used += STRIDE;
  return block;
}
void mm_free(void *block) {}
)";

class Again : public testing::Test {
 protected:
  Again() {
    shell_.write("mm.c", kAllocator);
    stride(64);
    shell_.write("small.rep", "0\n2\n4\n1\na 0 16\na 1 16\nf 0\nf 1\n");
    shell_.write("large.rep", "0\n2\n4\n1\na 0 64\na 1 64\nf 0\nf 1\n");
    shell_.write("rubric.yaml",
                 "heapjudge: 1\npoints:\n  tiers:\n    P0: {decides: true}\n"
                 "traces:\n  - {file: small.rep}\n  - {file: large.rep}\n");
  }

  void stride(int bytes) { shell_.write("stride.h", "#define STRIDE " + std::to_string(bytes) + "\n"); }

  static std::string program() { return binary_dir() / "bin" / "heapjudge"; }
  ShellResult grade(const std::string& arguments) const {
    return shell_.run(program() + " grade --no-speed --rubric rubric.yaml mm.c " + arguments);
  }
  static bool has(const std::string& text, const std::string& what) {
    return text.find(what) != std::string::npos;
  }

  Shell shell_;
};

TEST_F(Again, OnlyWhatFailedLastTimeIsRunAgain) {
  stride(32);  // enough for the small trace
  ASSERT_EQ(grade("").status, 1);
  const ShellResult again = grade("--lf");
  EXPECT_EQ(again.status, 1);
  EXPECT_TRUE(has(again.output, "large") && !has(again.output, "small")) << again.output;
  stride(64);
  EXPECT_EQ(grade("--lf").status, 0);
  const ShellResult all = grade("--lf");
  EXPECT_TRUE(has(all.output, "large") && has(all.output, "small")) << "nothing failed, so all are run";
}

TEST_F(Again, WhatFailedLastTimeComesFirst) {
  EXPECT_LT(grade("--ff").output.find("small"), grade("--ff").output.find("large"));
  stride(32);
  ASSERT_EQ(grade("").status, 1);
  const std::string output = grade("--ff").output;
  EXPECT_LT(output.find(" large"), output.find(" small")) << output;
}

TEST_F(Again, WhatDidNotRunIsNotForgotten) {
  stride(32);
  ASSERT_EQ(grade("").status, 1);
  ASSERT_EQ(grade("-k small").status, 0);
  EXPECT_FALSE(has(grade("--lf").output, "small"));
}

TEST_F(Again, ADamagedListOfFailuresIsToldOnlyToWhoAsksForIt) {
  shell_.write(".heapjudge/failed.json", "{");
  const ShellResult asked = grade("--lf");
  EXPECT_EQ(asked.status, 2);
  EXPECT_TRUE(asked.errors.starts_with("heapjudge: .heapjudge/failed.json: not written by heapjudge: "))
      << asked.errors;
  EXPECT_EQ(grade("").status, 0);
  EXPECT_EQ(grade("--lf").status, 0);
}

TEST_F(Again, AKeptResultIsComparedWith) {
  stride(128);
  ASSERT_EQ(grade("--save monday").status, 0);
  EXPECT_TRUE(has(shell_.read(".heapjudge/runs/monday.json"), "\"schema\": \"heapjudge/2\""));
  stride(64);
  const ShellResult text = grade("--vs monday");
  EXPECT_EQ(text.status, 0);
  EXPECT_TRUE(has(text.output, "(+9.4 since \"monday\")")) << text.output;
  const ShellResult json = grade("--vs monday --format json");
  EXPECT_TRUE(has(json.output, "\"with\": \"monday\"")) << json.output;
  const ShellResult part = grade("--vs monday -k small");
  EXPECT_TRUE(has(part.output, "(other traces or rules than \"monday\")")) << part.output;
}

TEST_F(Again, ARunThatWasNeverKeptIsRefusedBeforeAnythingIsGraded) {
  ASSERT_EQ(grade("--save monday").status, 0);
  const ShellResult result = grade("--vs mnday");
  EXPECT_EQ(result.status, 2);
  EXPECT_EQ(result.errors,
            "heapjudge: no run is kept as 'mnday'; did you mean monday? (--save NAME keeps one)\n");
  EXPECT_EQ(grade("--save ../x").errors,
            "heapjudge: a run's name is made of letters, digits, -, _ and ., not '../x'\n");
}

TEST_F(Again, AWatchedSubmissionIsOneResultAfterAnother) {
  EXPECT_EQ(grade("--watch --save x").errors, "heapjudge: --watch excludes -o, --also, --html, --save, --vs and --format\n");
  EXPECT_EQ(grade("--watch --format json").status, 2);
}

// Waits for what is to come, not for a time: the loop only bounds a run that has gone wrong.
constexpr const char* kWaitFor =
    "wait_for() { for ((i = 0; i < 600; i++)); do grep -q -- \"$1\" out && return; sleep 0.1; done; echo "
    "\"MISSING $1\"; }; ";

TEST_F(Again, ASavedHeaderIsGradedAnewAndOnlyWhatChangedIsTold) {
  const ShellResult result =
      shell_.run(kWaitFor + program() + " grade --watch --no-speed --rubric rubric.yaml mm.c >out 2>err & " +
                 "watcher=$!; wait_for 'score  '; "
                 "echo '#define STRIDE 32' >stride.h; wait_for 'score .* 1 of 2 traces pass'; "
                 "echo '#define STRIDE nonsense' >stride.h; for ((i = 0; i < 600; i++)); do grep -q 'not "
                 "build' err && break; sleep 0.1; done; "
                 "echo '#define STRIDE 64' >new; mv new stride.h; wait_for 'score .* 2 of 2 traces pass'; "
                 "kill -INT $watcher; wait $watcher; echo status $?; sed -n '/saved/,$p' out");
  EXPECT_TRUE(has(result.output, "status 130\n")) << result.output;
  const std::string told = result.output;
  EXPECT_EQ(told.find("MISSING"), std::string::npos) << told;
  EXPECT_TRUE(has(told, "stride.h saved\n")) << told;
  EXPECT_TRUE(has(told, "[E103]") && has(told, "broke\n") && has(told, "fixed\n")) << told;
  EXPECT_TRUE(has(shell_.read("err"), "does not build")) << shell_.read("err");
}

}  // namespace
}  // namespace heapjudge
