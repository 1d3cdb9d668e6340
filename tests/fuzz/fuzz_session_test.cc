// Fuzzing from start to end: what is proposed is judged, kept, and tried first the next time.
#include "fuzz/session.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <memory>

#include "fuzz/families.h"
#include "fuzz/hunt_process.h"
#include "fuzz/proposal.h"
#include "judge/saved_failure.h"
#include "tests/temporary_folder.h"
#include "tests/test_main.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

struct Fuzzing {
  TemporaryFolder folder;

  FuzzSettings settings(const std::string& submission) const {
    return {.submission = {source_dir() / submission},
            .seed = 7,
            .inputs = 400,
            .state_dir = folder.path() / "state"};
  }

  static FuzzSheet sheet_of(const FuzzSettings& settings, const FuzzListener& listener = {}) {
    Rubric rubric;
    rubric.deadlines.request_seconds = 0.5;
    auto outcome = fuzz_submission(rubric, settings, listener);
    if (auto* failed = std::get_if<BuildFailed>(&outcome)) throw std::runtime_error(failed->diagnostics);
    return std::get<FuzzSheet>(std::move(outcome));
  }
};

std::vector<Fault> faults_of(const FuzzSheet& sheet) {
  std::vector<Fault> faults;
  for (const FuzzFinding& finding : sheet.findings) faults.push_back(finding_of(finding.result)->fault);
  return faults;
}

TEST(HuntProcess, RunsNothingInLessThanTheFullSandboxWhereThatIsDemanded) {
  const TemporaryFolder corpus;
  HuntSettings settings{.launch = {}, .corpus = corpus.path()};
  settings.launch.library = fuzz_host();  // is not loaded, so it need be no allocator
  settings.launch.sandbox = {.landlock = false, .in_full = true};
  EXPECT_THROW(HuntProcess{settings}, std::runtime_error);
}

TEST(FuzzSession, FindsShrinksAndSavesWhatTheJudgeConvicts) {
  const Fuzzing fuzzing;
  const FuzzSheet sheet = Fuzzing::sheet_of(fuzzing.settings("tests/guilty/encloses.c"));
  ASSERT_FALSE(sheet.findings.empty());
  // It overlaps and it lies outside of the heap: one finding, told as what takes fewer requests.
  std::vector<Fault> faults = faults_of(sheet);
  for (const FuzzFinding& finding : sheet.findings) {
    for (const Symptom& also : finding.also) faults.push_back(also.fault);
  }
  EXPECT_NE(std::ranges::find(faults, Fault::kOverlap), faults.end());
  const FuzzFinding& first = sheet.findings.front();
  EXPECT_EQ(first.result.tier, Tier::kP0);
  EXPECT_LE(first.result.requests, 10u);
  EXPECT_EQ(load_trace(first.result.saved_prefix).requests().size(), first.result.requests);
  EXPECT_EQ(sheet.counts.inputs, 400u);
  EXPECT_TRUE(sheet.guarded);
}

TEST(FuzzSession, FindsNothingInAnInnocentAllocator) {
  const Fuzzing fuzzing;
  const FuzzSheet sheet = Fuzzing::sheet_of(fuzzing.settings("reference/explicit.cc"));
  EXPECT_TRUE(sheet.findings.empty());
  EXPECT_EQ(sheet.counts.acquitted, 0u);
  EXPECT_EQ(sheet.counts.restarts, 0u);
}

TEST(FuzzSession, WhatLooksSoundIsTriedOnceMoreAsTheRubricCompilesIt) {
  const Fuzzing fuzzing;
  const FuzzSheet sheet = Fuzzing::sheet_of(fuzzing.settings("tests/fuzz/submissions/sound_in_clang.c"));
  EXPECT_FALSE(sheet.findings.empty());
  EXPECT_EQ(sheet.plain_inputs, FuzzSettings{}.plain_inputs);
  EXPECT_EQ(sheet.counts.inputs, 400 + sheet.plain_inputs);
}

TEST(FuzzSession, WhereSomethingWasFoundTheGuardHasTheLastWord) {
  const Fuzzing fuzzing;
  FuzzSettings settings = fuzzing.settings("tests/guilty/encloses.c");
  EXPECT_EQ(Fuzzing::sheet_of(settings).plain_inputs, 0u);
  settings.submission = {source_dir() / "tests/fuzz/submissions/sound_in_clang.c"};
  settings.plain_inputs = 0;
  EXPECT_TRUE(Fuzzing::sheet_of(settings).findings.empty());
}

TEST(FuzzSession, FindsTheSameWithTheSameSeed) {
  const Fuzzing one;
  const Fuzzing other;
  const FuzzSheet first = Fuzzing::sheet_of(one.settings("tests/guilty/last_byte.c"));
  const FuzzSheet second = Fuzzing::sheet_of(other.settings("tests/guilty/last_byte.c"));
  ASSERT_EQ(faults_of(first), faults_of(second));
  EXPECT_EQ(first.counts.executions, second.counts.executions);
  for (std::size_t i = 0; i < first.findings.size(); ++i) {
    EXPECT_EQ(load_trace(first.findings[i].result.file), load_trace(second.findings[i].result.file));
  }
}

// Of encloses.c, with a trace in that folder that convicts it, and next to nothing else tried.
FuzzSheet sheet_with_trace_in(const fs::path& folder, FuzzSettings settings) {
  fs::create_directories(folder);
  fs::copy_file(source_dir() / "tests/guilty/encloses.rep",
                folder / (fuzz_failure_name(settings.submission) + "mm_malloc-E103.rep"));
  settings.inputs = 1;
  return Fuzzing::sheet_of(settings);
}

TEST(FuzzSession, TriesSavedFailuresFirst) {
  const Fuzzing fuzzing;
  const FuzzSettings settings = fuzzing.settings("tests/guilty/encloses.c");
  const FuzzSheet sheet = sheet_with_trace_in(failures_folder(settings.state_dir), settings);
  const auto overlap = std::ranges::find_if(sheet.findings, [](const FuzzFinding& finding) {
    return finding_of(finding.result)->fault == Fault::kOverlap && finding.found_after == 0;
  });
  EXPECT_NE(overlap, sheet.findings.end());
}

// Each finding's kind, and the kinds that it is also seen as.
std::vector<std::vector<FailureKind>> kinds_of(const FuzzSheet& sheet) {
  std::vector<std::vector<FailureKind>> kinds;
  for (const FuzzFinding& finding : sheet.findings) {
    kinds.push_back({{finding_of(finding.result)->fault, finding.function}});
    for (const Symptom& symptom : finding.also) kinds.back().emplace_back(symptom.fault, symptom.function);
  }
  return kinds;
}

TEST(FuzzSession, KeepsATraceOfEachSymptomAndTellsTheSameAgain) {
  const Fuzzing fuzzing;
  const FuzzSettings settings = fuzzing.settings("tests/guilty/encloses.c");
  const FuzzSheet first = Fuzzing::sheet_of(settings);
  std::size_t symptoms = 0;
  for (const FuzzFinding& finding : first.findings) {
    for (const Symptom& symptom : finding.also) {
      EXPECT_EQ(load_trace(symptom.file).requests().size(), symptom.requests);
      ++symptoms;
    }
  }
  EXPECT_GE(symptoms, 1u);
  const FuzzSheet second = Fuzzing::sheet_of(settings);
  EXPECT_EQ(kinds_of(second), kinds_of(first)) << "what is around a trace is not saved with it";
}

// As after a bug is mended that hid it.
TEST(FuzzSession, TriesSavedSymptomsToo) {
  const Fuzzing fuzzing;
  const FuzzSettings settings = fuzzing.settings("tests/guilty/encloses.c");
  const FuzzSheet sheet = sheet_with_trace_in(symptoms_folder(settings.state_dir), settings);
  ASSERT_FALSE(sheet.findings.empty());
  EXPECT_EQ(sheet.findings[0].found_after, 0u);
  EXPECT_TRUE(saved_fuzz_failures(symptoms_folder(settings.state_dir), settings.submission).empty())
      << "it is a finding now";
  EXPECT_EQ(saved_fuzz_failures(failures_folder(settings.state_dir), settings.submission).size(), sheet.findings.size());
}

TEST(FuzzSession, NamesTheLineOfAStoreThatIsUndoneAtOnce) {
  const Fuzzing fuzzing;
  const fs::path file = fuzzing.folder.path() / "mm.c";
  std::ofstream(file) << "#include \"memlib.h\"\n#include \"mm.h\"\n"
                         "static char *last;\n"
                         "int mm_init(void) { last = NULL; return 0; }\n"
                         "void *mm_malloc(size_t n) {\n"
                         "  if (last) { char old = *(volatile char *)last; *(volatile char *)last = 1; *(volatile char *)last = old; }\n"
                         "  char *p = mem_sbrk((long)((n + 15) & ~15ul));\n"
                         "  return last = p == (char *)-1 ? NULL : p;\n"
                         "}\n"
                         "void mm_free(void *p) { if (p == last) last = NULL; }\n";
  FuzzSettings settings = fuzzing.settings("");
  settings.submission = {file};
  settings.highest_tier = Tier::kP0;
  const FuzzSheet sheet = Fuzzing::sheet_of(settings);
  const auto seen = std::ranges::find(sheet.findings, Proof::kGuardOnly, &FuzzFinding::proof);
  ASSERT_NE(seen, sheet.findings.end());
  const Finding& finding = *finding_of(seen->result);
  EXPECT_EQ(finding.fault, Fault::kPayloadChanged);
  ASSERT_FALSE(finding.stacks.empty());
  EXPECT_EQ(finding.stacks.front().front().line, 6u);
  EXPECT_EQ(seen->function, "mm_malloc");
}

TEST(FuzzSession, SurvivesASubmissionThatKillsItsProcess) {
  const Fuzzing fuzzing;
  FuzzSettings settings = fuzzing.settings("tests/fuzz/submissions/kills_itself.c");
  settings.stop_after = 1;
  const FuzzSheet sheet = Fuzzing::sheet_of(settings);
  EXPECT_FALSE(sheet.findings.empty());
  EXPECT_GT(sheet.counts.restarts, 0u);
}

TEST(FuzzSession, EndsWhenItsListenerSaysSo) {
  const Fuzzing fuzzing;
  FuzzSettings settings = fuzzing.settings("reference/implicit.cc");
  settings.inputs = 0;
  settings.workers = 2;
  const FuzzSheet sheet = Fuzzing::sheet_of(settings, [](const FuzzProgress& progress) { return progress.counts.inputs < 20; });
  EXPECT_TRUE(sheet.interrupted);
  EXPECT_EQ(sheet.workers, 2u);
}

Proposal honest_proposal() {
  Proposal proposal{};
  proposal.fault = 103;
  proposal.request_count = 2;
  proposal.block_count = 1;
  proposal.requests[0] = {.size = 16, .block = 0, .op = Op::kMalloc};
  proposal.requests[1] = {.block = 0, .op = Op::kFree};
  return proposal;
}

TEST(Proposal, IsReadAsATraceAndAClaim) {
  const auto copy = std::make_unique<Proposal>(honest_proposal());
  const auto read = read_proposal(*copy);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->trace.requests().size(), 2u);
  EXPECT_EQ(read->claim, Fault::kOverlap);
}

TEST(Proposal, OfALiarIsRefused) {
  const auto lie = [](void (*change)(Proposal&)) {
    const auto copy = std::make_unique<Proposal>(honest_proposal());
    change(*copy);
    return read_proposal(*copy);
  };
  EXPECT_FALSE(lie([](Proposal& p) { p.request_count = UINT32_MAX; }));
  EXPECT_FALSE(lie([](Proposal& p) { p.block_count = 0; })) << "ids beyond the table";
  EXPECT_FALSE(lie([](Proposal& p) { p.block_count = UINT32_MAX; }));
  EXPECT_FALSE(lie([](Proposal& p) { p.run = 77; }));
  EXPECT_FALSE(lie([](Proposal& p) { p.requests[1].op = static_cast<Op>(200); }));
  EXPECT_FALSE(lie([](Proposal& p) { p.requests[0].op = Op::kFree; })) << "frees what is not live";
  EXPECT_FALSE(lie([](Proposal& p) { p.fault = 9999; })->claim.has_value());
  const auto deep = lie([](Proposal& p) {
    p.escaped = 1;
    p.escape.depth = UINT32_MAX;
  });
  EXPECT_LE(deep->escape->depth, kMaxEscapeFrames);
}

}  // namespace
}  // namespace heapjudge
