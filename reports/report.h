// Grade sheets as text of many kinds. Each is a pure function: no files, no clock, no arithmetic of points.
#pragma once

#include <string>
#include <vector>

#include "judge/grade.h"

namespace heapjudge {

// How far the reader's screen goes.
struct TextStyle {
  bool colour = false;
  bool unicode = true;
  bool verbose = false;  // print every failure whole, not only the first that decides
  std::size_t columns = 100;
};

// One sentence, no code: "mm_malloc(100) returned memory that is still in use".
std::string describe(const Finding& finding);

// The rule in words, a tiny example as a sequence of requests, and the usual causes: what `heapjudge explain`
// prints.
std::string explain(Fault fault);

// An allocator that breaks one rule, and a trace that shows it.
struct WorkedExample {
  std::string command;                // that convicts it
  std::vector<std::string> requests;  // as lines of the trace
  std::string source;                 // of the allocator
};

// What follows explain() where there is one.
std::string text_of(const WorkedExample& example);

// The anatomy of a failure (INTERFACE.md, section 3), at most 12 lines unless style.verbose. Lines that
// wrap at a narrow screen count, and what must be said (place, evidence, hint, commands) is never left out.
// Empty when the trace has no finding.
std::string text_of_failure(const TraceResult& result, const Identity& identity, const TextStyle& style);

// "traces/a.rep:9:1: error: [E103] #5 mm_malloc(100) returned...", cut at the screen's end. Empty when the trace
// has no finding.
std::string line_of_failure(const TraceResult& result, const TextStyle& style);

// The main screen: head, table, failures, tiers, score.
std::string text_of(const GradeSheet& sheet, const TextStyle& style);

// Why there is no score: "measurement too noisy to score: trace X: 0.82x to 0.95x after 40 pairs". Empty when
// nothing is too noisy. As the rubric names the trace, so not printable.
std::string noise_of(const GradeSheet& sheet);

// "schema": "heapjudge/2"; reports/schema/heapjudge-2.schema.json describes it. Invalid UTF-8 is replaced.
std::string json_of(const GradeSheet& sheet);

// The classic driver's table, for the `mdriver` link.
std::string mdriver_text_of(const GradeSheet& sheet, bool verbose);

}  // namespace heapjudge
