#include "fuzz/campaign/plan.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <sstream>
#include <tuple>
#include <utility>

#include "fuzz/families.h"

namespace heapjudge {
namespace {

constexpr double kNeedOfSilentTier = 3;
constexpr double kNeedOfTier = 1;
constexpr std::size_t kTiers = 4;

using GroupKey = std::tuple<Fault, std::string, std::string>;

GroupKey key_of(const CampaignFinding& finding) {
  return {finding.fault, finding.function, verbs_of(finding.trace)};
}

bool is_smaller(const CampaignFinding& a, const CampaignFinding& b) {
  return std::tuple(a.requests, a.trace.size(), a.trace) < std::tuple(b.requests, b.trace.size(), b.trace);
}

std::map<std::string, std::set<Tier>> tiers_with_findings(std::span<const CampaignRecord> records) {
  std::map<std::string, std::set<Tier>> found;
  for (const CampaignRecord& record : records) {
    if (record.job != CampaignJob::kSearch || !record.built || !record.trouble.empty()) continue;
    std::set<Tier>& tiers = found[record.submission];
    for (const CampaignFinding& finding : record.findings) tiers.insert(finding.tier);
  }
  return found;
}

// In one submission what breaks one rule in one function is one failure, however many traces show it, and so is what
// one of its searches has taken for the same bug.
using Failures = std::map<FailureKind, std::size_t>;  // a number for each, the same for those of one bug

FailureKind kind_of(const CampaignFinding& finding) { return {finding.fault, finding.function}; }

Failures failures_of(std::span<const CampaignFinding> findings) {
  Failures numbers;
  std::vector<std::pair<std::size_t, std::size_t>> joined;
  for (const CampaignFinding& finding : findings) {
    const std::size_t number = numbers.try_emplace(kind_of(finding), numbers.size()).first->second;
    for (const Symptom& symptom : finding.also) {
      const FailureKind other{symptom.fault, symptom.function};
      joined.emplace_back(number, numbers.try_emplace(other, numbers.size()).first->second);
    }
  }
  const std::vector<std::size_t> sets = sets_of(numbers.size(), joined);
  for (auto& [kind, number] : numbers) number = sets[number];
  return numbers;
}

// The smallest trace of each bug of each submission says which group of the class it belongs to.
std::map<std::pair<std::string, std::size_t>, CampaignFinding> smallest_traces(std::span<const CampaignRecord> records) {
  std::map<std::string, std::vector<CampaignFinding>> findings;
  for (const CampaignRecord& record : records) {
    std::vector<CampaignFinding>& all = findings[record.submission];
    all.insert(all.end(), record.findings.begin(), record.findings.end());
  }
  std::map<std::pair<std::string, std::size_t>, CampaignFinding> smallest;
  for (const auto& [submission, all] : findings) {
    const Failures failures = failures_of(all);
    for (const CampaignFinding& finding : all) {
      const std::pair bug(submission, failures.at(kind_of(finding)));
      const auto [place, is_new] = smallest.try_emplace(bug, finding);
      if (!is_new && is_smaller(finding, place->second)) place->second = finding;
    }
  }
  return smallest;
}

std::map<GroupKey, CampaignGroup> groups_of(std::span<const CampaignRecord> records) {
  std::map<GroupKey, CampaignGroup> groups;
  for (const auto& [bug, finding] : smallest_traces(records)) {
    const auto [place, is_new] = groups.try_emplace(key_of(finding), CampaignGroup{finding, {}});
    CampaignGroup& group = place->second;
    if (!is_new && is_smaller(finding, group.smallest)) group.smallest = finding;
    if (group.submissions.empty() || group.submissions.back() != bug.first) group.submissions.push_back(bug.first);
  }
  return groups;
}

// What there is to say of each submission, over all its jobs.
void count_submissions(std::span<const CampaignRecord> records, CampaignSheet& sheet) {
  std::set<std::string> all, failing, broken;
  for (const CampaignRecord& record : records) {
    all.insert(record.submission);
    if (!record.built || !record.trouble.empty()) broken.insert(record.submission);
    if (!record.findings.empty()) failing.insert(record.submission);
  }
  sheet.submissions = all.size();
  sheet.not_built.assign(broken.begin(), broken.end());
  for (const std::string& name : all) {
    if (!broken.contains(name) && !failing.contains(name)) sheet.clean.push_back(name);
  }
}

}  // namespace

std::vector<std::string> names_of_shard(std::span<const std::string> names, const CampaignTerms& terms) {
  std::vector<std::string> mine;
  for (std::size_t i = terms.shard - 1; i < names.size(); i += terms.shards) mine.push_back(names[i]);
  return mine;
}

std::map<std::string, double> deep_seconds(std::span<const CampaignRecord> records, const CampaignTerms& terms) {
  std::map<std::string, double> need;
  double sum = 0;
  for (const auto& [name, tiers] : tiers_with_findings(records)) {
    const auto silent = static_cast<double>(kTiers - tiers.size());
    need[name] = kNeedOfSilentTier * silent + kNeedOfTier * static_cast<double>(tiers.size());
    sum += need[name];
  }
  const double budget = terms.deep_seconds * static_cast<double>(need.size());
  for (auto& [name, seconds] : need) seconds = budget * seconds / sum;
  return need;
}

std::string verbs_of(std::string_view requests) {
  std::istringstream lines{std::string(requests)};
  std::set<std::string> verbs;
  for (std::string line; std::getline(lines, line);) verbs.insert(line.substr(0, line.find(' ')));
  std::string text;
  for (const std::string& verb : verbs) text += (text.empty() ? "" : " ") + verb;
  return text;
}

std::vector<CampaignFinding> traces_to_try(std::span<const CampaignRecord> records) {
  std::vector<CampaignRecord> searches;
  std::ranges::copy_if(records, std::back_inserter(searches),
                       [](const CampaignRecord& record) { return record.job != CampaignJob::kTrial; });
  std::map<std::string, CampaignFinding> by_text;
  for (const auto& [key, group] : groups_of(searches)) by_text.emplace(group.smallest.trace, group.smallest);
  std::vector<CampaignFinding> traces;
  for (auto& [text, finding] : by_text) traces.push_back(std::move(finding));
  return traces;
}

CampaignSheet campaign_sheet(std::span<const CampaignRecord> records, const CampaignTerms& terms) {
  CampaignSheet sheet{.terms = terms};
  count_submissions(records, sheet);
  for (const CampaignRecord& record : records) {
    sheet.executions += record.executions;
    sheet.requests += record.requests;
    sheet.seconds += record.seconds;
  }
  for (auto& [key, group] : groups_of(records)) sheet.groups.push_back(std::move(group));
  std::ranges::stable_sort(sheet.groups, [](const CampaignGroup& a, const CampaignGroup& b) {
    return a.submissions.size() > b.submissions.size();
  });
  return sheet;
}

}  // namespace heapjudge
