// What came of fuzzing, as text and as JSON. Pure functions.
#pragma once

#include <string>

#include "judge/fuzz_part.h"
#include "judge/fuzz_sheet.h"
#include "reports/report.h"

namespace heapjudge {

// The conditions, each finding in the anatomy of a failure (the first few, unless style.verbose), a table of all.
std::string text_of(const FuzzSheet& sheet, const TextStyle& style);

// The fuzz part of a grade as a JSON value, for the report of that.
std::string json_of(const FuzzPart& part, const Identity& identity);

// "schema": "heapjudge-fuzz/1"; reports/schema/heapjudge-fuzz-1.schema.json describes it.
std::string json_of(const FuzzSheet& sheet);

}  // namespace heapjudge
