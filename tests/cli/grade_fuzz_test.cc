// The fuzz part of a grade, from outside.
#include <gtest/gtest.h>

#include "tests/cli/shell.h"
#include "tests/test_main.h"

namespace heapjudge {
namespace {

// Right as long as nobody asks for more than 300 bytes twice.
constexpr const char* kRightOnTheTrace = R"(
#include "memlib.h"
static char *large;
int mm_init(void) { large = 0; return 0; }
void *mm_malloc(unsigned long size) {
  if (size == 0 || size > 1ul << 30) return 0;
  if (size > 300 && large) return large;
  char *block = mem_sbrk((size + 15) & ~15ul);
  if (block == (char *)-1) return 0;
  if (size > 300) large = block;
  return block;
}
void mm_free(void *block) {}
)";

constexpr const char* kRubric =
    "points: {tiers: {P0: {points: 40, decides: true}}, round: 0.1}\n"
    "traces: [two.rep]\n"
    "fuzz: {inputs: 60, seed: 4, deduct: {P0: 3, P1: 3, P2: 3, P3: 3}, at_most: 4.5";

class GradeFuzz : public testing::Test {
 protected:
  GradeFuzz() {
    shell_.write("mm.c", kRightOnTheTrace);
    shell_.write("two.rep", "0\n2\n4\n1\na 0 100\na 1 200\nf 0\nf 1\n");
    shell_.write("rubric.yaml", std::string(kRubric) + "}\n");
    shell_.write("strict.yaml", std::string(kRubric) + ", decides: true}\n");
    shell_.write("bare.yaml", std::string(kRubric) + ", guard: false}\n");
  }

  ShellResult grade(const std::string& arguments, const std::string& before = "") const {
    const std::string program = binary_dir() / "bin" / "heapjudge";
    return shell_.run(before + program + " grade --no-speed mm.c " + arguments);
  }

  static bool has(const std::string& text, const std::string& part) { return text.find(part) != text.npos; }

  // The tools that build a submission, but for clang.
  std::string without_clang() const {
    shell_.run("mkdir tools; for tool in gcc g++ as ld; do ln -s $(command -v $tool) tools/; done");
    return "PATH=$PWD/tools ";
  }

  Shell shell_;
};

TEST_F(GradeFuzz, CostsPointsAndShowsTheShrunkTrace) {
  const ShellResult result = grade("--rubric rubric.yaml");
  EXPECT_EQ(result.status, 0) << result.errors;
  EXPECT_TRUE(has(result.output, "fuzz, 240 inputs, seed 4")) << result.output;
  EXPECT_TRUE(has(result.output, " of -4.5")) << result.output;
  EXPECT_TRUE(has(result.output, ".heapjudge/failures/graded-mm-mm_malloc-E102.rep:")) << result.output;
  EXPECT_TRUE(has(result.output, "seen as E103 in mm_malloc")) << result.output;
  const ShellResult again = grade("--rubric rubric.yaml -f .heapjudge/failures/graded-mm-mm_malloc-E102.rep");
  EXPECT_EQ(again.status, 1) << again.output;
  EXPECT_TRUE(has(again.output, "left out: only some traces were asked for")) << again.output;
}

TEST_F(GradeFuzz, ComesOutTheSameEachTime) {
  const std::string command = "--rubric rubric.yaml --format json | grep -v build_seconds";
  const ShellResult first = grade(command);
  EXPECT_TRUE(has(first.output, "\"fuzz\": {")) << first.output;
  EXPECT_EQ(first.output, grade(command).output);
}

TEST_F(GradeFuzz, DecidesWhereTheRubricSaysSo) {
  const ShellResult result = grade("--rubric strict.yaml");
  EXPECT_EQ(result.status, 1);
  EXPECT_TRUE(has(result.output, "not correct: fuzzing found a failure in P0 (exit status 1)")) << result.output;
  const ShellResult without = grade("--rubric strict.yaml --no-fuzz");
  EXPECT_EQ(without.status, 0);
  EXPECT_TRUE(has(without.output, "left out: --no-fuzz")) << without.output;
}

TEST_F(GradeFuzz, AMissingClangIsTheGradersFaultAndNoZero) {
  const ShellResult result = grade("--rubric rubric.yaml --also csv=grade.csv", without_clang());
  EXPECT_EQ(result.status, 2) << result.output;
  EXPECT_EQ(result.errors,
            "heapjudge: rubric.yaml: its fuzz part watches every store, which takes clang, and there is none; with "
            "'guard: false' it does without, and finds less\n");
  EXPECT_TRUE(has(shell_.read("grade.csv"), "score,mm.c,not graded,")) << shell_.read("grade.csv");
}

TEST_F(GradeFuzz, WithoutTheGuardComesOutTheSameWithAndWithoutClang) {
  const std::string command = "--rubric bare.yaml --format json | grep -v build_seconds";
  const ShellResult with = grade(command);
  EXPECT_TRUE(has(with.output, "\"code\": \"E103\"")) << with.output;
  const ShellResult without = grade("--rubric bare.yaml --format json -o bare.json", without_clang());
  EXPECT_EQ(without.status, 0) << without.errors;
  const auto fuzz_part = [](const std::string& text) {
    const std::size_t start = text.find("\"fuzz\": {");
    return text.substr(start, text.find("\"static_findings\"") - start);
  };
  EXPECT_EQ(fuzz_part(with.output), fuzz_part(shell_.read("bare.json")));
}

}  // namespace
}  // namespace heapjudge
