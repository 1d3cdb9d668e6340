// The parts of an HTML report that are text and tables.
#pragma once

#include <string>
#include <vector>

#include "judge/grade.h"
#include "reports/html_report.h"
#include "reports/html_text.h"

namespace heapjudge {

struct HtmlSheet {
  const GradeSheet& sheet;
  const HtmlInputs& inputs;
  std::vector<std::string> names;  // of the rows, as names_of() has them

  // Where a row's pictures and its failure are to be found.
  static std::string id_of(std::size_t row) { return "trace-" + std::to_string(row + 1); }
  static std::string failure_id_of(std::size_t row) { return "failure-" + std::to_string(row + 1); }

  // Pictures of a row take the history of its replay and the trace itself; of a hidden one there are none.
  bool has_pictures(std::size_t row) const;
};

Html score_part(const GradeSheet& sheet);          // cards, the words of the main screen, and a table
Html failures_part(const HtmlSheet& html);         // empty when nothing failed
Html traces_part(const HtmlSheet& html);           // a row for each, with links to the others
Html comparison_part(const HtmlSheet& html);       // empty without a comparison
Html environment_part(const HtmlSheet& html);      // under which conditions it was judged
Html identity_part(const Identity& identity, const HtmlInputs& inputs);

// Figures of one trace beside those of its row, as facts.
Html trace_facts(const TraceRow& row, const HtmlTrace& trace, const Scoring& scoring);

}  // namespace heapjudge
