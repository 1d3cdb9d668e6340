// What came of a grading, from who was judged to where; see reports/html_sections.h for the parts.
#include "reports/html_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <variant>

#include "check.h"
#include "history/series.h"
#include "reports/html_heap.h"
#include "reports/html_page.h"
#include "reports/html_sections.h"
#include "reports/report.h"
#include "reports/sheet_cells.h"
#include "reports/sheet_words.h"
#include "reports/trace_table.h"

namespace heapjudge {
namespace {

constexpr std::string_view kStill =
    "The pictures of this report stay still: this build of Heapjudge is without the viewer (heapjudge doctor says why).";

Html page_head(const std::string& title, const std::string& words) {
  return element("header", element("h1", title) + Html::own("\n") + element("p", words)) + Html::own("\n");
}

// Without scripts the reader has all of it, but nothing to click. The viewer takes its note away.
Html note_on_viewer(const ViewerFiles& viewer) {
  if (viewer.script.empty()) return element("p", {{"class", "note"}}, Html::text(kStill)) + Html::own("\n");
  return element("p", {{"class", "note scriptless"}}, Html::text("Scripts are off: the pictures stay still.")) + Html::own("\n");
}

std::string failure_of(const TraceResult& result) {
  const Finding* finding = finding_of(result);
  return finding != nullptr ? short_text_of(*finding) : "";
}

// The request of the failure as far as the replay came, or where the payload is at its peak.
std::size_t first_look(const TraceResult& result, const HeapView& view) {
  const Finding* finding = finding_of(result);
  const std::size_t request =
      finding != nullptr ? finding->request : figures_of(*view.subjects.front().history, view.window).peak_request;
  return std::clamp(request, view.window.first, view.window.last);
}

// The pictures of a sheet's traces; a few of too many blocks are still.
class TraceParts {
 public:
  explicit TraceParts(const HtmlSheet& html) : html_(html), open_(first_failure(html.sheet)) {}

  Html parts() {
    Html parts;
    for (std::size_t i = 0; i < html_.sheet.traces.size(); ++i) parts += part(i);
    return parts.empty() ? parts : heap_legend() + note_on_viewer(html_.inputs.viewer) + parts;
  }

 private:
  Html part(std::size_t i) {
    if (!html_.has_pictures(i)) return {};
    const TraceRow& row = html_.sheet.traces[i];
    const HtmlTrace& file = html_.inputs.traces[i];
    const HeapHistory& history = *row.result.examination->history;
    ensure(history.requests() <= file.trace->requests().size(), "html: a history of another trace");
    HeapView view{.trace = *file.trace, .window = {1, history.requests()}};
    view.subjects.push_back({html_.sheet.identity.submission, &history, failure_of(row.result)});
    view.at = first_look(row.result, view);
    lives_ += history.blocks.size();
    const bool fits = lives_ <= kMostHtmlLives;
    Html facts = trace_facts(row, file, html_.sheet.scoring);
    if (!fits) facts += element("p", {{"class", "note"}}, Html::text(too_many(row.result)));
    return html_of({.view = view,
                    .id = HtmlSheet::id_of(i),
                    .name = html_.names[i],
                    .mark = mark_of(row) + " ",
                    .facts = std::move(facts),
                    .open = i == open_,
                    .has_data = fits && !html_.inputs.viewer.script.empty()});
  }

  // That which most want to see: what failed, or else the first.
  static std::size_t first_failure(const GradeSheet& sheet) {
    const auto row = std::ranges::find_if(sheet.traces, [](const TraceRow& one) { return finding_of(one.result) != nullptr; });
    return row == sheet.traces.end() ? 0 : static_cast<std::size_t>(row - sheet.traces.begin());
  }

  static std::string too_many(const TraceResult& result) {
    return "These pictures stay still: the report holds enough blocks without those of " + result.name +
           ". `heapjudge heap --html` makes a report of it alone.";
  }

  const HtmlSheet& html_;
  std::size_t lives_ = 0;
  std::size_t open_;
};

struct Page {
  const HtmlInputs& inputs;

  std::string operator()(const GradeSheet& sheet) const {
    ensure(inputs.traces.empty() || inputs.traces.size() == sheet.traces.size(), "html: traces of another sheet");
    const HtmlSheet html{sheet, inputs, names_of(sheet.traces)};
    std::string words = sheet.correct ? "Correct." : "Not correct.";
    for (const std::string& more : {sheet.rubric_name, sheet.course}) {
      if (!more.empty()) words += " " + more + ".";
    }
    const std::string title = sheet.identity.submission + ": " + score_text_of(sheet);
    const Html parts = section("identity", "What was judged", identity_part(sheet.identity, inputs)) +
                       section("score", "Score", score_part(sheet)) +
                       section("failures", "Failures", failures_part(html)) +
                       section("traces", "Traces", traces_part(html)) +
                       section("heaps", "The heap over each trace", TraceParts(html).parts()) +
                       section("comparison", "Since the run before", comparison_part(html)) +
                       section("environment", "Environment", environment_part(html));
    return html_page(title, page_head(title, words) + element("main", Html::own("\n") + parts), inputs);
  }

  std::string operator()(const NotBuilt& built) const {
    const Html lines = element("pre", {{"class", "failure"}, {"tabindex", "0"}}, Html::lines(plain_text_of(built)));
    const Html parts = section("failures", "What the compiler says", lines);
    const std::string title = sentence_of(built);
    return html_page(title, page_head(title, "That is 0 points.") + element("main", parts), inputs);
  }

  std::string operator()(const NotGraded& graded) const {
    const std::string title = graded.submission + " was not graded";
    const Html parts = section("failures", "Why", element("p", graded.why));
    const std::string words = "This is the grader's fault, not the submission's, and no score.";
    return html_page(title, page_head(title, words) + element("main", parts), inputs);
  }
};

}  // namespace

std::string html_of(const Outcome& outcome, const HtmlInputs& inputs) { return std::visit(Page{inputs}, outcome); }

std::string html_of(const HtmlHeap& heap, const HtmlInputs& inputs) {
  const HeapView& view = heap.view;
  Html identities;
  for (const Identity& identity : heap.identities) identities += identity_part(identity, inputs);
  std::size_t lives = 0;
  for (const HeapSubject& subject : view.subjects) lives += subject.history->blocks.size();
  const bool fits = lives <= kMostHtmlLives;
  Html facts;
  for (const HeapSubject& subject : view.subjects) {
    if (!subject.failure.empty()) facts += element("pre", {{"class", "failure"}}, Html::text(subject.failure));
  }
  if (!inputs.traces.empty()) {
    facts += facts_table("Trace", {{"requests", std::to_string(view.trace.requests().size())},
                                   {"file, SHA-256", inputs.traces.front().sha256}});
  }
  if (!fits) {
    facts += element("p", {{"class", "note"}}, Html::text("These pictures stay still: " + std::to_string(lives) +
                                                          " blocks are too many for a viewer."));
  }
  const Html part = html_of({.view = view,
                             .id = "trace-1",
                             .name = view.trace.name(),
                             .facts = std::move(facts),
                             .open = true,
                             .has_data = fits && !inputs.viewer.script.empty()});
  std::string title = "The heap over " + view.trace.name() + ":";
  for (const HeapSubject& subject : view.subjects) title += (&subject == &view.subjects.front() ? " " : " and ") + subject.name;
  const Html parts = section("identity", "What was replayed", identities) +
                     section("heaps", "Pictures", heap_legend() + note_on_viewer(inputs.viewer) + part);
  return html_page(title, page_head(title, "One trace, request by request.") + element("main", Html::own("\n") + parts), inputs);
}

}  // namespace heapjudge
