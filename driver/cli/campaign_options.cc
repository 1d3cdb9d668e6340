// The rows of `campaign`, and what they mean.
#include "cli/campaign_options.h"

#include <array>
#include <charconv>

#include "cli/shared_rows.h"

namespace heapjudge {
namespace {

constexpr std::string_view kTheSearch = "The search";

constexpr std::array kSubmissions{OptionRow{.name = "submission",
                                            .value = "DIR",
                                            .text = "the submissions: each a source file or a folder",
                                            .required = true,
                                            .expects = kAFolder}};

constexpr std::array kSearch{
    OptionRow{.name = "-o",
              .value = "OUTDIR",
              .text = "where results go, and what a later start goes on from (default: campaign)",
              .expects = kAFolder,
              .group = kTheResult},
    OptionRow{.name = "-v", .text = "print every group, and all names", .group = kTheResult},
    OptionRow{.name = "--seed", .value = "S", .text = "of all choices (default: 1)", .expects = kASeed, .group = kTheSearch},
    OptionRow{.name = "--seconds",
              .value = "S",
              .text = "of search for each submission (default: 2)",
              .expects = {Kind::kNumber, 0.01, 3600},
              .group = kTheSearch},
    OptionRow{.name = "--runs",
              .value = "N",
              .text = "how many inputs to try on each submission, instead of seconds; with -o a new folder, the same seed "
                      "finds the same",
              .expects = {Kind::kWhole, 1, 1e15},
              .group = kTheSearch},
    OptionRow{.name = "--deep",
              .value = "S",
              .text = "more seconds for a submission on average, shared out by need (default: 1, or 0 with --runs; 0: none)",
              .expects = {Kind::kNumber, 0, 86400},
              .group = kTheSearch},
    OptionRow{.name = "--shard",
              .value = "i/n",
              .text = "only every n-th submission, from the i-th on",
              .group = kTheSearch}};

constexpr std::array kRun{OptionRow{.name = "-j",
                                    .value = "N",
                                    .text = "submissions at the same time (default: one for each processor)",
                                    .expects = {Kind::kWhole, 1, 256}},
                          kColourRow};

bool read_number(std::string_view text, unsigned& into) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), into);
  return error == std::errc{} && end == text.data() + text.size();
}

void read_shard(const std::string& text, CampaignTerms& terms) {
  const std::size_t slash = text.find('/');
  const bool is_right = slash != text.npos && read_number(std::string_view(text).substr(0, slash), terms.shard) &&
                        read_number(std::string_view(text).substr(slash + 1), terms.shards) && terms.shard >= 1 &&
                        terms.shard <= terms.shards;
  if (!is_right) refuse_value("--shard", "i/n with i from 1 to n", text);
}

}  // namespace

CommandRow campaign_row() {
  return {.name = "campaign",
          .text = "fuzz many submissions, their failures grouped over the class",
          .options = joined({kSubmissions, kSearch, kTermRows, kRun})};
}

CampaignOptions read_campaign_options(const Given& given) {
  CampaignOptions options{.common = read_terms(given),
                          .terms = {.seed = given.whole("--seed").value_or(1),
                                    .seconds = given.number("--seconds").value_or(2),
                                    .inputs = given.whole("--runs").value_or(0),
                                    .deep_seconds = given.number("--deep").value_or(given.has("--runs") ? 0 : 1)},
                          .output_dir = given.path("-o").value_or("campaign")};
  if (const auto shard = given.text("--shard")) read_shard(*shard, options.terms);
  options.common.verbose = given.has("-v");
  return options;
}

}  // namespace heapjudge
