// The table of traces on the main screen.
#pragma once

#include <cstddef>
#include <string>

#include "judge/grade.h"
#include "reports/report.h"

namespace heapjudge {

// "[E103] #5 mm_malloc(100) returned memory that is still in use"; as the submission left it, so not printable.
std::string short_text_of(const Finding& finding);

std::string trace_table_of(const GradeSheet& sheet, const TextStyle& style);

// Utilization up to each moment, so that the last cell is the trace's utilization; blank while the heap is
// empty.
std::string sparkline(const HeapProfile& profile, std::size_t cells, bool unicode);

}  // namespace heapjudge
