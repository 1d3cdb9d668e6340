// What a campaign does next, and what its results come to: arithmetic on records alone.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "judge/campaign_sheet.h"

namespace heapjudge {

// Those of `names` (sorted) that shard `shard` of `shards` sees to, from 1: every submission belongs to one shard.
std::vector<std::string> names_of_shard(std::span<const std::string> names, const CampaignTerms& terms);

// How many seconds of the deep budget each submission that was searched earns. A tier in which nothing was found has
// most need of them; one where something was found may hide more. What was not built needs none.
std::map<std::string, double> deep_seconds(std::span<const CampaignRecord> records, const CampaignTerms& terms);

// Which kinds of requests a trace holds, each once: "a f r".
std::string verbs_of(std::string_view requests);

// One of each group that searches found, the smallest; in the order of their text. What trials found adds none: these
// traces are what is tried, before the first trial and after some of them alike.
std::vector<CampaignFinding> traces_to_try(std::span<const CampaignRecord> records);

CampaignSheet campaign_sheet(std::span<const CampaignRecord> records, const CampaignTerms& terms);

}  // namespace heapjudge
