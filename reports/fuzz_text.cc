// The findings of a hunt, for people.
#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "oracle/fault.h"
#include "reports/fuzz.h"
#include "reports/fuzz_part.h"
#include "reports/layout.h"
#include "reports/numbers.h"
#include "reports/paint.h"
#include "reports/printable.h"
#include "reports/waste_text.h"

namespace heapjudge {
namespace {

constexpr std::size_t kShownWhole = 5;
constexpr std::size_t kIndent = 2;
constexpr std::size_t kLabel = 8;

std::string tiers_text(const FuzzSheet& sheet) {
  if (sheet.lowest_tier == sheet.highest_tier) return "tier " + std::string(name_of(sheet.lowest_tier));
  return fmt::format("tiers {} to {}", name_of(sheet.lowest_tier), name_of(sheet.highest_tier));
}

std::vector<std::string> facts_of(const FuzzSheet& sheet, bool unicode) {
  const Identity& id = sheet.identity;
  const auto safe = [unicode](const std::string& text) { return printable(text, unicode); };
  return {fmt::format("{}  built in {:.1f} s ({} {})", safe(id.submission), id.build_seconds, safe(id.compiler),
                      safe(id.flags)),
          fmt::format("align {}", id.alignment_bytes),
          "heap limit " + size_text(id.heap_limit_bytes),
          "isolation: " + safe(id.isolation),
          fmt::format("seed {}", sheet.seed),
          tiers_text(sheet),
          counted(sheet.workers, "worker")};
}

std::string labelled(std::string_view label, const std::string& what, const TextStyle& style) {
  const std::size_t margin = kIndent + 1 + kLabel;
  const std::string start = std::string(kIndent + 1, ' ') + left_aligned(label, kLabel);
  std::string text;
  for (const std::string& line : wrapped(start + printable(what, style.unicode), style.columns, margin)) text += line + "\n";
  return text;
}

std::string notes_of(const FuzzSheet& sheet, const TextStyle& style) {
  std::string text;
  for (const std::string& note : sheet.identity.notes) text += labelled("note", note, style);
  if (sheet.plain_inputs != 0 && !sheet.findings.empty()) {
    text += labelled("note",
                     "behind the guard, which another compiler makes, nothing fails: what is below does so as the rubric "
                     "compiles it. A variable that is read before it has a value can be the cause; compile with -Wall",
                     style);
  }
  if (!sheet.guarded) {
    text += labelled("note",
                     "coverage is off and no store is watched: clang is missing or does not build the submission; what "
                     "damages payloads is found later",
                     style);
  } else if (!sheet.guided) {
    text += labelled("note", "coverage is off: this build of Heapjudge has no libFuzzer; the generator works alone", style);
  }
  return text;
}

std::string effort_of(const FuzzSheet& sheet, const TextStyle& style) {
  const FuzzCounts& counts = sheet.counts;
  std::string what = fmt::format("{} inputs, {} executions, {} requests in {:.1f} s", grouped(counts.inputs),
                                 grouped(counts.executions), grouped(counts.requests), sheet.seconds);
  if (counts.restarts != 0) what += fmt::format("; the process had to be started anew {} times", grouped(counts.restarts));
  if (sheet.plain_inputs != 0) {
    what += fmt::format("; the last {} inputs without the guard, as the rubric compiles it", grouped(sheet.plain_inputs));
  }
  if (sheet.interrupted) what += "; interrupted";
  return labelled("tried", what, style);
}

std::string table_of(const FuzzSheet& sheet, const TextStyle& style) {
  std::size_t width = 8;
  for (const FuzzFinding& finding : sheet.findings) width = std::max(width, width_of(printable(finding.function, style.unicode)));
  width = std::min<std::size_t>(width, 32);
  std::string text = fmt::format("   tier code {} requests\n", left_aligned("function", width));
  for (const FuzzFinding& finding : sheet.findings) {
    const std::string function = clipped(printable(finding.function, style.unicode), width, style.unicode);
    const std::string file = printable(finding.result.file.string(), style.unicode);
    text += fmt::format("   {}   {} {} {:8}  {}\n", name_of(finding.result.tier), code_of(finding_of(finding.result)->fault),
                        left_aligned(function, width), finding.result.requests, file);
  }
  return text;
}

std::string symptoms_line_of(const FuzzFinding& finding, const TextStyle& style) {
  if (finding.also.empty()) return "";
  const std::string folder = finding.also.front().file.parent_path().string();
  const std::string kept = folder.empty() ? "" : "; the traces are in " + folder + "/";
  return labelled("also", "seen as " + symptoms_of(finding.also) + kept, style);
}

// What the anatomy of a failure cannot tell, because no replay shows it.
std::string guard_note(const FuzzFinding& finding, const TextStyle& style) {
  if (finding.proof == Proof::kJudged) return "";
  return labelled("note", "only the guard has seen this: the request that does the damage puts it right again, so that "
                          "no check between two requests can find it",
                  style);
}

std::string place_of(const SourceFrame& frame) {
  const std::string file = frame.file.substr(frame.file.rfind('/') + 1);
  const std::string place = frame.line == 0 ? file : fmt::format("{}:{}", file, frame.line);
  return frame.function.empty() ? place : fmt::format("{} in {}", place, frame.function);
}

std::string sanitizers_of(const FuzzFinding& finding, const TextStyle& style) {
  if (!finding.sanitizers) return "";
  std::string text;
  for (const SanitizerError& error : finding.sanitizers->errors) {
    std::string what = error.kind + (error.access.empty() ? "" : " " + error.access);
    std::string_view by = " at ";
    for (const SourceFrame& frame : error.stack) {
      what += std::string(by) + place_of(frame);
      by = ", called by ";
    }
    text += labelled(error.sanitizer, what, style);
  }
  if (!finding.sanitizers->remark.empty()) text += labelled("asan", finding.sanitizers->remark, style);
  return text;
}

std::string failures_of(const FuzzSheet& sheet, const TextStyle& style) {
  std::string text;
  std::size_t shown = 0;
  for (const FuzzFinding& finding : sheet.findings) {
    if (!style.verbose && shown++ == kShownWhole) break;
    text += "\n" + text_of_finding(finding, sheet.identity, style);
  }
  return text;
}

}  // namespace

std::string text_of_finding(const FuzzFinding& finding, const Identity& identity, const TextStyle& style) {
  return text_of_failure(finding.result, identity, style) + symptoms_line_of(finding, style) + guard_note(finding, style) +
         sanitizers_of(finding, style);
}

std::string text_of(const FuzzSheet& sheet, const TextStyle& style) {
  std::string text;
  for (const std::string& line :
       laid_out(facts_of(sheet, style.unicode), {.between = "   ", .columns = style.columns, .indent = kIndent})) {
    text += line + "\n";
  }
  text += notes_of(sheet, style) + effort_of(sheet, style);
  const Paint paint(style.colour);
  const std::string waste = sheet.waste ? text_of(*sheet.waste, sheet.identity, style) : "";
  if (sheet.findings.empty()) return text + "\n   " + paint.good("no finding") + "\n" + waste;
  text += failures_of(sheet, style);
  const std::string count = counted(sheet.findings.size(), "finding");
  return text + "\n   " + paint.bad(count) + "\n" + table_of(sheet, style) + waste;
}

}  // namespace heapjudge
