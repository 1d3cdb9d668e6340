// The words for a grade sheet that the formats of course systems share. None of it tells more of a hidden trace than
// its name and whether it passed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reports/outcome.h"

namespace heapjudge {

// The names of the rows, safe to print and different from each other: "a", "b", "a (2)".
std::vector<std::string> names_of(const std::vector<TraceRow>& rows);

// "passed", "failed", "not run".
std::string_view result_of(const TraceRow& row);
std::string_view name_of(TraceState state);

// "50.8 of 100", or why there is no score; one line.
std::string score_text_of(const GradeSheet& sheet);

// "utilization 95.8 %, heap 2 119 K, 0.018x the speed of tlsf, 6.8 points and 0.3 to gain", or why it did not run;
// empty for a hidden trace, and where a finding says it all.
std::string figures_of(const TraceRow& row, const Scoring& scoring);

// "E203, a second run in the process", and with ": fails on 2 of 12 traces".
std::string check_name_of(const RepeatedCheck& check);
std::string check_text_of(const RepeatedCheck& check);

// The traces on which the check failed, each with what was seen: "bimodal: [E203] #2 in the second run ...".
std::vector<std::string> failures_of(const RepeatedCheck& check, const GradeSheet& sheet);

// Whether what the row is convicted of makes the submission incorrect.
bool decides(const GradeSheet& sheet, const TraceRow& row);

// The report as plain text, without colours: every failure whole; or the compiler's lines; or why there is no
// grade, and that this is no score.
std::string plain_text_of(const Outcome& outcome);

// "mm.c does not build".
std::string sentence_of(const NotBuilt& outcome);

// The compiler's lines, printable, a line each.
std::vector<std::string> compiler_lines_of(const NotBuilt& outcome);

}  // namespace heapjudge
