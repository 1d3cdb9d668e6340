// A grading from sources and trace files to a grade sheet, with real student processes.
#include "judge/session.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "judge/session_timing.h"
#include "trace/input_error.h"
#include "trace/rep_format.h"
#include "tests/temporary_folder.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

// Takes fresh memory for every block.
constexpr const char* kSound = R"(
#include <string.h>
#include "memlib.h"
int mm_init(void) { return 0; }
void *mm_malloc(size_t size) {
  if (size == 0) return NULL;
  void *block = mem_sbrk((size + 15) & ~(size_t)15);
  return block == (void *)-1 ? NULL : block;
}
void mm_free(void *block) {}
void *mm_realloc(void *old, size_t size) {
  void *block = mm_malloc(size);
  if (old != NULL && block != NULL) memmove(block, old, size);
  return block;
}
)";

// Gives every block the same address.
constexpr const char* kOverlapping = R"(
#include "memlib.h"
int mm_init(void) { return (char *)mem_sbrk(4096) == (char *)-1 ? -1 : 0; }
void *mm_malloc(size_t size) { return mem_heap_lo(); }
void mm_free(void *block) {}
void *mm_realloc(void *block, size_t size) { return block; }
)";

// After so many blocks its checker begins to complain.
constexpr const char* kComplainsLate = R"(
#include <stdbool.h>
#include <stdio.h>
#include "memlib.h"
static int blocks;
int mm_init(void) { blocks = 0; return 0; }
void *mm_malloc(size_t size) {
  void *block = mem_sbrk((size + 15) & ~(size_t)15);
  ++blocks;
  return block == (void *)-1 ? NULL : block;
}
void mm_free(void *block) {}
bool mm_checkheap(int line) {
  if (blocks >= 1777) printf("%d blocks are too many for me\n", blocks);
  return blocks < 1777;
}
)";

// Looks at each pair of blocks, for hours.
constexpr const char* kChecksSlowly = R"(
#include "memlib.h"
int mm_init(void) { return 0; }
void *mm_malloc(size_t size) { return mem_sbrk((size + 15) & ~(size_t)15); }
void mm_free(void *block) {}
int mm_check(void) {
  for (volatile long i = 0; i < 20000000; ++i) continue;
  return 0;
}
)";

constexpr const char* kTwoBlocks = "0\n2\n4\n1\na 0 100\na 1 200\nf 0\nf 1\n";
constexpr const char* kOneBlock = "0\n1\n2\n1\na 0 100\nf 0\n";
constexpr const char* kZeroed = "0\n1\n2\n1\nc 0 10 10\nf 0\n";

class Session : public testing::Test {
 protected:
  Session() {
    settings_.state_dir = folder_ / "state";
    settings_.command = "heapjudge grade mm.c";
    settings_.measure = false;
    rubric_.rules_of(Tier::kP0) = {.points = 40, .decides = true};
  }

  void submit(const std::string& source) {
    std::ofstream(folder_ / "mm.c") << source;
    settings_.submission = {folder_ / "mm.c"};
  }

  void add_trace(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / (name + ".rep")) << text;
    settings_.traces.push_back({.name = name, .file = folder_ / (name + ".rep")});
  }

  GradeSheet graded(const SessionListener& listener = {}) {
    auto outcome = run_session(rubric_, settings_, listener);
    if (const auto* failed = std::get_if<BuildFailed>(&outcome))
      throw std::runtime_error(failed->diagnostics);
    return std::get<GradeSheet>(std::move(outcome));
  }

  // What the session left in its folder, but for the failures it saved.
  std::size_t leftovers() const {
    std::size_t count = 0;
    if (!fs::exists(settings_.state_dir)) return 0;
    for (const auto& entry : fs::directory_iterator(settings_.state_dir))
      count += entry.path().filename() != "failures";
    return count;
  }

  TemporaryFolder temporary_;
  fs::path folder_ = temporary_.path();
  Rubric rubric_;
  SessionSettings settings_;
};

TEST_F(Session, ASoundAllocatorPasses) {
  submit(kSound);
  add_trace("two", kTwoBlocks);
  const GradeSheet sheet = graded();
  EXPECT_TRUE(sheet.correct);
  ASSERT_EQ(sheet.traces.size(), 1u);
  EXPECT_TRUE(sheet.traces[0].passed);
  EXPECT_EQ(sheet.traces[0].result.requests, 4u);
  EXPECT_TRUE(sheet.traces[0].result.saved_prefix.empty());
  EXPECT_EQ(leftovers(), 0u);
}

TEST_F(Session, TheSheetTellsWhoWasGradedAndHow) {
  submit(kSound);
  add_trace("two", kTwoBlocks);
  const Identity identity = graded().identity;
  EXPECT_EQ(identity.submission, (folder_ / "mm.c").string());
  EXPECT_EQ(identity.sha256.size(), 64u);
  EXPECT_TRUE(identity.compiler.starts_with("gcc ")) << identity.compiler;
  EXPECT_NE(identity.isolation, "");
  EXPECT_EQ(identity.command, "heapjudge grade mm.c");
  EXPECT_EQ(identity.alignment_bytes, 16u);
}

TEST_F(Session, AReferenceMayBeNamedInThePlaceOfAFile) {
  settings_.submission = {"implicit:worst"};
  rubric_.inspect.max_global_bytes = 64;  // two pointers
  add_trace("two", kTwoBlocks);
  const GradeSheet sheet = graded();
  EXPECT_TRUE(sheet.correct);
  EXPECT_EQ(sheet.identity.submission, "implicit:worst");
  EXPECT_EQ(sheet.identity.files, std::vector<std::string>{"implicit:worst"}) << "for the next command";
  EXPECT_NE(sheet.identity.flags.find("-DHEAPJUDGE_FIT=worst"), std::string::npos) << sheet.identity.flags;
}

TEST_F(Session, AFailureIsPlacedInItsFileAndItsPrefixIsKept) {
  submit(kOverlapping);
  add_trace("two", kTwoBlocks);
  const GradeSheet sheet = graded();
  EXPECT_FALSE(sheet.correct);
  const TraceResult& result = sheet.traces.at(0).result;
  ASSERT_TRUE(result.examination && result.examination->finding);
  EXPECT_EQ(result.examination->finding->fault, Fault::kOverlap);
  EXPECT_EQ(result.finding_lines, std::vector<std::size_t>{6});
  EXPECT_EQ(result.saved_prefix, settings_.state_dir / "failures" / "two-E103.rep");
  EXPECT_EQ(load_trace(result.saved_prefix), parse_trace("two", kTwoBlocks).prefix(2));
  EXPECT_EQ(leftovers(), 0u);
}

TEST_F(Session, NothingOfAHiddenTraceIsKept) {
  submit(kOverlapping);
  add_trace("two", kTwoBlocks);
  settings_.traces[0].hidden = true;
  const GradeSheet sheet = graded();
  EXPECT_FALSE(sheet.correct);
  EXPECT_TRUE(sheet.traces.at(0).ran);
  EXPECT_FALSE(sheet.traces[0].passed);
  EXPECT_FALSE(sheet.traces[0].result.examination);
  EXPECT_TRUE(fs::is_empty(settings_.state_dir));
}

TEST_F(Session, ACrashIsShownInTheSource) {
  submit(
      "int mm_init(void) { return 0; }\nvoid *mm_malloc(unsigned long size) {\n  return (void "
      "*)(long)*(volatile int *)8;\n}\n"
      "void mm_free(void *block) {}\n");
  add_trace("one", kOneBlock);
  const Examination examination = graded().traces.at(0).result.examination.value();
  ASSERT_TRUE(examination.finding.has_value());
  EXPECT_EQ(examination.finding->fault, Fault::kCrash);
  ASSERT_FALSE(examination.finding->stacks.empty());
  EXPECT_EQ(examination.finding->stacks[0].at(0).function, "mm_malloc");
  EXPECT_EQ(examination.finding->stacks[0].at(0).line, 3u);
  ASSERT_EQ(examination.finding->excerpt.size(), 3u);
  EXPECT_EQ(examination.finding->excerpt[1].text, "  return (void *)(long)*(volatile int *)8;");
}

TEST_F(Session, OnlyFilesOfTheSubmissionAreQuoted) {
  std::ofstream(folder_ / "secret.c") << "the secret\n";
  submit("int mm_init(void) { return 0; }\nvoid mm_free(void *block) {}\n#line 1 \"" +
         (folder_ / "secret.c").string() +
         "\"\nvoid *mm_malloc(unsigned long size) { return (void *)(long)*(volatile int *)8; }\n");
  add_trace("one", kOneBlock);
  const Examination examination = graded().traces.at(0).result.examination.value();
  ASSERT_TRUE(examination.finding.has_value());
  EXPECT_TRUE(examination.finding->excerpt.empty());
}

TEST_F(Session, WhatDoesNotBuildIsNotGraded) {
  submit("int mm_init(void) { return nonsense; }\n");
  add_trace("two", kTwoBlocks);
  const auto outcome = run_session(rubric_, settings_);
  const auto* failed = std::get_if<BuildFailed>(&outcome);
  ASSERT_NE(failed, nullptr);
  EXPECT_NE(failed->diagnostics.find("nonsense"), std::string::npos) << failed->diagnostics;
  EXPECT_EQ(leftovers(), 0u);
}

TEST_F(Session, ABadTraceIsAnErrorBeforeAnythingRuns) {
  submit(kSound);
  add_trace("two", kTwoBlocks);
  add_trace("bad", "0\n1\n2\n1\na 0 100\nf 7\n");
  EXPECT_THROW(run_session(rubric_, settings_), InputError);
  EXPECT_FALSE(fs::exists(settings_.state_dir));
}

TEST_F(Session, AMissingSubmissionLeavesNothingBehind) {
  settings_.submission = {folder_ / "missing.c"};
  add_trace("two", kTwoBlocks);
  EXPECT_THROW(run_session(rubric_, settings_), InputError);
  EXPECT_EQ(leftovers(), 0u);
}

TEST_F(Session, ATraceThatNeedsAMissingFunctionDoesNotRun) {
  submit(kSound);
  add_trace("zeroed", kZeroed);
  add_trace("two", kTwoBlocks);
  const GradeSheet sheet = graded();
  EXPECT_FALSE(sheet.traces.at(0).result.examination.has_value());
  EXPECT_EQ(sheet.traces.at(0).result.not_run, "mm_calloc is not defined");
  EXPECT_TRUE(sheet.traces.at(1).passed);
}

TEST_F(Session, ASubmissionWithoutMmMallocIsNotRun) {
  submit("int mm_init(void) { return 0; }\n");
  add_trace("two", kTwoBlocks);
  const GradeSheet sheet = graded();
  EXPECT_FALSE(sheet.correct);
  EXPECT_FALSE(sheet.static_findings.empty());
  EXPECT_NE(sheet.traces.at(0).result.not_run, "");
}

TEST_F(Session, StoppingAtTheFirstFailureSparesTheRest) {
  submit(kOverlapping);
  for (const char* name : {"first", "second", "third"}) add_trace(name, kTwoBlocks);
  settings_.stop_at_first = true;
  const GradeSheet sheet = graded();
  EXPECT_TRUE(sheet.traces.at(0).result.examination.has_value());
  EXPECT_EQ(sheet.traces.at(1).result.not_run, "stopped after the first failure");
  EXPECT_EQ(sheet.traces.at(2).result.not_run, "stopped after the first failure");
}

TEST_F(Session, SeveralWorkersJudgeAsOneDoes) {
  submit(kSound);
  for (int i = 0; i < 8; ++i) add_trace("trace" + std::to_string(i), kTwoBlocks);
  settings_.workers = 4;
  std::size_t told = 0;
  const GradeSheet sheet = graded([&](const SessionProgress& made) {
    EXPECT_EQ(made.step, SessionStep::kChecking);
    EXPECT_EQ(made.done, ++told);
    EXPECT_EQ(made.total, 8u);
  });
  EXPECT_EQ(told, 8u);
  EXPECT_TRUE(sheet.correct);
  for (std::size_t i = 0; i < 8; ++i) {
    EXPECT_EQ(sheet.traces.at(i).result.name, "trace" + std::to_string(i));
    EXPECT_EQ(sheet.traces[i].result.examination->profile, sheet.traces[0].result.examination->profile);
  }
}

// A few pairs, whatever the noise.
// Two blocks at a time, `requests` in all: a multiple of four.
std::string in_turn(std::size_t requests) {
  std::string text = "0\n2\n" + std::to_string(requests) + "\n1\n";
  for (std::size_t i = 0; i < requests / 4; ++i) text += "a 0 100\na 1 200\nf 0\nf 1\n";
  return text;
}

class MeasuredSession : public Session {
 protected:
  MeasuredSession() {
    settings_.measure = true;
    rubric_.scoring.measuring.reference = "bump";
    rubric_.scoring.measuring.interval_points = 1e6;
    submit(kSound);
    add_trace("counts", in_turn(kFewestTimedRequests));
    add_trace("does_not", kOneBlock);
    settings_.traces[1].counts = Counts::kUtilization;
  }
};

TEST_F(MeasuredSession, TheTracesThatCountForThroughputHaveASpeed) {
  const GradeSheet sheet = graded();
  ASSERT_TRUE(sheet.traces.at(0).result.measurement);
  EXPECT_GT(sheet.traces[0].result.measurement->speed, 0);
  EXPECT_EQ(sheet.traces[0].result.measurement->clock, CostClock::kCpuTime);
  EXPECT_FALSE(sheet.traces.at(1).result.measurement);
  ASSERT_TRUE(sheet.throughput);
  EXPECT_EQ(sheet.throughput->total, 1u);
  EXPECT_EQ(leftovers(), 0u);
}

TEST_F(MeasuredSession, AShortTraceIsNotMeasured) {
  settings_.traces.clear();
  add_trace("short", in_turn(kFewestTimedRequests - 4));
  EXPECT_FALSE(graded().traces.at(0).result.measurement);
}

TEST_F(MeasuredSession, ATraceThatFailsIsNotMeasured) {
  submit(kOverlapping);
  const GradeSheet sheet = graded();
  EXPECT_FALSE(sheet.traces.at(0).result.measurement);
  ASSERT_TRUE(sheet.throughput);
  EXPECT_DOUBLE_EQ(sheet.throughput->points, 0);
}

TEST_F(MeasuredSession, CountsInstructionsWhereTheRubricSaysSo) {
  rubric_.scoring.measuring.clock = CostClock::kInstructions;
  const GradeSheet once = graded();
  const GradeSheet again = graded();
  ASSERT_TRUE(once.traces.at(0).result.measurement);
  EXPECT_EQ(once.traces[0].result.measurement->clock, CostClock::kInstructions);
  EXPECT_EQ(once.traces[0].result.measurement, again.traces.at(0).result.measurement);
  EXPECT_EQ(once.score, again.score);
}

TEST_F(MeasuredSession, AReferenceThatThereIsNotIsTheOperatorsFault) {
  rubric_.scoring.measuring.reference = "segmented";
  EXPECT_THROW(graded(), InputError);
}

// Of a long trace the checker is not asked after each request, but the first complaint is found.
TEST_F(Session, TheFirstComplaintOfItsOwnCheckerIsFoundInALongTrace) {
  submit(kComplainsLate);
  rubric_.inspect.max_global_bytes = 4096;
  std::string text = "0\n5000\n5000\n1\n";
  for (int block = 0; block < 5000; ++block) text += "a " + std::to_string(block) + " 16\n";
  add_trace("long", text);
  const GradeSheet not_asked = graded();
  EXPECT_FALSE(finding_of(not_asked.traces.at(0).result));
  EXPECT_EQ(not_asked.identity.own_checker, "");
  rubric_.own_checks = true;
  const GradeSheet sheet = graded();
  const Finding* finding = finding_of(sheet.traces.at(0).result);
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->fault, Fault::kOwnCheckerComplains);
  EXPECT_EQ(finding->request, 1777u);
  EXPECT_EQ(std::get<Violation>(finding->evidence).checker, (CheckerWords{.after_init = 1, .now = 0}));
  EXPECT_EQ(finding->printed, "1777 blocks are too many for me\n");
  EXPECT_EQ(sheet.identity.own_checker, "mm_checkheap");
  EXPECT_TRUE(sheet.traces.at(0).passed);  // it costs an item of the rerun tier
  EXPECT_TRUE(sheet.correct);
}

TEST_F(Session, ACheckerThatIsOnlySlowIsNoCrimeAndIsTold) {
  submit(kChecksSlowly);
  std::string text = "0\n500\n500\n1\n";
  for (int block = 0; block < 500; ++block) text += "a " + std::to_string(block) + " 16\n";
  add_trace("many", text);
  rubric_.deadlines.trace_seconds = 1;
  settings_.own_checks = true;
  const GradeSheet sheet = graded();
  EXPECT_FALSE(finding_of(sheet.traces.at(0).result));
  ASSERT_EQ(sheet.identity.notes.size(), 1u);
  EXPECT_TRUE(sheet.identity.notes[0].starts_with("many: the own heap checker took more than the rubric grants (CPU time)"))
      << sheet.identity.notes[0];
}

}  // namespace
}  // namespace heapjudge
