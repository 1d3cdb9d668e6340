// What comes of fuzzing a whole class: plain data for the journal and the reports.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "judge/symptom.h"
#include "oracle/fault.h"
#include "trace/tier.h"

namespace heapjudge {

// What decides the results: a journal goes on only under the terms it was begun with.
struct CampaignTerms {
  std::uint64_t seed = 1;
  double seconds = 2;              // of searching, for every submission
  std::uint64_t inputs = 0;        // for every submission, instead of seconds; 0: by seconds
  double deep_seconds = 1;         // beyond that, for each submission on average; shared by need; 0: none
  unsigned shard = 1;              // of `shards`, from 1
  unsigned shards = 1;
  std::string rubric;              // its hash, and the options that change what it says

  friend bool operator==(const CampaignTerms&, const CampaignTerms&) = default;
};

struct CampaignFinding {
  Fault fault = Fault::kCrash;
  std::string function;   // of the submission; of its interface where nothing tells more
  Tier tier = Tier::kP0;
  std::size_t requests = 0;
  std::string trace;      // its requests, as they stand in a .rep file
  std::vector<Symptom> also = {};  // what else is taken for the same bug

  friend bool operator==(const CampaignFinding&, const CampaignFinding&) = default;
};

enum class CampaignJob : std::uint8_t {
  kSearch,  // for every submission alike
  kDeep,    // with what its need earns it
  kTrial    // of the traces that were found in others
};

// One job that is done: a line of the journal.
struct CampaignRecord {
  CampaignJob job = CampaignJob::kSearch;
  std::string submission;         // its name in the folder
  std::string sha256;             // of its files then; of a trial, of the traces too
  bool built = true;
  std::string trouble;            // why it was not built, or could not be fuzzed
  double seconds = 0;             // of searching
  std::uint64_t executions = 0;
  std::uint64_t requests = 0;
  std::size_t traces = 0;         // that were tried; of a trial
  std::vector<CampaignFinding> findings;

  friend bool operator==(const CampaignRecord&, const CampaignRecord&) = default;
};

// What fails alike in the class: by the same rule, in a function of the same name, on the same kinds of requests.
struct CampaignGroup {
  CampaignFinding smallest;
  std::vector<std::string> submissions;  // by name
};

struct CampaignSheet {
  CampaignTerms terms;
  std::size_t submissions = 0;
  std::vector<std::string> not_built;  // by name
  std::vector<std::string> clean;      // nothing was found
  std::vector<CampaignGroup> groups;   // the most frequent first
  std::uint64_t executions = 0;
  std::uint64_t requests = 0;
  double seconds = 0;                  // of searching, over all submissions
};

}  // namespace heapjudge
