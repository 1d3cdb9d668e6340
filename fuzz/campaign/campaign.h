// Fuzzing a class: every submission a little, then by need, and every failing trace on every submission.
#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "judge/campaign_sheet.h"
#include "judge/rubric.h"

namespace heapjudge {

// Theory of operation.
//
//   search   every submission, all tiers in turn ─────────────► findings, shrunk and judged
//   deep     the same, as long as its need earns it, from the corpus and the findings that are there
//   trial    the smallest trace of each kind of finding, judged on every submission
//
// Each job that is done is told at once, so that it can be kept; a job that is among `done` is not done again,
// unless the files it was done on have changed since, or are gone: then its record counts no more. The stages wait for each other, since what a later one does depends on the records of those before.

struct CampaignSettings {
  std::filesystem::path folder;     // each entry that is a C or C++ file or a folder is a submission
  std::filesystem::path work_dir;   // corpora, failing traces, scratch: made, and kept for a later run
  CampaignTerms terms;
  unsigned workers = 1;             // submissions at the same time
};

struct CampaignProgress {
  CampaignJob job = CampaignJob::kSearch;
  std::size_t done = 0;
  std::size_t total = 0;
};

struct CampaignListener {
  std::function<void(const CampaignRecord&)> record;  // of a job that has just been done
  std::function<void(const CampaignProgress&)> progress;
  std::function<bool()> is_interrupted;               // asked often, from several threads; true ends the campaign soon
};

// The names of the submissions in the folder, sorted. Throws InputError when it is none, or holds none.
std::vector<std::string> submissions_in(const std::filesystem::path& folder);

// All records that count, those of `done` first. An interrupted campaign returns those that it has. Throws as fuzz_submission() does
// for what is not the submissions' fault.
std::vector<CampaignRecord> run_campaign(const Rubric& rubric, const CampaignSettings& settings,
                                         std::span<const CampaignRecord> done, const CampaignListener& listener);

}  // namespace heapjudge
