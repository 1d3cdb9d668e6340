// The findings of a hunt, for programs.
#include <nlohmann/json.hpp>

#include "oracle/fault.h"
#include "reports/fuzz.h"
#include "reports/hints.h"
#include "reports/waste_text.h"

namespace heapjudge {
namespace {

using Json = nlohmann::ordered_json;

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json frames_json(const std::vector<SourceFrame>& stack) {
  Json frames = Json::array();
  for (const SourceFrame& frame : stack) {
    frames.push_back({{"function", frame.function},
                      {"file", text_or_null(frame.file)},
                      {"line", frame.line == 0 ? Json(nullptr) : Json(frame.line)}});
  }
  return frames;
}

Json stack_of(const Finding& finding) {
  return finding.stacks.empty() ? Json::array() : frames_json(finding.stacks.front());
}

Json sanitizers_json(const std::optional<SanitizerView>& view) {
  if (!view) return nullptr;
  Json errors = Json::array();
  for (const SanitizerError& error : view->errors) {
    errors.push_back({{"sanitizer", error.sanitizer},
                      {"kind", error.kind},
                      {"access", text_or_null(error.access)},
                      {"stack", frames_json(error.stack)}});
  }
  return {{"errors", errors}, {"remark", text_or_null(view->remark)}};
}

Json symptoms_json(const std::vector<Symptom>& symptoms) {
  Json also = Json::array();
  for (const Symptom& symptom : symptoms) {
    also.push_back({{"code", code_of(symptom.fault)},
                    {"function", symptom.function},
                    {"requests", symptom.requests},
                    {"saved", text_or_null(symptom.file.string())}});
  }
  return also;
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
          {"sanitizers", sanitizers_json(found.sanitizers)},
          {"also", symptoms_json(found.also)},
          {"alike", found.alike},
          {"found_after", found.found_after},
          {"saved", text_or_null(found.result.saved_prefix.string())}};
}

Json counts_json(const FuzzCounts& counts) {
  return {{"inputs", counts.inputs},     {"executions", counts.executions}, {"requests", counts.requests},
          {"escapes", counts.escapes},   {"restarts", counts.restarts},     {"acquitted", counts.acquitted}};
}

// How the members are called that mean another thing for each kind of waste.
struct WasteWords {
  const char* waste;
  const char* other_bytes;
  const char* payload_bytes;
  const char* rounds;  // nullptr: not told
};

WasteWords words_for(Waste waste) {
  switch (waste) {
    case Waste::kHeapTooLarge:
      return {"heap too large", "reference_heap_bytes", "payload_bytes", nullptr};
    case Waste::kNotCoalesced:
      return {"not coalesced", "heap_bytes_before", "asked_bytes", nullptr};
    case Waste::kLost:
      return {"lost by the round", "heap_bytes_before", "payload_bytes", "rounds"};
    case Waste::kKeptForASize:
      return {"kept for a size", "heap_bytes_of_one", "payload_bytes", "sizes"};
    case Waste::kNotRefilled:
      return {"not refilled", "heap_bytes_before", "payload_bytes", "refilling"};
  }
  return {};
}

Json waste_json(const WasteSheet& sheet) {
  Json found = Json::array();
  for (const WastefulTrace& waste : sheet.found) {
    const WasteWords words = words_for(waste.waste);
    Json one = {{"waste", words.waste},
                {"message", sentence_of(waste, sheet.rules)},
                {"requests", waste.requests},
                {"heap_bytes", waste.heap_bytes},
                {words.other_bytes, waste.other_bytes},
                {words.payload_bytes, waste.payload_bytes},
                {"alike", waste.alike},
                {"saved", text_or_null(waste.file.string())}};
    if (words.rounds != nullptr) one[words.rounds] = waste.rounds;
    found.push_back(std::move(one));
  }
  return {{"reference", sheet.rules.reference},
          {"times", sheet.rules.times},
          {"traces", sheet.tried},
          {"failed", sheet.failed},
          {"given_up", sheet.given_up},
          {"found", found}};
}

std::string text_of(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

}  // namespace

std::string json_of(const FuzzPart& part, const Identity& identity) {
  const FuzzRules& rules = part.rules;
  Json findings = Json::array();
  for (std::size_t i = 0; i < part.hunt.findings.size(); ++i) {
    findings.push_back(finding_json(part.hunt.findings[i], identity));
    findings.back()["cost"] = part.costs[i];
  }
  return text_of({{"inputs_of_each_tier", rules.inputs},
                  {"seed", rules.seed},
                  {"guard", rules.guard},
                  {"at_most", rules.at_most},
                  {"decides", rules.decides},
                  {"not_run", text_or_null(part.hunt.not_run)},
                  {"guarded", part.hunt.guarded},
                  {"counts", counts_json(part.hunt.counts)},
                  {"charged", part.charged},
                  {"deducted", part.deducted},
                  {"findings", findings}});
}

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
                     {"plain_inputs", sheet.plain_inputs},
                     {"findings", findings},
                     {"utilization", sheet.waste ? waste_json(*sheet.waste) : Json(nullptr)}};
  return text_of(json);
}

}  // namespace heapjudge
