// The options of `heapjudge campaign`.
#pragma once

#include <filesystem>

#include "cli/grade_options.h"
#include "judge/campaign_sheet.h"

namespace heapjudge {

struct CampaignOptions {
  GradeOptions common;               // the folder as its submission; what builds and judges each; how many at a time
  CampaignTerms terms;
  std::filesystem::path output_dir;  // the journal, and what a later run goes on from
};

CommandRow campaign_row();
CampaignOptions read_campaign_options(const Given& given);

}  // namespace heapjudge
