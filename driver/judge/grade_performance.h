// The points of utilization and throughput.
#pragma once

#include "judge/grade.h"

namespace heapjudge {

// Fills in `sheet.utilization`, `sheet.throughput` and the points of the rows; sheet.scoring and the rows'
// results and `passed` are there already.
void grade_performance(GradeSheet& sheet);

}  // namespace heapjudge
