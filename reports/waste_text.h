// Wasteful traces in words.
#pragma once

#include <string>

#include "judge/grade.h"
#include "judge/waste_sheet.h"
#include "reports/report.h"

namespace heapjudge {

// "on this trace the heap reaches 1.2 MiB, 5.9 times the 210 KiB of segregated"; one line.
std::string sentence_of(const WastefulTrace& waste, const WasteRules& rules);

// A section of its own: what was tried, and each trace with the command that draws it.
std::string text_of(const WasteSheet& sheet, const Identity& identity, const TextStyle& style);

}  // namespace heapjudge
