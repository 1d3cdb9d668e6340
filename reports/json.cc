// The door to nlohmann-json: a grade sheet as "heapjudge/2".
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

#include "oracle/fault.h"
#include "reports/fuzz.h"
#include "reports/hints.h"
#include "reports/report.h"
#include "reports/sheet_words.h"

namespace heapjudge {
namespace {

using Json = nlohmann::ordered_json;  // in the order in which a person would read it

Json number(double value) {
  return std::isfinite(value) ? Json(value) : Json(nullptr);
}
Json number(const std::optional<double>& value) {
  return value ? number(*value) : Json(nullptr);
}
Json text_or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

std::string_view run_name(Run run) {
  switch (run) {
    case Run::kFirst:
      return "first";
    case Run::kSecond:
      return "second";
    case Run::kOtherFill:
      return "other fill";
    case Run::kRefused:
      return "refused growth";
    case Run::kOwnChecked:
      return "own checker";
    case Run::kTimed:
      return "timed";
  }
  return "";
}

Json stack_json(const Finding& finding) {
  Json frames = Json::array();
  if (finding.stacks.empty()) return frames;
  for (const SourceFrame& frame : finding.stacks.front()) {
    frames.push_back({{"function", frame.function},
                      {"file", text_or_null(frame.file)},
                      {"line", frame.line == 0 ? Json(nullptr) : Json(frame.line)}});
  }
  return frames;
}

Json verdict_json(const TraceRow& row, const Identity& identity) {
  const TraceResult& result = row.result;
  if (!result.examination) return {{"not_run", result.not_run}};
  if (!result.examination->finding) return "passed";
  const Finding& finding = *result.examination->finding;
  Json verdict;
  verdict["code"] = code_of(finding.fault);
  verdict["request"] = finding.request;
  verdict["message"] = describe(finding);
  verdict["line"] = result.finding_lines.empty() ? Json(nullptr) : Json(result.finding_lines.front());
  verdict["run"] = run_name(finding.run);
  verdict["tier_charged"] = row.charged ? Json(name_of(*row.charged)) : Json(nullptr);
  verdict["hint"] = text_or_null(hint_for(finding, identity));
  verdict["stack"] = stack_json(finding);
  verdict["saved"] = text_or_null(result.saved_prefix.string());
  return verdict;
}

const HeapProfile* profile_of(const TraceResult& result) {
  return result.examination && result.examination->profile ? &*result.examination->profile : nullptr;
}

std::string_view counts_name(Counts counts) {
  switch (counts) {
    case Counts::kBoth:
      return "both";
    case Counts::kUtilization:
      return "utilization";
    case Counts::kThroughput:
      return "throughput";
    case Counts::kNone:
      return "none";
  }
  return "";
}

Json measurement_json(const std::optional<Measurement>& measurement) {
  if (!measurement) return nullptr;
  return {{"speed", number(measurement->speed)},
          {"speed_low", number(measurement->speed_low)},
          {"speed_high", number(measurement->speed_high)},
          {"pairs", measurement->pairs},
          {"steady", measurement->steady},
          {"subject_cost", number(measurement->subject_cost)},
          {"reference_cost", number(measurement->reference_cost)}};
}

Json hidden_trace_json(const TraceRow& row) {
  return {{"name", row.result.name}, {"hidden", true}, {"passed", row.passed}};
}

Json trace_json(const TraceRow& row, const Identity& identity) {
  if (row.result.hidden) return hidden_trace_json(row);
  const HeapProfile* profile = profile_of(row.result);
  Json trace;
  trace["name"] = row.result.name;
  trace["hidden"] = false;
  trace["tier"] = name_of(row.result.tier);
  trace["requests"] = row.result.requests;
  trace["verdict"] = verdict_json(row, identity);
  trace["passed"] = row.passed;
  trace["utilization"] = profile != nullptr ? number(profile->utilization) : Json(nullptr);
  trace["heap_bytes"] = profile != nullptr ? Json(profile->heap_bytes) : Json(nullptr);
  trace["peak_payload_bytes"] = profile != nullptr ? Json(profile->peak_payload_bytes) : Json(nullptr);
  trace["internal_fraction"] = profile != nullptr ? number(profile->internal_fraction) : Json(nullptr);
  trace["external_fraction"] = profile != nullptr ? number(profile->external_fraction) : Json(nullptr);
  trace["output_bytes"] = row.result.examination ? Json(row.result.examination->output_bytes) : Json(nullptr);
  trace["weight"] = number(row.result.weight);
  trace["counts"] = counts_name(row.result.counts);
  trace["measurement"] = measurement_json(row.result.measurement);
  trace["utilization_points"] = number(row.utilization_points);
  trace["throughput_points"] = number(row.throughput_points);
  trace["points"] = number(row.points);
  trace["utilization_points_to_gain"] = number(row.utilization_to_gain);
  trace["throughput_points_to_gain"] = number(row.throughput_to_gain);
  trace["points_to_gain"] = number(row.to_gain);
  return trace;
}

Json change_json(const TraceRow& row, const TraceChange& change) {
  Json json{{"name", row.result.name}};
  json["before"] = change.before ? Json(name_of(*change.before)) : Json(nullptr);
  json["utilization"] = number(change.utilization);
  json["speed"] = number(change.speed);
  json["points"] = number(change.points);
  return json;
}

Json comparison_json(const GradeSheet& sheet) {
  const Comparison& comparison = *sheet.comparison;
  Json json{{"with", comparison.with}, {"same_terms", comparison.same_terms}, {"score", number(comparison.score)}};
  json["traces"] = Json::array();
  for (std::size_t i = 0; i < sheet.traces.size(); ++i) {
    json["traces"].push_back(change_json(sheet.traces[i], comparison.traces[i]));
  }
  return json;
}

Json checks_json(const TierRow& row) {
  Json checks = Json::array();
  for (const RepeatedCheck& check : row.checks) {
    checks.push_back({{"code", code_of(check.fault)}, {"traces", check.made}, {"failed", check.failed}});
  }
  return checks;
}

Json tier_json(const TierRow& row) {
  return {{"tier", name_of(row.tier)},
          {"title", title_of(row.tier)},
          {"passed", row.passed},
          {"total", row.total},
          {"points", number(row.points)},
          {"max_points", number(row.max_points)},
          {"deducted", number(row.deducted)},
          {"max_deducted", number(row.max_deducted)},
          {"decides", row.decides},
          {"checks", checks_json(row)}};
}

std::string_view mean_name(Mean mean) {
  switch (mean) {
    case Mean::kArithmetic:
      return "arithmetic";
    case Mean::kHarmonic:
      return "harmonic";
    case Mean::kGeometric:
      return "geometric";
    case Mean::kTotal:
      return "total";
  }
  return "";
}

Json half_json(const std::optional<PerformanceRow>& row, const PerformanceRules& rules) {
  if (!row) return nullptr;
  return {{"mean", number(row->mean)},
          {"mean_kind", mean_name(rules.mean)},
          {"curve_of", rules.curve_of == CurveOf::kMean ? "mean" : "trace"},
          {"zero", number(rules.curve.zero)},
          {"full", number(rules.curve.full)},
          {"passed", row->passed},
          {"total", row->total},
          {"share", number(row->share)},
          {"points", number(row->points)},
          {"max_points", number(row->max_points)}};
}

Json throughput_json(const GradeSheet& sheet) {
  Json json = half_json(sheet.throughput, sheet.scoring.throughput);
  if (json.is_null()) return json;
  json["clock"] = sheet.scoring.measuring.clock == CostClock::kCpuTime ? "cpu" : "instructions";
  json["reference"] = sheet.scoring.measuring.reference;
  return json;
}

Json identity_json(const Identity& identity) {
  Json json;
  json["sha256"] = identity.sha256;
  json["compiler"] = identity.compiler;
  json["flags"] = identity.flags;
  json["abi"] = identity.abi == Abi::kLp64 ? "lp64" : "ilp32";
  json["build_seconds"] = number(identity.build_seconds);
  json["rubric"] = identity.rubric;
  json["alignment_bytes"] = identity.alignment_bytes;
  json["heap_limit_bytes"] = identity.heap_limit_bytes;
  json["pointer_cast_warnings"] = identity.pointer_cast_warnings;
  json["refused_growths"] = identity.refused_growths;
  json["own_checker"] = text_or_null(identity.own_checker);
  json["measured"] = identity.measured;
  json["notes"] = identity.notes;
  json["command"] = identity.command;
  return json;
}

Json static_json(const StaticFinding& finding) {
  return {{"code", code_of(finding.fault)}, {"subject", finding.subject}, {"message", finding.message}};
}

}  // namespace

std::string json_of(const GradeSheet& sheet) {
  Json json;
  json["schema"] = "heapjudge/2";
  json["submission"] = sheet.identity.submission;
  json["score"] = number(sheet.score);
  json["max_score"] = number(sheet.max_score);
  json["correct"] = sheet.correct;
  json["isolation"] = sheet.identity.isolation;
  json["rubric_name"] = text_or_null(sheet.rubric_name);
  json["course"] = text_or_null(sheet.course);
  json["utilization"] = half_json(sheet.utilization, sheet.scoring.utilization);
  json["throughput"] = throughput_json(sheet);
  json["combine"] = sheet.scoring.combine == Combine::kSum ? "sum" : "geometric";
  json["deducted"] = number(sheet.deducted);
  json["noise"] = text_or_null(noise_of(sheet));
  json["tiers"] = Json::array();
  for (const TierRow& row : sheet.tiers) json["tiers"].push_back(tier_json(row));
  if (sheet.fuzz) json["fuzz"] = Json::parse(json_of(*sheet.fuzz, sheet.identity));
  json["static_findings"] = Json::array();
  for (const StaticFinding& finding : sheet.static_findings)
    json["static_findings"].push_back(static_json(finding));
  json["traces"] = Json::array();
  for (const TraceRow& row : sheet.traces) json["traces"].push_back(trace_json(row, sheet.identity));
  if (sheet.comparison) json["comparison"] = comparison_json(sheet);
  json["identity"] = identity_json(sheet.identity);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace heapjudge
