// The rows of `bench`, and what they mean.
#include "cli/bench_options.h"

#include <array>

#include "cli/shared_rows.h"

namespace heapjudge {
namespace {

constexpr std::array kAllocators{
    OptionRow{.name = "submission",
              .value = "FILE",
              .text = "allocators: each a file, a folder, or a reference's name",
              .repeats = true,
              .expects = kAFile},
    OptionRow{.name = "--compare",
              .value = "A,B,...",
              .text = "references beside them (default: implicit,explicit,segregated,bins,libc)"}};
constexpr std::string_view kCompared = "implicit,explicit,segregated,bins,libc";

constexpr std::array kResult{OptionRow{.name = "--format",
                                       .value = "text|json|csv|markdown",
                                       .text = "of the result",
                                       .expects = kAChoice,
                                       .group = kTheResult},
                             kOutputRow};

BenchFormat format_of(const std::string& word) {
  if (word == "json") return BenchFormat::kJson;
  if (word == "csv") return BenchFormat::kCsv;
  if (word == "markdown") return BenchFormat::kMarkdown;
  return BenchFormat::kText;
}

}  // namespace

CommandRow bench_row() {
  return {.name = "bench",
          .text = "allocators side by side: utilization and speed, trace by trace",
          .options = joined({kAllocators, kTraceRows, kTermRows, kResult, kRunRows})};
}

BenchOptions read_bench_options(const Given& given) {
  BenchOptions options{.common = read_grading_terms(given),
                       .references = split(given.text("--compare").value_or(std::string(kCompared)), ','),
                       .format = format_of(given.text("--format").value_or("text"))};
  options.common.output = given.path("-o");
  return options;
}

}  // namespace heapjudge
