// The rows of `grade`, and what they mean.
#include "cli/grade_options.h"

#include <array>

#include "cli/shared_rows.h"
#include "trace/input_error.h"

namespace heapjudge {
namespace {

constexpr std::array kSubmission{kSubmissionRow};

constexpr std::array kSelection{
    OptionRow{.name = "-x", .text = "stop after the first failure", .group = kWhichTraces},
    OptionRow{.name = "--lf",
              .text = "only the traces that failed last time; all when none did",
              .group = kWhichTraces},
    OptionRow{.name = "--ff", .text = "the traces that failed last time first", .group = kWhichTraces}};

constexpr std::array kRules{OptionRow{.name = "--check",
                                      .text = "also refuse growths of the heap, one at a time (E202), and call the "
                                              "submission's own heap checker (E402)",
                                      .group = kTheRules},
                            OptionRow{.name = "--no-speed",
                                      .text = "do not measure speed: quicker, and the score is without it",
                                      .group = kTheRules},
                            OptionRow{.name = "--no-fuzz",
                                      .text = "leave out the rubric's fuzz part",
                                      .group = kTheRules},
                            OptionRow{.name = "--require-isolation",
                                      .text = "refuse to grade in less than the full sandbox",
                                      .group = kTheRules}};

constexpr std::array kResult{
    OptionRow{.name = "--min-score",
              .value = "P",
              .text = "exit with 5 below so many points",
              .expects = {Kind::kNumber, 0, 1e6},
              .group = kTheResult},
    OptionRow{.name = "--format",
              .value = kGradeFormats,
              .text = "of the result",
              .expects = kAChoice,
              .group = kTheResult},
    kOutputRow,
    OptionRow{.name = "--also",
              .value = "FORMAT=FILE",
              .text = "write it to this file in another format as well; may be repeated",
              .repeats = true,
              .group = kTheResult},
    kHtmlRow,
    OptionRow{.name = "--save",
              .value = "NAME",
              .text = "keep the result as .heapjudge/runs/NAME.json",
              .group = kTheResult},
    OptionRow{.name = "--vs",
              .value = "NAME",
              .text = "what has changed since the result that was kept under this name",
              .group = kTheResult},
    OptionRow{.name = "--watch",
              .text = "grade again whenever a source file or header is saved, and tell only what changed",
              .group = kTheResult},
    OptionRow{.name = "-v", .text = "print every failure whole, not only the first", .group = kTheResult}};

// A result that is kept, or read by a program, is one result.
void refuse_what_cannot_be_watched(const GradeOptions& options) {
  const bool one_result = options.output || !options.also.empty() || options.html || options.save_as || options.compare_with ||
                          options.format != Format::kText;
  if (options.watch && one_result) throw InputError("--watch excludes -o, --also, --html, --save, --vs and --format");
}

}  // namespace

CommandRow grade_row() {
  return {.name = "grade",
          .text = "build, check and score a submission",
          .options = joined({kSubmission, kTraceRows, kSelection, kTermRows, kRules, kResult, kRunRows})};
}

GradeOptions read_terms(const Given& given) {
  GradeOptions options{.submission = given.paths("submission"),
                       .rubric = given.path("--rubric"),
                       .timeout_seconds = given.number("--timeout"),
                       .workers = static_cast<unsigned>(given.whole("-j").value_or(0))};
  if (const auto bytes = given.whole("--align")) options.alignment_bytes = static_cast<std::uint32_t>(*bytes);
  if (const auto abi = given.text("--abi")) options.abi = abi == "lp64" ? Abi::kLp64 : Abi::kIlp32;
  const auto colour = given.text("--color");
  if (colour == "always") options.colour = ColourRule::kAlways;
  if (colour == "never") options.colour = ColourRule::kNever;
  return options;
}

GradeOptions read_grading_terms(const Given& given) {
  GradeOptions options = read_terms(given);
  options.traces = given.texts("-f");
  options.trace_dir = given.path("-t");
  options.expression = given.text("-k").value_or("");
  return options;
}

GradeOptions read_grade_options(const Given& given) {
  GradeOptions options = read_grading_terms(given);
  options.min_score_points = given.number("--min-score");
  options.output = given.path("-o");
  options.format = read_format(given);
  for (const std::string& text : given.texts("--also")) options.also.push_back(read_also(text));
  options.html = given.path("--html");
  options.save_as = given.text("--save");
  options.compare_with = given.text("--vs");
  options.stop_at_first = given.has("-x");
  options.last_failed_only = given.has("--lf");
  options.last_failed_first = given.has("--ff");
  options.watch = given.has("--watch");
  options.refuse_growth = given.has("--check");
  options.require_isolation = given.has("--require-isolation");
  options.without_speed = given.has("--no-speed");
  options.without_fuzz = given.has("--no-fuzz");
  options.verbose = given.has("-v");
  refuse_what_cannot_be_watched(options);
  return options;
}

}  // namespace heapjudge
