// A grade sheet for people: what a pull request or the summary of a job shows.
#include <fmt/format.h>

#include "oracle/fault.h"
#include "reports/fuzz_part.h"
#include "reports/markdown_text.h"
#include "reports/numbers.h"
#include "reports/outcome.h"
#include "reports/report.h"
#include "reports/sheet_words.h"
#include "reports/trace_table.h"

namespace heapjudge {
namespace {

using Cells = std::vector<std::string>;

std::string optional_points(const std::optional<double>& points) {
  return points ? points_text(*points) : "-";
}

std::string mark_of(const TraceRow& row) {
  if (!row.ran) return "-";
  if (!row.passed) return "✗";
  return row.charged ? "!" : "✓";
}

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

std::string tier_rows(const TierRow& row) {
  std::string points;
  if (row.max_points > 0) points = fmt::format("{} of {:g}", points_text(row.points), row.max_points);
  if (row.max_deducted > 0) {
    points = fmt::format("{}{} of -{:g}", row.deducted > 0 ? "-" : "", points_text(row.deducted), row.max_deducted);
  }
  std::string title = fmt::format("{} {}", name_of(row.tier), title_of(row.tier));
  if (row.decides) title += " (must pass)";
  std::string text =
      markdown_row({row.passed == row.total ? "✓" : "✗", title, fmt::format("{}/{}", row.passed, row.total), points});
  for (const RepeatedCheck& check : row.checks) {
    if (!check.passed()) text += markdown_row({"", markdown_text(check_text_of(check)), "", ""});
  }
  return text;
}

std::string half_row(std::string_view title, const std::string& mean, const PerformanceRow& row) {
  return markdown_row(
      {"", std::string(title), mean, fmt::format("{} of {:g}", points_text(row.points), row.max_points)});
}

std::string fuzz_rows(const FuzzPart& part) {
  const std::string mark = !part.hunt.not_run.empty() ? "-" : part.hunt.findings.empty() ? "✓" : "✗";
  std::string text = markdown_row({mark, fuzz_title_of(part), fuzz_result_of(part), fuzz_amount_of(part)});
  for (const std::string& remark : fuzz_remarks_of(part)) text += markdown_row({"", markdown_text(remark), "", ""});
  return text;
}

std::string points_table_of(const GradeSheet& sheet) {
  std::string text = markdown_row({"", "what", "result", "points"}) + markdown_row({"---", "---", "---:", "---:"});
  for (const TierRow& row : sheet.tiers) text += tier_rows(row);
  if (sheet.fuzz) text += fuzz_rows(*sheet.fuzz);
  if (const auto& half = sheet.utilization) {
    text += half_row("utilization", half->mean ? percent(*half->mean) + " %" : "-", *half);
  }
  if (const auto& half = sheet.throughput) {
    const std::string title = "throughput beside " + markdown_text(sheet.scoring.measuring.reference);
    text += half_row(title, half->mean ? speed_text(*half->mean) : "-", *half);
  }
  return text + "\n";
}

// Why a row has no figures, or what a repetition of its trace found.
std::string remark_of(const TraceRow& row) {
  if (row.result.hidden) return "hidden: " + std::string(result_of(row));
  if (const Finding* finding = finding_of(row.result)) return markdown_text(short_text_of(*finding));
  return row.ran ? "" : markdown_text("not run: " + row.result.not_run);
}

Cells figures_in(const TraceRow& row) {
  const TraceResult& result = row.result;
  if (!row.passed || !result.examination || !result.examination->profile) return Cells(5, "");
  const HeapProfile& profile = *result.examination->profile;
  return {percent(profile.utilization), kibibytes(profile.heap_bytes), percent(profile.internal_fraction),
          percent(profile.external_fraction), result.measurement ? speed_text(result.measurement->speed) : "-"};
}

std::string trace_row(const TraceRow& row, const std::string& name) {
  const bool hidden = row.result.hidden;
  Cells cells{mark_of(row), markdown_text(name), hidden ? "" : std::string(name_of(row.result.tier)),
              hidden ? "" : grouped(row.result.requests)};
  for (std::string& figure : figures_in(row)) cells.push_back(std::move(figure));
  cells.push_back(hidden ? "" : optional_points(row.points));
  cells.push_back(hidden ? "" : optional_points(row.to_gain));
  cells.push_back(remark_of(row));
  return markdown_row(cells);
}

std::string trace_table_heading() {
  return markdown_row({"", "trace", "tier", "requests", "util %", "heap", "int %", "ext %", "speed", "points",
                       "to gain", "finding"}) +
         markdown_row({"---", "---", "---", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---"});
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
    text.add("### Traces\n\n" + trace_table_heading());
    for (std::size_t i = 0; i < sheet.traces.size(); ++i) text.add(trace_row(sheet.traces[i], names[i]));
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
