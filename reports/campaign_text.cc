// What a campaign found, for a person.
#include <fmt/format.h>

#include <algorithm>

#include "reports/campaign.h"
#include "reports/fuzz_part.h"
#include "reports/numbers.h"
#include "reports/printable.h"

namespace heapjudge {
namespace {

constexpr std::size_t kNamesShown = 4;
constexpr std::size_t kLinesOfTrace = 12;
constexpr std::size_t kGroupsShown = 20;

// "a.c, b.c and 7 more".
std::string names_text(const std::vector<std::string>& names, const TextStyle& style) {
  std::string text;
  const std::size_t shown = style.verbose ? names.size() : std::min(names.size(), kNamesShown);
  for (std::size_t i = 0; i < shown; ++i) text += (i == 0 ? "" : ", ") + printable(names[i], style.unicode);
  if (shown < names.size()) text += fmt::format(" and {} more", names.size() - shown);
  return text;
}

// "a 0 24; f 0; ...", the whole of a short one.
std::string trace_text(const CampaignFinding& finding) {
  std::string text;
  std::size_t lines = 0;
  for (std::size_t start = 0; start < finding.trace.size() && lines < kLinesOfTrace; ++lines) {
    const std::size_t end = std::min(finding.trace.find('\n', start), finding.trace.size());
    text += (lines == 0 ? "" : "; ") + printable(finding.trace.substr(start, end - start));
    start = end + 1;
  }
  if (finding.requests > lines) text += fmt::format("; ... {} more", grouped(finding.requests - lines));
  return text;
}

std::string group_text(const CampaignGroup& group, const TextStyle& style) {
  const std::string function = printable(group.smallest.function, style.unicode);
  const std::string also =
      group.smallest.also.empty() ? "" : "        also seen as " + symptoms_of(group.smallest.also) + "\n";
  return fmt::format("  {:>4}  [{}] {} in {}\n        {}\n        {}\n{}", group.submissions.size(), code_of(group.smallest.fault),
                     fmt::format("P{}", static_cast<int>(group.smallest.tier)), function,
                     names_text(group.submissions, style), trace_text(group.smallest), also);
}

std::string head_text(const CampaignSheet& sheet) {
  const std::size_t failing = sheet.submissions - sheet.not_built.size() - sheet.clean.size();
  const std::string shard =
      sheet.terms.shards == 1 ? "" : fmt::format("   shard {}/{}", sheet.terms.shard, sheet.terms.shards);
  return fmt::format("{}: {} fail, {} clean, {} not built   seed {}{}\n  {} in {} executions\n",
                     counted(sheet.submissions, "submission"), failing, sheet.clean.size(),
                     sheet.not_built.size(), sheet.terms.seed, shard, counted(sheet.requests, "request"),
                     grouped(sheet.executions));
}

}  // namespace

std::string text_of(const CampaignSheet& sheet, const TextStyle& style) {
  std::string text = head_text(sheet);
  if (!sheet.not_built.empty()) text += "  not built: " + names_text(sheet.not_built, style) + "\n";
  if (!sheet.clean.empty()) text += "  clean: " + names_text(sheet.clean, style) + "\n";
  if (sheet.groups.empty()) return text;
  text += fmt::format("\n{} of failures, by the submissions that have them:\n", counted(sheet.groups.size(), "group"));
  const std::size_t shown = style.verbose ? sheet.groups.size() : std::min(sheet.groups.size(), kGroupsShown);
  for (std::size_t i = 0; i < shown; ++i) text += group_text(sheet.groups[i], style);
  if (shown < sheet.groups.size()) {
    text += fmt::format("  and {}: -v shows them\n", counted(sheet.groups.size() - shown, "more group"));
  }
  return text;
}

}  // namespace heapjudge
