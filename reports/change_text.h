// What has changed since an earlier run, in a word or a number.
#pragma once

#include <string>
#include <string_view>

#include "judge/comparison.h"
#include "judge/grade.h"
#include "reports/report.h"

namespace heapjudge {

// "+3.3", "-0.2"; what rounds to nothing is "+0.0".
std::string signed_points(double points);

// "fixed", "broke", "ran", "new"; else the points, if as many as are shown; empty when nothing is to be told.
std::string change_text(const TraceRow& row, const TraceChange& change);

// `(+3.3 since "monday")`; empty without a comparison, "(+3.3)" without the run's
// name.
std::string since_text(const GradeSheet& sheet, const TextStyle& style);

// What heapjudge grade --watch prints after a change: the rows that are not as they were, the first new
// failure whole, and the score behind `label`; without a comparison the score alone.
std::string changes_of(const GradeSheet& sheet, std::string_view label, const TextStyle& style);

}  // namespace heapjudge
