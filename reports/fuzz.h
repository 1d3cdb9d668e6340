// What came of fuzzing, as text and as JSON. Pure functions.
#pragma once

#include <string>

#include "judge/fuzz_sheet.h"
#include "reports/report.h"

namespace heapjudge {

// The conditions, each finding in the anatomy of a failure (the first few, unless style.verbose), a table of all.
std::string text_of(const FuzzSheet& sheet, const TextStyle& style);

// "schema": "heapjudge-fuzz/1"; reports/schema/heapjudge-fuzz-1.schema.json describes it.
std::string json_of(const FuzzSheet& sheet);

}  // namespace heapjudge
