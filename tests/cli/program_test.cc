// The program from outside: what it prints where, which exit status, and what it leaves behind.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/cli/shell.h"
#include "tests/test_main.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSound = R"(
#include "memlib.h"
int mm_init(void) { return 0; }
void *mm_malloc(unsigned long size) {
  void *block = mem_sbrk((size + 15) & ~15ul);
  return block == (void *)-1 ? 0 : block;
}
void mm_free(void *block) {}
)";

constexpr const char* kOverlapping = R"(
#include "memlib.h"
int mm_init(void) { return (char *)mem_sbrk(4096) == (char *)-1 ? -1 : 0; }
void *mm_malloc(unsigned long size) { return mem_heap_lo(); }
void mm_free(void *block) {}
)";

constexpr const char* kEndless = R"(
int mm_init(void) { return 0; }
void *mm_malloc(unsigned long size) { for (;;) ; }
void mm_free(void *block) {}
)";

constexpr const char* kTrace = "0\n2\n4\n1\na 0 100\na 1 200\nf 0\nf 1\n";
constexpr const char* kRubric =
    "heapjudge: 1\n"
    "deadlines:\n  request: 60 s\n"
    "points:\n  tiers:\n    P0: {points: 40, decides: true}\n    P1: {points: 10}\n"
    "traces:\n  - {file: two.rep}\n  - {file: edge.rep, tier: P1}\n";

class Program : public testing::Test {
 protected:
  Program() {
    shell_.write("mm.c", kSound);
    shell_.write("two.rep", kTrace);
    shell_.write("edge.rep", kTrace);
    shell_.write("rubric.yaml", kRubric);
  }

  static std::string program() { return binary_dir() / "bin" / "heapjudge"; }
  ShellResult heapjudge(const std::string& arguments) const {
    return shell_.run(program() + " " + arguments);
  }
  ShellResult grade(const std::string& arguments) const {
    return heapjudge("grade --rubric rubric.yaml " + arguments);
  }

  static bool is_one_line(const std::string& text) {
    return std::ranges::count(text, '\n') == 1 && text.ends_with('\n');
  }

  Shell shell_;
};

TEST_F(Program, PassesASoundAllocator) {
  const ShellResult result = grade("mm.c");
  EXPECT_EQ(result.status, 0) << result.errors;
  EXPECT_NE(result.output.find("two"), std::string::npos);
  EXPECT_EQ(result.errors, "");
}

TEST_F(Program, ABrokenRuleIsStatus1AndItsPrefixRepeatsIt) {
  shell_.write("mm.c", kOverlapping);
  const ShellResult result = grade("mm.c");
  EXPECT_EQ(result.status, 1) << result.errors;
  EXPECT_NE(result.output.find("two.rep:6:1: error: [E103]"), std::string::npos) << result.output;
  const ShellResult again = grade("mm.c -f .heapjudge/failures/two-E103.rep");
  EXPECT_EQ(again.status, 1) << again.errors;
  EXPECT_NE(again.output.find("[E103]"), std::string::npos) << again.output;
}

TEST_F(Program, ATraceThatIsAskedForDecidesWhateverItsTier) {
  shell_.write("mm.c", kOverlapping);
  EXPECT_EQ(grade("mm.c -k edge").status, 0);
  EXPECT_EQ(grade("mm.c -f edge").status, 1);
}

TEST_F(Program, WhatDoesNotBuildIsStatus3AndShowsTheCompilersLines) {
  shell_.write("mm.c", "int mm_init(void) { return nonsense; }\n");
  const ShellResult result = grade("mm.c");
  EXPECT_EQ(result.status, 3);
  EXPECT_EQ(result.output, "");
  EXPECT_NE(result.errors.find("mm.c:1:28: error:"), std::string::npos) << result.errors;
}

TEST_F(Program, NothingSelectedIsStatus4) {
  const ShellResult result = grade("mm.c -k nonsense");
  EXPECT_EQ(result.status, 4);
  EXPECT_EQ(result.errors, "heapjudge: no trace is selected\n");
}

TEST_F(Program, BelowTheLeastScoreIsStatus5) {
  EXPECT_EQ(grade("mm.c --min-score 1000 --no-speed").status, 5);
  EXPECT_EQ(grade("mm.c --min-score 1 --no-speed").status, 0);
}

TEST_F(Program, ASpeedThatIsTooNoisyIsStatus6) {
  std::string trace = "0\n1\n600\n1\n";
  for (int i = 0; i < 300; ++i) trace += "a 0 100\nf 0\n";
  shell_.write("timed.rep", trace);
  shell_.write("strict.yaml",
               "heapjudge: 1\npoints:\n  throughput: {reference: bump, interval: 0.01, budget: 100 ms}\n"
               "traces:\n  - {file: timed.rep}\n");
  const ShellResult result = heapjudge("grade --rubric strict.yaml mm.c");
  EXPECT_EQ(result.status, 6) << result.output;
  EXPECT_TRUE(result.errors.starts_with("heapjudge: measurement too noisy to score: trace timed: ")) << result.errors;
}

TEST_F(Program, BadInputIsOneLineAndStatus2) {
  shell_.write("empty.rep", "");
  shell_.write("bad.yaml", "heapjudge: 1\nnonsense: 1\n");
  for (const char* arguments :
       {"missing.c", "/bin/ls", "mm.c -f empty.rep", "mm.c -f missing.rep", "mm.c -t missing", "mm.c -f .",
        "mm.c --rubric bad.yaml", "mm.c --rubric .", "mm.c --rubric missing.yaml", "mm.c --teleport",
        "mm.c -j 0", "mm.c -k '('", "mm.c -o missing/result", "mm.c > /dev/full", "mm.c >&-"}) {
    const ShellResult result = grade(arguments);
    EXPECT_EQ(result.status, 2) << arguments;
    EXPECT_TRUE(is_one_line(result.errors)) << arguments << ": " << result.errors;
    EXPECT_EQ(result.output, "") << arguments;
  }
}

TEST_F(Program, AResultFileIsWrittenWholeOrNotAtAll) {
  shell_.write("result.json", "old");
  EXPECT_EQ(grade("mm.c --format json -o result.json --rubric missing.yaml").status, 2);
  EXPECT_EQ(shell_.read("result.json"), "old");
  const ShellResult result = grade("mm.c --format json -o result.json");
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(result.output, "");
  EXPECT_NE(shell_.read("result.json").find("\"schema\": \"heapjudge/2\""), std::string::npos);
}

TEST_F(Program, ColourOnlyWhereItIsWanted) {
  EXPECT_EQ(grade("mm.c").output.find('\033'), std::string::npos);
  EXPECT_NE(grade("mm.c --color always").output.find('\033'), std::string::npos);
}

TEST_F(Program, AnInterruptedRunLeavesNothingAndIsStatus130) {
  shell_.write("mm.c", kEndless);
  for (const char* signal : {"INT", "TERM"}) {
    const ShellResult result = shell_.run("timeout --preserve-status -s " + std::string(signal) + " 1 " +
                                          program() + " grade mm.c --rubric rubric.yaml");
    EXPECT_EQ(result.status, 130) << signal;
    EXPECT_TRUE(fs::is_empty(shell_.folder() / ".heapjudge")) << signal;
  }
}

// Wherever it strikes: the folder that vanishes beneath the run is not called an error.
TEST_F(Program, AnInterruptIsToldAsNothingElse) {
  for (const int centiseconds : {2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 25, 30}) {
    const ShellResult result =
        shell_.run(fmt::format("timeout --preserve-status -s TERM 0.{:02} {} grade mm.c -j 4 {}",
                               centiseconds, program(), "--rubric rubric.yaml"));
    const bool fits =
        result.status == 130 || result.status == 0 || result.status == 143;  // done, or not begun
    EXPECT_TRUE(fits) << result.status;
    EXPECT_EQ(result.errors, "");
  }
}

TEST_F(Program, AFaultOfOursIsStatus70) {
  shell_.write("mm.c", kEndless);
  const ShellResult result =
      shell_.run("timeout --preserve-status -s ABRT 1 " + program() + " grade mm.c --rubric rubric.yaml");
  EXPECT_EQ(result.status, 70);
}

TEST_F(Program, NothingIsWrittenButItsOwnFolder) {
  grade("mm.c");
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(shell_.folder())) names.push_back(entry.path().filename());
  std::ranges::sort(names);
  EXPECT_EQ(names, (std::vector<std::string>{".heapjudge", "edge.rep", "mm.c", "rubric.yaml", "two.rep"}));
  EXPECT_TRUE(fs::is_empty(shell_.folder() / ".heapjudge"));
}

TEST_F(Program, ExplainKnowsEveryCodeItLists) {
  const ShellResult list = heapjudge("explain");
  EXPECT_EQ(list.status, 0);
  EXPECT_NE(list.output.find("E103  "), std::string::npos);
  EXPECT_EQ(heapjudge("explain e103").status, 0);
  const ShellResult unknown = heapjudge("explain E1O3");
  EXPECT_EQ(unknown.status, 2);
  EXPECT_EQ(unknown.errors,
            "heapjudge: unknown code 'E1O3'; did you mean E103? (heapjudge explain lists all)\n");
}

TEST_F(Program, AsMdriverItGradesMmDotC) {
  const std::string link = "ln -s " + program() + " mdriver && ./mdriver ";
  const ShellResult passed = shell_.run(link + "-V -f two.rep");
  EXPECT_EQ(passed.status, 0) << passed.errors;
  shell_.write("mm.c", kOverlapping);
  const ShellResult failed = shell_.run("./mdriver -l -v 1 -f two.rep");
  EXPECT_EQ(failed.status, 1);
  EXPECT_TRUE(failed.errors.starts_with("mdriver: -l: ")) << failed.errors;
  EXPECT_EQ(shell_.run("./mdriver -q").status, 2);
  EXPECT_EQ(shell_.run("./mdriver -h").status, 0);
}

TEST_F(Program, HelpAndVersionGoToTheStandardOutput) {
  EXPECT_EQ(heapjudge("--version").status, 0);
  EXPECT_NE(heapjudge("--help").output.find("Exit status"), std::string::npos);
  EXPECT_NE(heapjudge("").output.find("Exit status"), std::string::npos);
}

}  // namespace
}  // namespace heapjudge
