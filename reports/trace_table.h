// The table of traces and the table of tiers on the main screen.
#pragma once

#include <cstddef>
#include <string>

#include "judge/grade.h"
#include "reports/report.h"

namespace heapjudge {

std::string trace_table_of(const GradeSheet& sheet, const TextStyle& style);
std::string tier_table_of(const GradeSheet& sheet, const TextStyle& style);

// Utilization up to each moment, so that the last cell is the trace's utilization; blank while the heap is
// empty.
std::string sparkline(const HeapProfile& profile, std::size_t cells, bool unicode);

}  // namespace heapjudge
