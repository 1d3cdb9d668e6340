// The hunt of a grade: the same each time, whatever was found before.
#include "fuzz/graded_hunt.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "judge/saved_failure.h"
#include "tests/temporary_folder.h"
#include "tests/test_main.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

class GradedHunt : public testing::Test {
 protected:
  FuzzHunt hunt(const std::string& submission, const FuzzRules& rules, const std::string& state = "state") const {
    Rubric rubric;
    rubric.fuzz = rules;
    return hunt_for_grade(rubric, {.submission = {source_dir() / submission}, .state_dir = folder_.path() / state});
  }

  static std::vector<Trace> traces_of(const FuzzHunt& hunt) {
    std::vector<Trace> traces;
    for (const FuzzFinding& finding : hunt.findings) traces.push_back(load_trace(finding.result.file));
    return traces;
  }

  static std::vector<std::string> names_of(const FuzzHunt& hunt) {
    std::vector<std::string> names;
    for (const FuzzFinding& finding : hunt.findings) {
      names.push_back(code_of(finding_of(finding.result)->fault) + " " + finding.function);
    }
    return names;
  }

  TemporaryFolder folder_;
};

constexpr FuzzRules kShort{.inputs = 150, .seed = 3};

TEST_F(GradedHunt, FindsTheSameEachTime) {
  const FuzzHunt first = hunt("tests/guilty/last_byte.c", kShort, "one");
  const FuzzHunt second = hunt("tests/guilty/last_byte.c", kShort, "other");
  EXPECT_FALSE(first.findings.empty());
  EXPECT_EQ(names_of(first), names_of(second));
  EXPECT_EQ(traces_of(first), traces_of(second));
  EXPECT_EQ(first.counts, second.counts);
  EXPECT_EQ(first.counts.inputs, 4 * kShort.inputs);
}

TEST_F(GradedHunt, IsNotTouchedByWhatWasFoundBefore) {
  const FuzzHunt alone = hunt("reference/implicit.cc", kShort);
  const fs::path failures = failures_folder(folder_.path() / "state");
  fs::create_directories(failures);
  const std::string name = fuzz_failure_name({"implicit.cc"}) + "mm_malloc-E103.rep";
  fs::copy_file(source_dir() / "tests/guilty/encloses.rep", failures / name);
  const FuzzHunt after = hunt("reference/implicit.cc", kShort);
  EXPECT_EQ(alone.counts, after.counts);
  EXPECT_TRUE(after.findings.empty());
}

TEST_F(GradedHunt, SavesWhatItFindsUnderNamesOfItsOwn) {
  const FuzzHunt found = hunt("tests/guilty/encloses.c", kShort);
  ASSERT_FALSE(found.findings.empty());
  for (const FuzzFinding& finding : found.findings) {
    EXPECT_TRUE(finding.result.file.filename().string().starts_with("graded-encloses-")) << finding.result.file;
  }
  EXPECT_TRUE(saved_fuzz_failures(folder_.path() / "state", {"encloses.c"}).empty());
  EXPECT_FALSE(fs::exists(folder_.path() / "state" / "corpus"));
}

TEST_F(GradedHunt, DoesWithoutTheGuardWhereTheRubricSaysSo) {
  const FuzzRules rules{.inputs = 150, .guard = false};
  const FuzzHunt first = hunt("tests/guilty/encloses.c", rules, "one");
  const FuzzHunt second = hunt("tests/guilty/encloses.c", rules, "other");
  EXPECT_FALSE(first.guarded);
  ASSERT_FALSE(first.findings.empty());
  EXPECT_EQ(names_of(first), names_of(second));
  const auto seen_by_guard = [](const FuzzFinding& finding) { return finding.proof == Proof::kGuardOnly; };
  EXPECT_TRUE(std::ranges::none_of(first.findings, seen_by_guard));
}

TEST_F(GradedHunt, SurvivesASubmissionThatKillsItsProcessTheSameWayEachTime) {
  constexpr FuzzRules kFew{.inputs = 15, .seed = 3};  // most of them end a process
  const FuzzHunt first = hunt("tests/fuzz/submissions/kills_itself.c", kFew, "one");
  const FuzzHunt second = hunt("tests/fuzz/submissions/kills_itself.c", kFew, "other");
  EXPECT_GT(first.counts.restarts, 0u);
  EXPECT_FALSE(first.findings.empty());
  EXPECT_EQ(names_of(first), names_of(second));
  EXPECT_EQ(traces_of(first), traces_of(second));
  EXPECT_EQ(first.counts, second.counts);
}

}  // namespace
}  // namespace heapjudge
