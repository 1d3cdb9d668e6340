// Findings and grade sheets made by hand, for the tests of the reports.
#pragma once

#include <random>
#include <string>
#include <vector>

#include "judge/grade.h"
#include "reports/outcome.h"

namespace heapjudge::examples {

inline constexpr std::uint64_t kBase = 0x800000000;
inline constexpr std::uint64_t kLimit = 100u << 20;

// A finding under the name of the trace it would come from.
struct Example {
  std::string trace;
  Finding finding;
};

Finding overlap();  // the remainder of a split keeps its old size
Finding epilogue_in_payload();
Finding crash_in_pattern();
Finding free_of_null_crashes();

// One for each code that a run can show, and several where the report differs.
std::vector<Example> all_findings();

// Well-typed and otherwise arbitrary.
Finding random_finding(std::mt19937_64& random);

Identity identity();
TraceResult result_of(const Example& example, Tier tier);
TraceResult sound_trace(const std::string& name, double utilization, double internal_fraction);

GradeSheet innocent_sheet();
GradeSheet guilty_sheet();
GradeSheet measured_sheet();  // speeds, a deduction, a name for rubric and course
GradeSheet counted_sheet();   // by instructions, on a ramp, one trace failed, combined geometrically
GradeSheet noisy_sheet();     // without a score
GradeSheet hidden_sheet();    // hidden traces that passed, failed and did not run
GradeSheet fuzzed_sheet();    // a fuzz part whose findings decide, and cost all that they may
GradeSheet unfuzzed_sheet();  // a fuzz part that was left out
GradeSheet sheet_with_static_findings();
GradeSheet hostile_sheet();  // names and output full of control characters and invalid UTF-8
GradeSheet crowded_sheet();  // two of the same name, names that mean something to some format, a dozen failures
GradeSheet empty_sheet();
GradeSheet sheet_with(const Example& example);

// What a hunt finds in mm.c.
FuzzFinding found_by_fuzzing(const Finding& finding, const std::string& function);

NotBuilt not_built();  // the compiler quotes a line that looks like commands
NotGraded not_graded();

struct NamedOutcome {
  std::string name;
  Outcome outcome;
};

// All of these sheets, and what is not graded.
std::vector<NamedOutcome> all_outcomes();

}  // namespace heapjudge::examples
