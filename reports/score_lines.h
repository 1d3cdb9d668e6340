// The last lines of the main screen: the score, and where most is to be won.
#pragma once

#include <string>

#include "judge/grade.h"
#include "reports/report.h"

namespace heapjudge {

std::string score_lines_of(const GradeSheet& sheet, const TextStyle& style);

}  // namespace heapjudge
