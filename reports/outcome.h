// What came of a grading, for the formats that have something to say in every case. Each function is pure.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "judge/grade.h"
#include "submission/build.h"

namespace heapjudge {

// The student's fault, and so an honest 0 points.
struct NotBuilt {
  std::string submission;          // as given on the command line
  std::vector<std::string> files;  // its words
  BuildFailed failed;
};

// The grader's fault, or the machine's, or the course's: says nothing about the submission, and never is a score.
struct NotGraded {
  std::string submission;
  std::string why;
};

using Outcome = std::variant<GradeSheet, NotBuilt, NotGraded>;

std::string submission_of(const Outcome& outcome);

// For people and pull requests: tables and the failures, in GitHub's dialect. Whole sections from the end are left
// out, and that is said, where it would be longer than `most_bytes`; there are never fewer than kLeastMarkdownBytes.
inline constexpr std::size_t kLeastMarkdownBytes = 4096;
std::string markdown_of(const Outcome& outcome, std::size_t most_bytes = std::string::npos);

// One line for the score, each tier, each check of its own and each trace; RFC 4180, with a heading. No cell can be
// taken for a formula.
std::string csv_of(const Outcome& outcome);

// XML as Jenkins and GitLab read it: failures, and no points, because the format has no place for them. What is
// nobody's failure is an `error`.
std::string junit_of(const Outcome& outcome);

// The results.json of a Gradescope autograder. Without a score there is neither "score" nor "tests", which Gradescope
// takes for an autograder that failed, and never for 0 points.
std::string gradescope_of(const Outcome& outcome);

// What an Autolab driver prints, and nothing may be printed after it: the report, a line of feedback stages, a line
// of scores. The one problem is "heapjudge"; null, for no score.
std::string autolab_of(const Outcome& outcome);

// The log of a GitHub job: the report, where nothing in it is a workflow command, then annotations. `token` must be
// one that nobody could guess.
std::string github_of(const Outcome& outcome, const std::string& token);

}  // namespace heapjudge
