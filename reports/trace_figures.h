// What `heapjudge trace` prints: figures of a trace, its faults, and how it differs from another.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reports/report.h"
#include "trace/analysis.h"
#include "trace/difference.h"
#include "trace/packing.h"

namespace heapjudge {

struct TraceFigures {
  std::uint64_t heap_limit_bytes = 0;  // what was asked for beyond is taken to be refused
  TraceAnalysis analysis;
  Packing packing;
};

std::string text_of(const Trace& trace, const TraceFigures& figures, const TextStyle& style);
std::string json_of(const Trace& trace, const TraceFigures& figures);

// What `trace check` found in one file; a trace with faults has no remarks.
struct CheckedTrace {
  std::string file;
  std::vector<std::string> faults;   // file:line:column: what
  std::vector<std::string> remarks;  // what, or "line N: what"
};

std::string text_of(const std::vector<CheckedTrace>& checked);
std::string json_of(const std::vector<CheckedTrace>& checked);

// Two traces by the names that the reader gave them.
struct ComparedTraces {
  std::string left_name;
  std::string right_name;
  const Trace& left;
  const Trace& right;
  std::optional<Difference> difference;
};

std::string text_of(const ComparedTraces& compared);
std::string json_of(const ComparedTraces& compared);

}  // namespace heapjudge
