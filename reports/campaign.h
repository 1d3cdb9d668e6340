// A campaign as lines of its journal, and as text. Pure functions, as all reports.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "judge/campaign_sheet.h"
#include "reports/report.h"

namespace heapjudge {

// One line of JSON each. The first line of a journal holds the terms ("schema": "heapjudge-campaign-1"), every other one
// a record. Invalid UTF-8 is replaced.
std::string line_of(const CampaignTerms& terms);
std::string line_of(const CampaignRecord& record);

// Throw InputError, "name:line: what", for what line_of() does not print.
CampaignTerms parse_campaign_terms(const std::string& name, std::string_view line);
CampaignRecord parse_campaign_record(const std::string& name, std::size_t number, std::string_view line);

// The groups, the most frequent first, each with its smallest trace, and what did not build.
std::string text_of(const CampaignSheet& sheet, const TextStyle& style);

}  // namespace heapjudge
