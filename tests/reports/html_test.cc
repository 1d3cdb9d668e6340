// HTML reports without a browser: pinned, small, and made of nothing that a submission could write.
#include "reports/html_report.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "history/carpet.h"
#include "reports/history_columns.h"
#include "reports/latency_columns.h"
#include "reports/html_text.h"
#include "tests/history/random_history.h"
#include "tests/reports/examples.h"
#include "tests/reports/golden.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

constexpr std::string_view kScript = "console.log(1)";

// So many requests that nothing needs to be said of each.
Trace trace_of(std::size_t requests, const std::string& name = "story.rep") {
  std::vector<Request> all;
  for (std::size_t i = 0; i < requests; ++i) {
    all.push_back(i % 2 == 0 ? Request{.size = 100, .block = 0, .op = Op::kMalloc} : Request{.block = 0, .op = Op::kFree});
  }
  return Trace(name, {}, 1, std::move(all));
}

HtmlInputs inputs_for(const Outcome& outcome, std::string_view script = kScript) {
  HtmlInputs inputs{.viewer = {.style = "body{color:red}", .script = std::string(script), .script_style = "p{margin:0}"},
                    .version = "1.2.3",
                    .rubric_sha256 = std::string(64, 'a')};
  if (const auto* sheet = std::get_if<GradeSheet>(&outcome)) {
    for (const TraceRow& row : sheet->traces) {
      inputs.traces.push_back({.trace = trace_of(std::max<std::size_t>(row.result.requests, 1)), .sha256 = std::string(64, 'b')});
    }
  }
  return inputs;
}

// The same with a history for each trace that was examined.
GradeSheet with_histories(GradeSheet sheet) {
  std::uint32_t seed = 1;
  for (TraceRow& row : sheet.traces) {
    if (!row.result.examination) continue;
    row.result.requests = 40;
    row.result.examination->history = random_history({.seed = seed++, .requests = 40});
  }
  return sheet;
}

std::size_t count(const std::string& text, std::string_view what) {
  std::size_t found = 0;
  for (std::size_t at = text.find(what); at != text.npos; at = text.find(what, at + 1)) ++found;
  return found;
}

// Element names, with their slash where they end one, and attribute names; what is between quotes is left out.
std::vector<std::string> tags_of(const std::string& html) {
  std::vector<std::string> tags;
  for (std::size_t at = html.find('<'); at != html.npos; at = html.find('<', at)) {
    std::string tag;
    char quote = 0;
    for (++at; at < html.size() && (quote != 0 || html[at] != '>'); ++at) {
      if (html[at] == '"') {
        quote = quote == 0 ? '"' : 0;
      } else if (quote == 0) {
        tag += html[at];
      }
    }
    tags.push_back(tag);
  }
  return tags;
}

TEST(HtmlText, WhatIsTextNeverBecomesMarkup) {
  EXPECT_EQ(Html::text("<b a='c'>&\"\n\x1b[31m").markup(), "&lt;b a=&#39;c&#39;&gt;&amp;&quot;\\n\\x1b[31m");
  EXPECT_EQ(Html::lines("a<\nb\n").markup(), "a&lt;\nb\n");
  EXPECT_EQ(element("a", {{"href", "\" onclick=\"x"}}, Html::text("</a>")).markup(),
            "<a href=\"&quot; onclick=&quot;x\">&lt;/a&gt;</a>");
}

TEST(HtmlText, ATableNamesItsRowsAndColumns) {
  HtmlTable table("Sizes", {{.title = "what", .names_row = true}, {"bytes", true}});
  EXPECT_EQ(table.html().markup(), "");
  table.add_row({Html::text("a"), Html::text("1")});
  const std::string html = table.html().markup();
  EXPECT_NE(html.find("<caption>Sizes</caption>"), html.npos);
  EXPECT_NE(html.find("<th scope=\"col\" class=\"number\">bytes</th>"), html.npos);
  EXPECT_NE(html.find("<tr><th scope=\"row\">a</th><td class=\"number\">1</td></tr>"), html.npos);
}

TEST(HtmlReport, IsPinned) {
  for (const auto& [name, outcome] : examples::all_outcomes()) {
    expect_golden("html/" + name + ".html", html_of(outcome, inputs_for(outcome)));
  }
}

TEST(HtmlReport, HasItsPicturesAndTheirData) {
  const Outcome outcome = with_histories(examples::measured_sheet());
  const std::string html = html_of(outcome, inputs_for(outcome));
  const std::size_t traces = count(html, "<details class=\"trace\"");
  EXPECT_GT(traces, 0u);
  EXPECT_EQ(count(html, "class=\"history\""), traces);
  EXPECT_EQ(count(html, "role=\"img\""), 2 * traces);
  EXPECT_EQ(count(html, "details class=\"figures\""), traces);
}

TEST(HtmlReport, WithoutAViewerItIsCompleteAndSaysWhyItIsStill) {
  const Outcome outcome = with_histories(examples::measured_sheet());
  const std::string html = html_of(outcome, inputs_for(outcome, ""));
  EXPECT_EQ(html.find("<script"), html.npos);
  EXPECT_NE(html.find("script-src 'none'"), html.npos);
  EXPECT_NE(html.find("without the viewer"), html.npos);
  EXPECT_GT(count(html, "role=\"img\""), 0u);
}

TEST(HtmlReport, OnlyTheViewerMayRun) {
  const Outcome outcome = examples::innocent_sheet();
  const std::string html = html_of(outcome, inputs_for(outcome));
  // printf 'console.log(1)' | openssl dgst -sha256 -binary | base64
  EXPECT_NE(html.find("default-src 'none'; img-src data:; style-src 'sha256-"), html.npos);
  EXPECT_NE(html.find("script-src 'sha256-CihokcEcBW4atb/CW/XWsvWwbTjqwQlE9nj9ii5ww5M='"), html.npos) << html.substr(0, 700);
}

TEST(HtmlReport, WhatASubmissionSaysIsNeverMarkup) {
  const std::string hostile = "</script><img src=x onerror=alert(1)>\"'><script>alert(2)</script>\x1b[1m\n.c";
  GradeSheet sheet = with_histories(examples::guilty_sheet());
  const std::vector<std::string> innocent = tags_of(html_of(sheet, inputs_for(sheet)));
  Identity& identity = sheet.identity;
  for (std::string* text : {&identity.submission, &identity.compiler, &identity.flags, &identity.rubric, &identity.command,
                            &identity.isolation, &sheet.rubric_name, &sheet.course}) {
    *text = hostile;
  }
  for (TraceRow& row : sheet.traces) row.result.name = row.result.file = hostile;
  const std::string html = html_of(sheet, inputs_for(sheet));
  std::vector<std::string> tags = tags_of(html);
  const auto is_new = [&](const std::string& tag) { return std::ranges::count(innocent, tag) == 0; };
  EXPECT_EQ(std::ranges::count_if(tags, is_new), 0) << *std::ranges::find_if(tags, is_new);
  EXPECT_EQ(html.find('\x1b'), html.npos);
  EXPECT_NE(html.find("&lt;img src=x onerror=alert(1)&gt;"), html.npos);
}

TEST(HtmlReport, AHiddenTraceHasANameAndAResult) {
  GradeSheet sheet = with_histories(examples::hidden_sheet());
  const std::string html = html_of(sheet, inputs_for(sheet));
  for (const TraceRow& row : sheet.traces) {
    if (!row.result.hidden) continue;
    EXPECT_NE(html.find("hidden: "), html.npos);
    EXPECT_EQ(html.find("data-name=\"" + row.result.name), html.npos);
  }
  EXPECT_EQ(count(html, "class=\"history\""), static_cast<std::size_t>(std::ranges::count_if(sheet.traces, [](const TraceRow& row) {
              return !row.result.hidden && row.result.examination;
            })));
}

TEST(HtmlReport, OfTwoAllocatorsOnOneTrace) {
  const Trace trace = trace_of(40);
  const HeapHistory one = random_history({.seed = 1, .requests = 40});
  const HeapHistory other = random_history({.seed = 2, .requests = 40});
  const HeapView view{.trace = trace, .subjects = {{"mm.c", &one}, {"other.c", &other}}, .window = {5, 30}, .at = 7};
  const HtmlInputs inputs = inputs_for(NotGraded{});
  const std::string html = html_of({.view = view, .identities = {examples::identity(), examples::identity()}}, inputs);
  EXPECT_EQ(count(html, "class=\"history\""), 2u);
  EXPECT_NE(html.find("data-requests=\"40\" data-first=\"5\" data-last=\"30\" data-at=\"7\""), html.npos);
  EXPECT_NE(html.find("data-subject=\"other.c\""), html.npos);
}

TEST(HtmlReport, OfTimesThatRequestsTook) {
  const Trace trace = trace_of(40);
  const HeapHistory history = random_history({.seed = 1, .requests = 40});
  Latencies latencies{.nanoseconds = std::vector<float>(40, 30), .replays = 25};
  latencies.nanoseconds[6] = 4000;
  const HeapView view{.trace = trace, .subjects = {{"mm.c", &history, "", &latencies}, {"other.c", &history}}, .window = {1, 40}};
  const std::string html =
      html_of({.view = view, .identities = {examples::identity(), examples::identity()}}, inputs_for(NotGraded{}));
  EXPECT_EQ(count(html, "class=\"latencies\""), 1u);
  EXPECT_GT(count(html, "How long requests took, mm.c: means of 25 replays"), 0u);
  EXPECT_EQ(count(html, "How long requests took, other.c"), 0u);
  EXPECT_EQ(count(html, "<td class=\"number\">#7</td>"), 1u);
  EXPECT_NE(html.find("the slowest is #7"), html.npos);
}

TEST(LatencyColumns, HaveTheSlowestOfAManyRequests) {
  const Trace trace = trace_of(40'000);
  Latencies latencies{.nanoseconds = std::vector<float>(40'000, 30), .replays = 25};
  const std::string calm = columns_of(trace, latencies);
  EXPECT_LT(calm.size(), 12'000u);
  latencies.nanoseconds[30'001] = 5000;
  EXPECT_NE(columns_of(trace, latencies), calm);
  EXPECT_EQ(columns_of(trace, latencies), columns_of(trace, latencies));
}

TEST(HistoryColumns, EqualHistoriesGiveEqualText) {
  const HeapHistory history = random_history({.seed = 3, .requests = 500});
  const AddressAxis axis = axis_of({&history}, {1, 500});
  EXPECT_EQ(columns_of(history, axis), columns_of(HeapHistory(history), axis));
  EXPECT_NE(columns_of(history, axis), columns_of(random_history({.seed = 4, .requests = 500}), axis));
}

}  // namespace
}  // namespace heapjudge
