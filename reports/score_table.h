// What each tier and each half of the performance earned.
#pragma once

#include <string>

#include "judge/grade.h"
#include "reports/report.h"

namespace heapjudge {

std::string score_table_of(const GradeSheet& sheet, const TextStyle& style);

}  // namespace heapjudge
