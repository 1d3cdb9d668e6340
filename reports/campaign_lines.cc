// The journal of a campaign as lines of JSON.
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "reports/campaign.h"
#include "trace/input_error.h"

namespace heapjudge {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kSchema = "heapjudge-campaign-2";
constexpr std::array<std::string_view, 3> kJobs{"search", "deep", "trial"};
constexpr std::array<std::string_view, 4> kTiers{"P0", "P1", "P2", "P3"};

std::string on_one_line(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

template <typename Word, std::size_t kCount>
Word word_in(const std::array<std::string_view, kCount>& words, const Json& json) {
  const auto found = std::ranges::find(words, json.get<std::string>());
  if (found == words.end()) throw InputError("unknown word " + json.dump());
  return static_cast<Word>(found - words.begin());
}

Fault fault_in(const Json& json) {
  const auto faults = all_faults();
  const auto fault = std::ranges::find(faults, json.at("code").get<std::string>(), code_of);
  if (fault == faults.end()) throw InputError("unknown code " + json.at("code").dump());
  return *fault;
}

Json finding_json(const CampaignFinding& finding) {
  Json also = Json::array();
  for (const Symptom& symptom : finding.also) {
    also.push_back({{"code", code_of(symptom.fault)}, {"function", symptom.function}, {"requests", symptom.requests}});
  }
  return {{"code", code_of(finding.fault)},
          {"function", finding.function},
          {"tier", kTiers.at(static_cast<std::size_t>(finding.tier))},
          {"requests", finding.requests},
          {"trace", finding.trace},
          {"also", also}};
}

CampaignFinding finding_of_json(const Json& json) {
  CampaignFinding finding{.fault = fault_in(json),
                          .function = json.at("function").get<std::string>(),
                          .tier = word_in<Tier>(kTiers, json.at("tier")),
                          .requests = json.at("requests").get<std::size_t>(),
                          .trace = json.at("trace").get<std::string>()};
  for (const Json& symptom : json.at("also")) {
    finding.also.push_back({fault_in(symptom), symptom.at("function").get<std::string>(),
                            symptom.at("requests").get<std::size_t>()});
  }
  return finding;
}

CampaignTerms terms_of_json(const Json& json) {
  if (json.at("schema") != kSchema) throw InputError("this is no journal of a campaign");
  return {.seed = json.at("seed").get<std::uint64_t>(),
          .seconds = json.at("seconds").get<double>(),
          .inputs = json.at("inputs").get<std::uint64_t>(),
          .deep_seconds = json.at("deep_seconds").get<double>(),
          .shard = json.at("shard").get<unsigned>(),
          .shards = json.at("shards").get<unsigned>(),
          .rubric = json.at("rubric").get<std::string>()};
}

CampaignRecord record_of_json(const Json& json) {
  CampaignRecord record{.job = word_in<CampaignJob>(kJobs, json.at("job")),
                        .submission = json.at("submission").get<std::string>(),
                        .sha256 = json.at("sha256").get<std::string>(),
                        .built = json.at("built").get<bool>(),
                        .trouble = json.at("trouble").get<std::string>(),
                        .seconds = json.at("seconds").get<double>(),
                        .executions = json.at("executions").get<std::uint64_t>(),
                        .requests = json.at("requests").get<std::uint64_t>(),
                        .traces = json.at("traces").get<std::size_t>()};
  for (const Json& finding : json.at("findings")) record.findings.push_back(finding_of_json(finding));
  return record;
}

template <typename Read>
auto parsed(const std::string& place, std::string_view line, Read read) {
  try {
    return read(Json::parse(line));
  } catch (const InputError& error) {
    throw InputError(place + error.what());
  } catch (const Json::exception&) {
    throw InputError(place + "not a line of a campaign's journal");
  }
}

}  // namespace

std::string line_of(const CampaignTerms& terms) {
  return on_one_line({{"schema", kSchema},
                      {"seed", terms.seed},
                      {"seconds", terms.seconds},
                      {"inputs", terms.inputs},
                      {"deep_seconds", terms.deep_seconds},
                      {"shard", terms.shard},
                      {"shards", terms.shards},
                      {"rubric", terms.rubric}});
}

std::string line_of(const CampaignRecord& record) {
  Json findings = Json::array();
  for (const CampaignFinding& finding : record.findings) findings.push_back(finding_json(finding));
  return on_one_line({{"job", kJobs.at(static_cast<std::size_t>(record.job))},
                      {"submission", record.submission},
                      {"sha256", record.sha256},
                      {"built", record.built},
                      {"trouble", record.trouble},
                      {"seconds", record.seconds},
                      {"executions", record.executions},
                      {"requests", record.requests},
                      {"traces", record.traces},
                      {"findings", findings}});
}

CampaignTerms parse_campaign_terms(const std::string& name, std::string_view line) {
  return parsed(name + ":1: ", line, terms_of_json);
}

CampaignRecord parse_campaign_record(const std::string& name, std::size_t number, std::string_view line) {
  return parsed(name + ":" + std::to_string(number) + ": ", line, record_of_json);
}

}  // namespace heapjudge
