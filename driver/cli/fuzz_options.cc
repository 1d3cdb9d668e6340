// The rows of `fuzz`, and what they mean.
#include "cli/fuzz_options.h"

#include <array>
#include <charconv>

#include "cli/shared_rows.h"
#include "judge/waste_sheet.h"

namespace heapjudge {
namespace {

constexpr std::array kSubmission{kSubmissionRow};

constexpr std::string_view kTheSearch = "The search";
constexpr std::array kSearch{
    OptionRow{.name = "--time",
              .value = "T",
              .text = "how long to search: 90s, 5m, 1h (default: 60s, or no end with --runs)",
              .group = kTheSearch},
    OptionRow{.name = "--runs",
              .value = "N",
              .text = "how many inputs to try, over all workers; with one worker and no corpus, the same seed "
                      "finds the same",
              .expects = {Kind::kWhole, 1, 1e15},
              .group = kTheSearch},
    OptionRow{.name = "--seed", .value = "S", .text = "of all choices (default: 1)", .expects = kASeed, .group = kTheSearch},
    OptionRow{.name = "--stop-after",
              .value = "N",
              .text = "end after so many different findings",
              .expects = {Kind::kWhole, 1, 1e6},
              .group = kTheSearch},
    OptionRow{.name = "--tier",
              .value = "P0|P1|P2|P3",
              .text = "no requests of a higher tier than this (default: P3, all)",
              .expects = kAChoice,
              .group = kTheSearch},
    OptionRow{.name = "--corpus",
              .value = "DIR",
              .text = "inputs to start from, and where to leave those that reached something new (default: below "
                      ".heapjudge, by submission)",
              .expects = kAFolder,
              .group = kTheSearch},
    OptionRow{.name = "--utilization",
              .value = "X",
              .text = "tell of traces for which it needs more than X times the heap of segregated (default: 3)",
              .expects = {Kind::kNumber, 1, 1000},
              .group = kTheSearch},
    OptionRow{.name = "--no-utilization",
              .text = "look for failures only, not for traces on which the heap is larger than it should be",
              .group = kTheSearch},
    OptionRow{.name = "--require-isolation", .text = "refuse to run in less than the full sandbox", .group = kTheRules}};

constexpr std::array kResult{
    kTextOrJsonRow, kOutputRow,
    OptionRow{.name = "--emit-c",
              .text = "write each finding as a C program too, beside its trace",
              .group = kTheResult},
    OptionRow{.name = "-v", .text = "print every finding whole, and all of its lines", .group = kTheResult}};

constexpr std::array kRun{OptionRow{.name = "-j",
                                    .value = "N",
                                    .text = "processes that search at the same time and share a corpus (default: 1)",
                                    .expects = {Kind::kWhole, 1, 256}},
                          kColourRow};

// "90", "90s", "5m", "1h".
double seconds_of(const std::string& text) {
  double number = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  const std::string_view unit(rest, static_cast<std::size_t>(end - rest));
  const double factor = unit.empty() || unit == "s" ? 1 : unit == "m" ? 60 : unit == "h" ? 3600 : 0;
  const bool is_right = error == std::errc{} && factor != 0 && number > 0 && number * factor <= 30 * 86400.0;
  if (!is_right) refuse_value("--time", "a time such as 90s, 5m or 1h, at most 30 days", text);
  return number * factor;
}

// One of the row's words.
Tier tier_called(const std::string& name) { return static_cast<Tier>(name.at(1) - '0'); }

}  // namespace

CommandRow fuzz_row() {
  return {.name = "fuzz",
          .text = "search for request sequences on which a submission fails",
          .options = joined({kSubmission, kSearch, kTermRows, kResult, kRun})};
}

FuzzOptions read_fuzz_options(const Given& given) {
  FuzzOptions options{.common = read_terms(given),
                      .seed = given.whole("--seed").value_or(1),
                      .inputs = given.whole("--runs").value_or(0),
                      .stop_after = given.whole("--stop-after").value_or(0),
                      .highest_tier = tier_called(given.text("--tier").value_or("P3")),
                      .corpus = given.path("--corpus"),
                      .emit_c = given.has("--emit-c")};
  if (!given.has("--no-utilization")) options.times_the_heap = given.number("--utilization").value_or(WasteRules{}.times);
  if (const auto time = given.text("--time")) options.seconds = seconds_of(*time);
  if (!options.seconds && options.inputs == 0) options.seconds = 60;
  options.common.output = given.path("-o");
  options.common.format = read_format(given);
  options.common.require_isolation = given.has("--require-isolation");
  options.common.verbose = given.has("-v");
  return options;
}

}  // namespace heapjudge
