// Judges the traces that a fuzzing process proposes, and gathers those on which the judge convicts.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "fuzz/families.h"
#include "fuzz/fuzz_build.h"
#include "fuzz/hunt_process.h"
#include "fuzz/told.h"
#include "judge/examine.h"
#include "judge/fuzz_sheet.h"
#include "judge/rubric.h"
#include "judge/saved_failure.h"

namespace heapjudge {

struct VerdictTerms {
  const Rubric& rubric;
  Examiner examine;                            // of the submission as the rubric builds it
  std::filesystem::path library;               // that one
  std::filesystem::path guarded_library;       // and the one that the fuzzing process runs
  std::vector<std::filesystem::path> sources;
};

// `start` is of the library that the rubric's own build has made.
VerdictTerms verdict_terms(const Rubric& rubric, const FuzzBuild& build, const SubjectFactory& start);

// Invariant: of the convictions that fail alike (same rule, same function) there is one, and it is the shortest so far.
class Verdicts {
 public:
  explicit Verdicts(VerdictTerms terms) : terms_(std::move(terms)) {}

  // True when it is a finding, new or not.
  bool judge(const Proposed& proposed);

  std::size_t size() const;  // findings, as they will be told
  std::size_t kinds() const { return findings_.size(); }  // of a rule and a function
  std::uint64_t acquitted() const { return acquitted_; }
  const std::string& isolation() const { return isolation_; }  // of the judge's own processes; empty: there was none

  // What is told of each family (fuzz/told.h), by tier, then by code, then by function. Without families, one for each
  // rule and function.
  std::vector<Told> take(bool in_families = true);

 private:
  bool keep(const Trace& trace, Examination examination, const Proposed& proposed);
  bool keep_what_the_guard_saw(Examination examination, const Proposed& proposed);
  void enter(Kept kept, const Proposed& proposed);
  void name_place(Finding& finding, const Proposed& proposed) const;

  VerdictTerms terms_;
  std::map<FailureKind, Kept> findings_;
  Families families_;
  std::uint64_t acquitted_ = 0;
  std::string isolation_;
};

}  // namespace heapjudge
