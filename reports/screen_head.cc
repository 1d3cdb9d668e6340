// Lays out the facts about a run.
#include "reports/screen_head.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "oracle/fault.h"
#include "reports/command_text.h"
#include "reports/layout.h"
#include "reports/numbers.h"
#include "reports/paint.h"
#include "reports/printable.h"

namespace heapjudge {
namespace {

constexpr std::size_t kLabel = 8;

// Those of hidden traces are not told, not even in the sum.
std::uint64_t requests_in(const GradeSheet& sheet) {
  std::uint64_t requests = 0;
  for (const TraceRow& row : sheet.traces) requests += row.result.requests;
  return requests;
}

std::vector<std::string> facts_of(const GradeSheet& sheet, bool unicode) {
  const Identity& id = sheet.identity;
  const auto safe = [unicode](const std::string& text) { return printable(text, unicode); };
  std::vector<std::string> facts;
  facts.push_back(fmt::format("{}  built in {:.1f} s ({}{}{})", safe(id.submission), id.build_seconds,
                              safe(id.compiler), id.flags.empty() ? "" : " ", safe(id.flags)));
  const auto hidden = std::ranges::count_if(sheet.traces, [](const TraceRow& row) { return row.result.hidden; });
  facts.push_back(fmt::format("{} {}{}, {} {}", sheet.traces.size(),
                              sheet.traces.size() == 1 ? "trace" : "traces",
                              hidden > 0 ? fmt::format(" ({} hidden)", hidden) : "", grouped(requests_in(sheet)),
                              requests_in(sheet) == 1 ? "request" : "requests"));
  facts.push_back(fmt::format("align {}", id.alignment_bytes));
  facts.push_back("heap limit " + size_text(id.heap_limit_bytes));
  if (id.abi == Abi::kIlp32) facts.emplace_back("32 bit");
  if (!id.isolation.empty()) facts.push_back("isolation: " + safe(id.isolation));
  if (!sheet.rubric_name.empty()) facts.push_back("rubric: " + safe(sheet.rubric_name));
  if (!sheet.course.empty()) facts.push_back("course: " + safe(sheet.course));
  return facts;
}

std::string labelled(std::string_view label, const std::string& what, const TextStyle& style) {
  const std::string start = "   " + left_aligned(label, kLabel);
  std::string text;
  for (const std::string& line : wrapped(start + printable(what, style.unicode), style.columns, 3 + kLabel)) {
    text += line + "\n";
  }
  return text;
}

std::string cast_warning(const GradeSheet& sheet, const TextStyle& style) {
  const std::size_t casts = sheet.identity.pointer_cast_warnings;
  if (casts == 0 || sheet.correct || sheet.identity.abi == Abi::kIlp32) return "";
  return labelled(
      "note",
      fmt::format("{} {} of pointers to smaller integers: if it was written for 32 bit, run {}", casts,
                  casts == 1 ? "cast" : "casts", command_for_32_bit(sheet.identity)),
      style);
}

std::string output_note(const GradeSheet& sheet, const TextStyle& style) {
  std::uint64_t all = 0;
  std::size_t loud = 0;
  const TraceRow* loudest = nullptr;
  for (const TraceRow& row : sheet.traces) {
    const std::uint64_t bytes = row.result.examination ? row.result.examination->output_bytes : 0;
    all += bytes;
    loud += bytes > 0 ? 1 : 0;
    if (bytes > 0 && (loudest == nullptr || bytes > loudest->result.examination->output_bytes)) loudest = &row;
  }
  if (loudest == nullptr) return "";
  return labelled("note",
                  fmt::format("the submission printed {}{} in {}; that takes time, and none of it counts",
                              size_text(all), loud == 1 ? "" : ", most of it", loudest->result.name),
                  style);
}

}  // namespace

std::string head_of(const GradeSheet& sheet, const TextStyle& style) {
  const Paint paint(style.colour);
  std::string text;
  for (const std::string& line :
       laid_out(facts_of(sheet, style.unicode), {.between = "   ", .columns = style.columns, .indent = 2})) {
    text += line + "\n";
  }
  for (const std::string& note : sheet.identity.notes) text += labelled("note", note, style);
  text += cast_warning(sheet, style) + output_note(sheet, style);
  for (const StaticFinding& finding : sheet.static_findings) {
    text +=
        paint.bad(labelled("error", fmt::format("[{}] {}", code_of(finding.fault), finding.message), style));
  }
  return text;
}

}  // namespace heapjudge
