// The tables of a grade sheet, cell by cell, as raw text: for the formats that have tables of their own.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "judge/grade.h"

namespace heapjudge {

using SheetCells = std::vector<std::string>;

struct SheetColumn {
  std::string_view title;
  bool number = false;
};

inline constexpr std::array<SheetColumn, 4> kScoreColumns{{{""}, {"what"}, {"result", true}, {"points", true}}};

// A row for each tier and each of its checks that failed, for the fuzz part, for the utilization and for the throughput.
std::vector<SheetCells> score_cells_of(const GradeSheet& sheet);

inline constexpr std::array<SheetColumn, 12> kTraceColumns{{{""},
                                                            {"trace"},
                                                            {"tier"},
                                                            {"requests", true},
                                                            {"util %", true},
                                                            {"heap", true},
                                                            {"int %", true},
                                                            {"ext %", true},
                                                            {"speed", true},
                                                            {"points", true},
                                                            {"to gain", true},
                                                            {"finding"}}};

// `name` is that of names_of().
SheetCells trace_cells_of(const TraceRow& row, const std::string& name);

// "✓", "✗", "!" where a repetition failed, "-" where it did not run.
std::string mark_of(const TraceRow& row);

}  // namespace heapjudge
