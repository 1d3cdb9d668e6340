// The reading side of the JSON reports. Whatever is not as it was written is refused, with the file's name.
#include "reports/saved_run.h"

#include <nlohmann/json.hpp>

#include "judge/grade.h"
#include "trace/input_error.h"

namespace heapjudge {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kRunSchema = "heapjudge/2";
constexpr std::string_view kFailedSchema = "heapjudge-failed/1";

Json parsed(std::string_view text, std::string_view schema) {
  Json json = Json::parse(text);
  if (json.at("schema").get<std::string>() != schema) {
    throw InputError("its schema is " + json.at("schema").get<std::string>() + ", not " +
                     std::string(schema));
  }
  return json;
}

std::optional<double> optional_number(const Json& object, const char* key) {
  const Json& value = object.at(key);
  return value.is_null() ? std::nullopt : std::optional(value.get<double>());
}

TraceState hidden_state(const Json& trace) {
  return trace.at("passed").get<bool>() ? TraceState::kPassed : TraceState::kFailed;
}

TraceState state_in(const Json& trace) {
  const Json& verdict = trace.at("verdict");
  if (verdict.is_object() && verdict.contains("not_run")) return TraceState::kNotRun;
  return verdict.is_string() ? TraceState::kPassed : TraceState::kFailed;
}

PastTrace past_trace(const Json& trace) {
  if (trace.at("hidden").get<bool>()) return {.state = hidden_state(trace)};
  const Json& measurement = trace.at("measurement");
  return {.state = state_in(trace),
          .utilization = optional_number(trace, "utilization"),
          .speed = measurement.is_null() ? std::nullopt : optional_number(measurement, "speed"),
          .points = optional_number(trace, "points")};
}

// Calls `read` and puts the file's name before what it, or the library, complains of.
template <typename Read>
auto named(const std::filesystem::path& file, const Read& read) {
  try {
    return read();
  } catch (const Json::exception& error) {
    throw InputError(file.string() + ": not written by heapjudge: " + error.what());
  } catch (const InputError& error) {
    throw InputError(file.string() + ": " + error.what());
  }
}

}  // namespace

PastRun parse_saved_run(const std::filesystem::path& file, std::string_view text) {
  return named(file, [&] {
    const Json json = parsed(text, kRunSchema);
    PastRun run{.name = file.stem().string(),
                .rubric = json.at("identity").at("rubric").get<std::string>(),
                .score = optional_number(json, "score"),
                .max_score = json.at("max_score").get<double>(),
                .fuzzed = json.contains("fuzz") && json.at("fuzz").at("not_run").is_null()};
    for (const Json& trace : json.at("traces"))
      run.traces.emplace(trace.at("name").get<std::string>(), past_trace(trace));
    return run;
  });
}

void note_failures(const GradeSheet& sheet, FailedTraces& failed) {
  std::set<std::string>& names = failed[sheet.identity.submission];
  for (const TraceRow& row : sheet.traces) {
    if (state_of(row) == TraceState::kFailed) names.insert(row.result.name);
    if (state_of(row) == TraceState::kPassed) names.erase(row.result.name);
  }
  if (names.empty()) failed.erase(sheet.identity.submission);
}

std::string json_of(const FailedTraces& failed) {
  Json submissions = Json::array();
  for (const auto& [submission, names] : failed)
    submissions.push_back({{"submission", submission}, {"traces", names}});
  const Json json{{"schema", kFailedSchema}, {"submissions", submissions}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

FailedTraces parse_failed_traces(const std::filesystem::path& file, std::string_view text) {
  return named(file, [&] {
    FailedTraces failed;
    const Json json = parsed(text, kFailedSchema);
    for (const Json& one : json.at("submissions")) {
      failed[one.at("submission").get<std::string>()] = one.at("traces").get<std::set<std::string>>();
    }
    return failed;
  });
}

}  // namespace heapjudge
