// The findings of a hunt, for programs.
#include <nlohmann/json.hpp>

#include "oracle/fault.h"
#include "reports/fuzz.h"
#include "reports/hints.h"

namespace heapjudge {
namespace {

using Json = nlohmann::ordered_json;

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json stack_of(const Finding& finding) {
  Json frames = Json::array();
  if (finding.stacks.empty()) return frames;
  for (const SourceFrame& frame : finding.stacks.front()) {
    frames.push_back({{"function", frame.function},
                      {"file", text_or_null(frame.file)},
                      {"line", frame.line == 0 ? Json(nullptr) : Json(frame.line)}});
  }
  return frames;
}

Json finding_json(const FuzzFinding& found, const Identity& identity) {
  const Finding& finding = *finding_of(found.result);
  return {{"code", code_of(finding.fault)},
          {"tier", name_of(found.result.tier)},
          {"function", found.function},
          {"proof", found.proof == Proof::kJudged ? "judged" : "guard only"},
          {"requests", found.result.requests},
          {"request", finding.request},
          {"message", describe(finding)},
          {"hint", text_or_null(hint_for(finding, identity))},
          {"stack", stack_of(finding)},
          {"alike", found.alike},
          {"found_after", found.found_after},
          {"saved", text_or_null(found.result.saved_prefix.string())}};
}

Json counts_json(const FuzzCounts& counts) {
  return {{"inputs", counts.inputs},     {"executions", counts.executions}, {"requests", counts.requests},
          {"escapes", counts.escapes},   {"restarts", counts.restarts},     {"acquitted", counts.acquitted}};
}

}  // namespace

std::string json_of(const FuzzSheet& sheet) {
  const Identity& id = sheet.identity;
  Json findings = Json::array();
  for (const FuzzFinding& finding : sheet.findings) findings.push_back(finding_json(finding, id));
  const Json json = {{"schema", "heapjudge-fuzz/1"},
                     {"submission", id.submission},
                     {"sha256", id.sha256},
                     {"compiler", id.compiler},
                     {"flags", id.flags},
                     {"rubric", id.rubric},
                     {"alignment", id.alignment_bytes},
                     {"heap_limit_bytes", id.heap_limit_bytes},
                     {"isolation", id.isolation},
                     {"notes", id.notes},
                     {"command", id.command},
                     {"seed", sheet.seed},
                     {"lowest_tier", name_of(sheet.lowest_tier)},
                     {"highest_tier", name_of(sheet.highest_tier)},
                     {"workers", sheet.workers},
                     {"guarded", sheet.guarded},
                     {"guided", sheet.guided},
                     {"interrupted", sheet.interrupted},
                     {"seconds", sheet.seconds},
                     {"counts", counts_json(sheet.counts)},
                     {"findings", findings}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace heapjudge
