#include "fuzz/campaign/campaign.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <utility>
#include <variant>

#include "fuzz/campaign/plan.h"
#include "fuzz/campaign/requests_text.h"
#include "fuzz/patience.h"
#include "fuzz/session.h"
#include "fuzz/trial.h"
#include "judge/identity.h"
#include "judge/scratch_folder.h"
#include "judge/trace_pool.h"
#include "judge/whole_file.h"
#include "trace/input_error.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kDeepSeed = 0x9e3779b97f4a7c15;  // added: the second search is another one
constexpr double kLeastDeepSeconds = 0.05;

bool looks_like_source(const fs::path& path) {
  const std::string extension = path.extension().string();
  return extension == ".c" || extension == ".cc" || extension == ".cpp" || extension == ".cxx";
}

// Of everything in it: what its sources include may be anything.
std::vector<fs::path> files_of(const fs::path& submission) {
  if (!fs::is_directory(submission)) return {submission};
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(submission)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

CampaignFinding campaign_finding(const Trace& trace, const FuzzFinding& finding) {
  return {.fault = finding_of(finding.result)->fault,
          .function = finding.function,
          .tier = finding.result.tier,
          .requests = trace.requests().size(),
          .trace = requests_text(trace),
          .also = finding.also};
}

class Campaign {
 public:
  Campaign(const Rubric& rubric, const CampaignSettings& settings, const CampaignListener& listener)
      : rubric_(rubric),
        settings_(settings),
        listener_(listener),
        names_(names_of_shard(submissions_in(settings.folder), settings.terms)),
        scratch_(settings.work_dir / "builds") {
    for (const std::string& name : names_) builds_[name];
  }

  std::vector<CampaignRecord> run(std::span<const CampaignRecord> done);

 private:
  using Work = std::function<CampaignRecord(const std::string& name)>;

  // Of the files as they were then.
  struct KeptBuild {
    std::string sha256;
    std::variant<FuzzBuild, BuildFailed> outcome;
  };

  std::string hash_of(const std::string& name) const;
  const std::variant<FuzzBuild, BuildFailed>& build_of(const std::string& name);
  void take_up(CampaignJob job, std::span<const CampaignRecord> done);
  void run_stage(CampaignJob job, const std::vector<std::string>& names, const Work& work);
  std::vector<std::string> sound_names() const;
  CampaignRecord search(CampaignJob job, const std::string& name, double seconds);
  CampaignRecord try_traces(const std::string& name, std::span<const Trace> traces);
  std::vector<Trace> write_traces();
  fs::path state_dir(const std::string& name) const { return settings_.work_dir / "submissions" / name; }

  const Rubric& rubric_;
  const CampaignSettings& settings_;
  const CampaignListener& listener_;
  std::vector<std::string> names_;
  std::vector<fs::path> traces_;  // the files of those that are tried
  std::vector<CampaignRecord> records_;
  ScratchFolder scratch_;
  std::map<std::string, KeptBuild> builds_;  // an entry for each name; of one name there is one job at a time
};

// One build serves all jobs, as long as the files stay what they are.
const std::variant<FuzzBuild, BuildFailed>& Campaign::build_of(const std::string& name) {
  const fs::path submission = settings_.folder / name;
  const std::string sha256 = sha256_of_files(files_of(submission));
  KeptBuild& kept = builds_.at(name);
  if (kept.sha256 == sha256) return kept.outcome;
  const fs::path folder = scratch_.path() / name;
  fs::remove_all(folder);
  fs::create_directories(folder);
  kept.outcome = build_for_fuzzing({submission}, rubric_, folder);
  kept.sha256 = sha256;
  return kept.outcome;
}

// Of what the next job on it depends on.
std::string Campaign::hash_of(const std::string& name) const {
  std::vector<fs::path> files = files_of(settings_.folder / name);
  files.insert(files.end(), traces_.begin(), traces_.end());
  return sha256_of_files(files);
}

void Campaign::take_up(CampaignJob job, std::span<const CampaignRecord> done) {
  for (const CampaignRecord& record : done) {
    const bool is_there = record.job == job && std::ranges::binary_search(names_, record.submission);
    if (is_there && record.sha256 == hash_of(record.submission)) records_.push_back(record);
  }
}

std::vector<CampaignRecord> Campaign::run(std::span<const CampaignRecord> done) {
  take_up(CampaignJob::kSearch, done);
  run_stage(CampaignJob::kSearch, names_,
            [&](const std::string& name) { return search(CampaignJob::kSearch, name, settings_.terms.seconds); });
  const std::map<std::string, double> seconds = deep_seconds(records_, settings_.terms);
  if (settings_.terms.deep_seconds > 0) {
    take_up(CampaignJob::kDeep, done);
    run_stage(CampaignJob::kDeep, sound_names(), [&](const std::string& name) {
      return search(CampaignJob::kDeep, name, std::max(kLeastDeepSeconds, seconds.at(name)));
    });
  }
  const std::vector<Trace> traces = write_traces();
  if (!traces.empty()) {
    take_up(CampaignJob::kTrial, done);
    run_stage(CampaignJob::kTrial, sound_names(), [&](const std::string& name) { return try_traces(name, traces); });
  }
  return std::move(records_);
}

// On an interrupt the jobs in hand end soon and are not counted: their searches were cut short.
void Campaign::run_stage(CampaignJob job, const std::vector<std::string>& names, const Work& work) {
  std::set<std::string> left(names.begin(), names.end());
  for (const CampaignRecord& record : records_) {
    if (record.job == job) left.erase(record.submission);
  }
  const std::vector<std::string> jobs(left.begin(), left.end());
  std::vector<std::optional<CampaignRecord>> results(jobs.size());
  std::size_t done = names.size() - jobs.size();
  const auto tell = [&] { listener_.progress({job, done, names.size()}); };
  tell();
  run_on_threads(settings_.workers, {.jobs = jobs.size(),
                                     .run =
                                         [&](std::size_t i) {
                                           if (listener_.is_interrupted()) return;
                                           const std::string sha256 = hash_of(jobs[i]);
                                           CampaignRecord record = work(jobs[i]);
                                           record.sha256 = sha256;
                                           if (!listener_.is_interrupted()) results[i] = std::move(record);
                                         },
                                     .done =
                                         [&](std::size_t i) {
                                           if (!results[i]) return;
                                           listener_.record(*results[i]);
                                           records_.push_back(std::move(*results[i]));
                                           ++done;
                                           tell();
                                         }});
}

std::vector<std::string> Campaign::sound_names() const {
  std::vector<std::string> names;
  for (const CampaignRecord& record : records_) {
    const bool is_sound = record.job == CampaignJob::kSearch && record.built && record.trouble.empty();
    if (is_sound) names.push_back(record.submission);
  }
  return names;
}

CampaignRecord Campaign::search(CampaignJob job, const std::string& name, double seconds) {
  CampaignRecord record{.job = job, .submission = name};
  const std::uint64_t seed = settings_.terms.seed + (job == CampaignJob::kDeep ? kDeepSeed : 0);
  const bool by_inputs = job == CampaignJob::kSearch && settings_.terms.inputs != 0;
  fs::create_directories(state_dir(name));
  const auto go_on = [&](const FuzzProgress&) { return !listener_.is_interrupted(); };
  try {
    const auto& build = build_of(name);
    if (const auto* failed = std::get_if<BuildFailed>(&build)) {
      record.built = false;
      record.trouble = failed->diagnostics;
      return record;
    }
    const FuzzSheet sheet = fuzz_built(rubric_,
                                       {.submission = {settings_.folder / name},
                                        .seed = seed,
                                        .seconds = by_inputs ? std::nullopt : std::optional(seconds),
                                        .inputs = by_inputs ? settings_.terms.inputs : 0,
                                        .state_dir = state_dir(name),
                                        .plain_inputs = job == CampaignJob::kDeep ? 0 : FuzzSettings{}.plain_inputs},
                                       std::get<FuzzBuild>(build), go_on);
    record.seconds = sheet.seconds;
    record.executions = sheet.counts.executions;
    record.requests = sheet.counts.requests;
    for (const FuzzFinding& finding : sheet.findings) {
      record.findings.push_back(campaign_finding(load_trace(finding.result.saved_prefix), finding));
    }
  } catch (const InputError& error) {  // it is no submission: empty, a binary, a folder without sources
    record.built = false;
    record.trouble = error.what();
  }
  return record;
}

// As trace files too, numbered.
std::vector<Trace> Campaign::write_traces() {
  std::vector<Trace> traces;
  const fs::path folder = settings_.work_dir / "traces";
  fs::create_directories(folder);
  for (const CampaignFinding& finding : traces_to_try(records_)) {
    const std::string name = code_of(finding.fault) + "-" + std::to_string(traces.size() + 1) + ".rep";
    traces.push_back(trace_of_requests(name, finding.trace));
    traces_.push_back(folder / name);
    write_whole_file(traces_.back(), print_trace(traces.back()));
  }
  return traces;
}

CampaignRecord Campaign::try_traces(const std::string& name, std::span<const Trace> traces) {
  CampaignRecord record{.job = CampaignJob::kTrial, .submission = name, .traces = traces.size()};
  const auto& build = build_of(name);
  if (const auto* failed = std::get_if<BuildFailed>(&build)) {
    record.trouble = failed->diagnostics;
    return record;
  }
  for (const Told& told : judge_traces(rubric_, std::get<FuzzBuild>(build), traces)) {
    record.findings.push_back(campaign_finding(told.trace, told.finding));
  }
  return record;
}

}  // namespace

std::vector<std::string> submissions_in(const fs::path& folder) {
  if (!fs::is_directory(folder)) throw InputError(folder.string() + ": not a folder of submissions");
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with('.')) continue;
    if (entry.is_directory() || looks_like_source(entry.path())) names.push_back(name);
  }
  if (names.empty()) throw InputError(folder.string() + ": holds no submission, neither a folder nor a source file");
  std::ranges::sort(names);
  return names;
}

std::vector<CampaignRecord> run_campaign(const Rubric& rubric, const CampaignSettings& settings,
                                         std::span<const CampaignRecord> done, const CampaignListener& listener) {
  fs::create_directories(settings.work_dir);
  Rubric impatient = rubric;
  impatient.deadlines.request_seconds = std::min(rubric.deadlines.request_seconds, kSecondsToCallItHung);
  return Campaign(impatient, settings, listener).run(done);
}

}  // namespace heapjudge
