// The head of the main screen: who was graded, and under which conditions.
#pragma once

#include <string>

#include "judge/grade.h"
#include "reports/report.h"

namespace heapjudge {

// Facts in one line, or in as many as the screen needs; then notes and static findings.
std::string head_of(const GradeSheet& sheet, const TextStyle& style);

}  // namespace heapjudge
