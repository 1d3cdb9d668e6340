// A grade sheet for people: what a pull request or the summary of a job shows.
#include <fmt/format.h>

#include <span>

#include "oracle/fault.h"
#include "reports/fuzz_part.h"
#include "reports/markdown_text.h"
#include "reports/numbers.h"
#include "reports/outcome.h"
#include "reports/report.h"
#include "reports/sheet_cells.h"
#include "reports/sheet_words.h"

namespace heapjudge {
namespace {

using Cells = SheetCells;

std::string head_of(const GradeSheet& sheet) {
  std::string text =
      "## " + markdown_text(sheet.identity.submission) + ": " + markdown_text(score_text_of(sheet)) + "\n\n";
  text += sheet.correct ? "Correct." : "**Not correct.**";
  for (const std::string& words : {sheet.rubric_name, sheet.course}) {
    if (!words.empty()) text += " " + markdown_text(words) + ".";
  }
  text += "\n\n";
  for (const std::string& note : sheet.identity.notes) text += "- note: " + markdown_text(note) + "\n";
  for (const StaticFinding& finding : sheet.static_findings) {
    text += fmt::format("- **error** \\[{}\\] {}\n", code_of(finding.fault), markdown_text(finding.message));
  }
  const bool listed = !sheet.identity.notes.empty() || !sheet.static_findings.empty();
  return listed ? text + "\n" : text;
}

std::string row_of(Cells cells) {
  for (std::string& cell : cells) cell = markdown_text(cell);
  return markdown_row(cells);
}

std::string heading_of(std::span<const SheetColumn> columns) {
  Cells titles;
  Cells rules;
  for (const SheetColumn& column : columns) {
    titles.emplace_back(column.title);
    rules.emplace_back(column.number ? "---:" : "---");
  }
  return markdown_row(titles) + markdown_row(rules);
}

std::string points_table_of(const GradeSheet& sheet) {
  std::string text = heading_of(kScoreColumns);
  for (const Cells& cells : score_cells_of(sheet)) text += row_of(cells);
  return text + "\n";
}

std::string run_of(const Identity& id) {
  const auto line = [](std::string_view label, const std::string& what) {
    return what.empty() ? "" : fmt::format("- {}: {}\n", label, markdown_text(what));
  };
  return "### Run\n\n" + line("compiler", id.compiler + " " + id.flags) + line("sources, SHA-256", id.sha256) +
         line("rubric", id.rubric) + line("isolation", id.isolation) +
         fmt::format("- alignment {}, heap limit {}\n", id.alignment_bytes, size_text(id.heap_limit_bytes)) +
         line("command", id.command);
}

// A text made of whole pieces, as many as there is room for. Invariant: what is left out can still be said.
class Bounded {
 public:
  explicit Bounded(std::size_t most_bytes) : most_bytes_(most_bytes) {}

  void add(const std::string& piece) {
    if (left_out_ == 0 && text_.size() + piece.size() + kRoomForTheRest <= most_bytes_) {
      text_ += piece;
    } else {
      ++left_out_;
    }
  }

  std::string text() const {
    return left_out_ == 0 ? text_ : text_ + fmt::format("\n**{} more parts are left out: too long.**\n", left_out_);
  }

 private:
  static constexpr std::size_t kRoomForTheRest = 80;

  std::size_t most_bytes_;
  std::size_t left_out_ = 0;
  std::string text_;
};

void add_failures(const GradeSheet& sheet, const std::vector<std::string>& names, Bounded& text) {
  bool first = true;
  for (std::size_t i = 0; i < sheet.traces.size(); ++i) {
    const std::string failure =
        text_of_failure(sheet.traces[i].result, sheet.identity, {.unicode = true, .columns = 100});
    if (failure.empty()) continue;
    text.add((first ? "### Failures\n\n" : "") + fmt::format("#### {}\n\n", markdown_text(names[i])) +
             markdown_block(failure) + "\n");
    first = false;
  }
}

void add_findings(const GradeSheet& sheet, Bounded& text) {
  if (!sheet.fuzz || sheet.fuzz->hunt.findings.empty()) return;
  text.add("### Found by fuzzing\n\n");
  for (const FuzzFinding& finding : sheet.fuzz->hunt.findings) {
    text.add(fmt::format("#### {}\n\n", markdown_text(fuzz_name_of(finding))) +
             markdown_block(text_of_finding(finding, sheet.identity, {.unicode = true, .columns = 100})) + "\n");
  }
}

struct Parts {
  Bounded& text;

  void operator()(const GradeSheet& sheet) const {
    const std::vector<std::string> names = names_of(sheet.traces);
    text.add(head_of(sheet));
    text.add(points_table_of(sheet));
    text.add("### Traces\n\n" + heading_of(kTraceColumns));
    for (std::size_t i = 0; i < sheet.traces.size(); ++i) text.add(row_of(trace_cells_of(sheet.traces[i], names[i])));
    text.add("\n");
    add_failures(sheet, names, text);
    add_findings(sheet, text);
    text.add(run_of(sheet.identity));
  }

  void operator()(const NotBuilt& built) const {
    text.add("## " + markdown_text(sentence_of(built)) + "\n\nThat is 0 points.\n\n");
    text.add(markdown_block(plain_text_of(built)));
  }

  void operator()(const NotGraded& graded) const {
    text.add("## " + markdown_text(graded.submission) + " was not graded\n\n");
    text.add("This is the grader's fault, not the submission's, and no score.\n\n");
    text.add(markdown_text(graded.why) + "\n");
  }
};

}  // namespace

std::string markdown_of(const Outcome& outcome, std::size_t most_bytes) {
  Bounded text(most_bytes);
  std::visit(Parts{text}, outcome);
  return text.text();
}

}  // namespace heapjudge
