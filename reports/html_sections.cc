// Numbers as the other formats write them.
#include "reports/html_sections.h"

#include <fmt/format.h>

#include <algorithm>

#include "judge/checked_orders.h"
#include "oracle/fault.h"
#include "reports/change_text.h"
#include "reports/fuzz_part.h"
#include "reports/numbers.h"
#include "reports/report.h"
#include "reports/score_lines.h"
#include "reports/sheet_cells.h"
#include "reports/sheet_words.h"

namespace heapjudge {
namespace {

constexpr TextStyle kWide{.verbose = true, .columns = 100};

using Facts = std::vector<std::pair<std::string, std::string>>;

Html card(std::string_view what, const std::string& value, const std::string& remark) {
  return element("li", element("span", what) + element("strong", value) + element("span", remark)) + Html::own("\n");
}

Html half_card(std::string_view what, const std::string& value, const PerformanceRow& half) {
  return card(what, value, fmt::format("{} of {:g} points", points_text(half.points), half.max_points));
}

Html cards_of(const GradeSheet& sheet) {
  Html cards = card("score", sheet.score ? points_text(*sheet.score) : "none", fmt::format("of {:g}", sheet.max_score));
  const auto passed = std::ranges::count(sheet.traces, true, &TraceRow::passed);
  cards += card(sheet.correct ? "✓ correct" : "✗ not correct", fmt::format("{}/{}", passed, sheet.traces.size()), "traces pass");
  if (const auto& half = sheet.utilization)
    cards += half_card("utilization", half->mean ? percent(*half->mean) + " %" : "-", *half);
  if (const auto& half = sheet.throughput)
    cards += half_card("speed beside " + sheet.scoring.measuring.reference, half->mean ? speed_text(*half->mean) : "-", *half);
  if (sheet.deducted > 0) cards += card("deducted", "-" + points_text(sheet.deducted), "points");
  return element("ul", {{"class", "cards"}}, Html::own("\n") + cards) + Html::own("\n");
}

// The first column is a mark, the second a name.
template <std::size_t kColumns>
std::vector<HtmlColumn> columns_of(const std::array<SheetColumn, kColumns>& columns) {
  std::vector<HtmlColumn> made;
  for (const SheetColumn& column : columns) {
    made.push_back({.title = column.title.empty() ? "state" : std::string(column.title),
                    .number = column.number,
                    .names_row = made.size() == 1});
  }
  return made;
}

// A mark is read out as a word.
Html mark_html(const std::string& mark) {
  const std::string word = mark == "✓" ? "passed" : mark == "✗" ? "failed" : mark == "!" ? "a repetition failed" : "not run";
  if (mark.empty()) return {};
  return element("span", {{"aria-hidden", "true"}, {"class", mark == "✓" ? "good" : "bad"}}, Html::text(mark)) +
         element("span", {{"class", "unseen"}}, Html::text(word));
}

std::vector<Html> html_cells(const SheetCells& cells) {
  std::vector<Html> made{mark_html(cells.front())};
  for (std::size_t i = 1; i < cells.size(); ++i) made.push_back(Html::text(cells[i]));
  return made;
}

Html link(const std::string& id, const Html& content) { return element("a", {{"href", "#" + id}}, content); }

Html static_findings_of(const GradeSheet& sheet) {
  Html html;
  for (const StaticFinding& finding : sheet.static_findings) {
    html += element("pre", {{"class", "failure"}},
                    Html::text(fmt::format("error: [{}] {}", code_of(finding.fault), finding.message))) +
            Html::own("\n");
  }
  return html;
}

std::string signed_speed(double change) { return fmt::format("{}{}", change < 0 ? "-" : "+", speed_text(std::abs(change))); }

std::vector<Html> change_cells(const std::string& name, const TraceRow& row, const TraceChange& change) {
  const auto optional_text = [](const std::optional<double>& value, const auto& text) {
    return Html::text(value ? text(*value) : "-");
  };
  return {Html::text(name),
          Html::text(change.before ? name_of(*change.before) : "new"),
          Html::text(result_of(row)),
          optional_text(change.utilization, [](double value) { return signed_points(value * 100); }),
          optional_text(change.speed, signed_speed),
          optional_text(change.points, signed_points)};
}

Html anatomy_of(const std::string& text) {
  return Html::own("\n") + element("pre", {{"class", "failure"}, {"tabindex", "0"}}, Html::lines(text)) + Html::own("\n");
}

std::string interval_of(const Measurement& measurement) {
  if (measurement.clock == CostClock::kInstructions) return "counted in instructions";
  return fmt::format("{} to {} (95 %), {} pairs", speed_text(measurement.speed_low), speed_text(measurement.speed_high),
                     measurement.pairs);
}

}  // namespace

bool HtmlSheet::has_pictures(std::size_t row) const {
  const TraceResult& result = sheet.traces[row].result;
  const bool has_history = result.examination && result.examination->history && result.examination->history->requests() > 0;
  return !result.hidden && has_history && row < inputs.traces.size() && inputs.traces[row].trace;
}

Html score_part(const GradeSheet& sheet) {
  HtmlTable table("Where the points come from", columns_of(kScoreColumns));
  for (const SheetCells& cells : score_cells_of(sheet)) table.add_row(html_cells(cells));
  return cards_of(sheet) + element("pre", {{"class", "words"}}, Html::lines(score_lines_of(sheet, kWide))) +
         Html::own("\n") + table.html();
}

Html failures_part(const HtmlSheet& html) {
  Html failures = static_findings_of(html.sheet);
  for (std::size_t i = 0; i < html.sheet.traces.size(); ++i) {
    const std::string text = text_of_failure(html.sheet.traces[i].result, html.sheet.identity, kWide);
    if (text.empty()) continue;
    failures += element("h3", {{"id", HtmlSheet::failure_id_of(i)}}, Html::text(html.names[i])) + anatomy_of(text);
  }
  if (!html.sheet.fuzz) return failures;
  for (const FuzzFinding& finding : html.sheet.fuzz->hunt.findings) {
    failures += element("h3", "Found by fuzzing: " + fuzz_name_of(finding)) +
                anatomy_of(text_of_finding(finding, html.sheet.identity, kWide));
  }
  return failures;
}

Html traces_part(const HtmlSheet& html) {
  HtmlTable table("All traces: int % is lost inside blocks, ext % in holes", columns_of(kTraceColumns));
  for (std::size_t i = 0; i < html.sheet.traces.size(); ++i) {
    const TraceRow& row = html.sheet.traces[i];
    std::vector<Html> cells = html_cells(trace_cells_of(row, html.names[i]));
    if (html.has_pictures(i)) cells[1] = link(HtmlSheet::id_of(i), cells[1]);
    if (finding_of(row.result) != nullptr) cells.back() = link(HtmlSheet::failure_id_of(i), cells.back());
    table.add_row(cells);
  }
  return table.html();
}

Html comparison_part(const HtmlSheet& html) {
  if (!html.sheet.comparison) return {};
  const Comparison& comparison = *html.sheet.comparison;
  HtmlTable table("What has changed since " + comparison.with, {{.title = "trace", .names_row = true},
                                                                {"then"},
                                                                {"now"},
                                                                {"util %", true},
                                                                {"speed", true},
                                                                {"points", true}});
  for (std::size_t i = 0; i < html.sheet.traces.size(); ++i) {
    table.add_row(change_cells(html.names[i], html.sheet.traces[i], comparison.traces[i]));
  }
  const std::string since = since_text(html.sheet, kWide);
  return (since.empty() ? Html() : element("p", "The score " + since)) + table.html();
}

Html environment_part(const HtmlSheet& html) {
  const Identity& id = html.sheet.identity;
  const auto& measuring = html.sheet.scoring.measuring;
  Facts facts{{"isolation", id.isolation},
              {"alignment", bytes_text(id.alignment_bytes)},
              {"heap limit", size_text(id.heap_limit_bytes)},
              {"addresses", id.abi == Abi::kIlp32 ? "32 bit" : "64 bit"},
              {"refused growths", id.refused_growths ? "each trace was repeated with growths of the heap refused" : ""},
              {"own heap checker", id.own_checker.empty() ? "" : id.own_checker + " was called in a repetition of each trace"}};
  if (!id.measured) {
    facts.emplace_back("speed", "not measured");
  } else {
    const std::string clock = measuring.clock == CostClock::kCpuTime ? "CPU time" : "instructions";
    facts.emplace_back("speed", clock + " beside " + measuring.reference);
    facts.emplace_back("seeds", fmt::format("a trace is timed as it stands and in the orders of seeds 1 to {}", kOtherOrders));
  }
  for (const std::string& note : id.notes) facts.emplace_back("note", note);
  return facts_table("Under which conditions it was judged", facts);
}

Html identity_part(const Identity& identity, const HtmlInputs& inputs) {
  const Facts facts{{"submission", identity.submission},
                    {"sources, SHA-256", identity.sha256},
                    {"compiler", identity.compiler + " " + identity.flags},
                    {"rubric", identity.rubric},
                    {"rubric, SHA-256", inputs.rubric_sha256},
                    {"command", identity.command},
                    {"judged by", "heapjudge " + inputs.version}};
  return facts_table("What was judged, and how to judge it again", facts);
}

Html trace_facts(const TraceRow& row, const HtmlTrace& trace, const Scoring& scoring) {
  const TraceResult& result = row.result;
  Facts facts{{"result", std::string(result_of(row))},
              {"figures", figures_of(row, scoring)},
              {"file", result.file.string()},
              {"file, SHA-256", trace.sha256},
              {"weight", fmt::format("{:g}", result.weight)}};
  if (row.passed && result.examination && result.examination->profile) {
    const HeapProfile& profile = *result.examination->profile;
    facts.emplace_back("payload at most", fmt::format("{} (after #{})", size_text(profile.peak_payload_bytes),
                                                      grouped(profile.peak_request)));
    facts.emplace_back("heap at most", size_text(profile.heap_bytes));
  }
  if (result.measurement) facts.emplace_back("speed", interval_of(*result.measurement));
  return facts_table("Trace", facts);
}

}  // namespace heapjudge
