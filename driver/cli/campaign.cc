// heapjudge campaign: a class of submissions, a journal that can be gone on from, and a summary.
#include "fuzz/campaign/campaign.h"

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>

#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/screen.h"
#include "cli/signals.h"
#include "fuzz/campaign/journal.h"
#include "fuzz/campaign/plan.h"
#include "judge/identity.h"
#include "judge/whole_file.h"
#include "reports/campaign.h"
#include "trace/input_error.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

// The records that a run before has left. A journal that was begun under other terms is not gone on with.
std::vector<CampaignRecord> take_up(Journal& journal, const fs::path& file, const CampaignTerms& terms) {
  std::vector<CampaignRecord> records;
  if (journal.lines().empty()) {
    journal.append(line_of(terms));
    return records;
  }
  if (parse_campaign_terms(file.string(), journal.lines().front()) != terms) {
    throw InputError(file.string() + ":1: this campaign was begun with other options; choose another folder with -o");
  }
  for (std::size_t i = 1; i < journal.lines().size(); ++i) {
    records.push_back(parse_campaign_record(file.string(), i + 1, journal.lines()[i]));
  }
  return records;
}

std::string_view name_of(CampaignJob job) {
  switch (job) {
    case CampaignJob::kSearch: return "searched";
    case CampaignJob::kDeep: return "searched again";
    case CampaignJob::kTrial: return "tried on what was found";
  }
  return "";
}

ExitStatus exit_status_of(const CampaignSheet& sheet, bool interrupted) {
  if (interrupted) return kExitInterrupted;
  if (!sheet.groups.empty()) return kExitRuleBroken;
  return sheet.not_built.empty() ? kExitPassed : kExitNotBuilt;
}

}  // namespace

int run_campaign_command(const CampaignOptions& options) {
  const Rubric rubric = rubric_for(options.common);
  CampaignSettings settings{.folder = options.common.submission.front(),
                            .work_dir = options.output_dir,
                            .terms = options.terms,
                            .workers = workers_of(options.common)};
  settings.terms.rubric = sha256_of_files({&rubric.file, 1});
  for (const std::string& option : options_that_judge(options.common)) settings.terms.rubric += " " + option;
  fs::create_directories(options.output_dir);
  const fs::path file = options.output_dir / "campaign.jsonl";
  Journal journal(file);
  const std::vector<CampaignRecord> done = take_up(journal, file, settings.terms);
  const InterruptNoted interrupt;
  ProgressLine progress;
  const std::vector<CampaignRecord> records = run_campaign(
      rubric, settings, done,
      {.record = [&](const CampaignRecord& record) { journal.append(line_of(record)); },
       .progress =
           [&](const CampaignProgress& made) {
             progress.show(fmt::format("{} of {} submissions {}", made.done, made.total, name_of(made.job)));
           },
       .is_interrupted = [&] { return interrupt.came(); }});
  progress.clear();
  const CampaignSheet sheet = campaign_sheet(records, settings.terms);
  write_whole_file(options.output_dir / "summary.txt", text_of(sheet, {.verbose = true}));
  write_stdout(text_of(sheet, text_style(options.common.colour, options.common.verbose, false)));
  return exit_status_of(sheet, interrupt.came());
}

}  // namespace heapjudge
