// One report for each place; files before the standard output, which shows that all is done.
#include "cli/grade_output.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <random>
#include <stdexcept>

#include "cli/html_output.h"
#include "cli/screen.h"
#include "judge/whole_file.h"
#include "reports/report.h"

namespace heapjudge {
namespace {

constexpr std::size_t kMostSummaryBytes = 1u << 20;  // GitHub drops the whole summary of a step beyond it

// What a submission could guess, it could print to end the part of the log in which it commands nothing.
std::string unguessable_token() {
  std::random_device random;
  std::string token;
  for (int i = 0; i < 4; ++i) token += fmt::format("{:08x}", random());
  return token;
}

// Empty for what the format leaves to the standard error.
std::string rendered(const GradeOptions& options, Format format, const Outcome& outcome, bool to_file) {
  const auto* sheet = std::get_if<GradeSheet>(&outcome);
  switch (format) {
    case Format::kText:
      return sheet != nullptr ? text_of(*sheet, text_style(options.colour, options.verbose, to_file)) : "";
    case Format::kJson:
      return sheet != nullptr ? json_of(*sheet) : "";
    case Format::kJunit:
      return junit_of(outcome);
    case Format::kGradescope:
      return gradescope_of(outcome);
    case Format::kAutolab:
      return autolab_of(outcome);
    case Format::kGithub:
      return github_of(outcome, unguessable_token());
    case Format::kCsv:
      return csv_of(outcome);
    case Format::kMarkdown:
      return markdown_of(outcome);
  }
  return "";
}

// The bytes that are there already belong to the same step.
void append_summary(const Outcome& outcome) {
  const char* const name = std::getenv("GITHUB_STEP_SUMMARY");
  if (name == nullptr || *name == '\0') return;
  std::error_code missing;
  const std::uintmax_t size = std::filesystem::file_size(name, missing);
  const std::size_t there = missing ? 0 : static_cast<std::size_t>(std::min<std::uintmax_t>(size, kMostSummaryBytes));
  if (kMostSummaryBytes - there < kLeastMarkdownBytes) {
    std::fputs("heapjudge: the summary of this step is full\n", stderr);
    return;
  }
  std::ofstream file(name, std::ios::binary | std::ios::app);
  file << markdown_of(outcome, kMostSummaryBytes - there) << std::flush;
  if (!file) throw std::runtime_error(std::string(name) + ": cannot be written to");
}

void write_file(const std::filesystem::path& file, const std::string& text) {
  if (!text.empty()) write_whole_file(file, text);
}

}  // namespace

void write_outcome(const GradeOptions& options, const Outcome& outcome) {
  for (const AlsoWritten& also : options.also) write_file(also.file, rendered(options, also.format, outcome, true));
  if (options.html) write_html(*options.html, outcome);
  if (options.format == Format::kGithub) append_summary(outcome);
  const std::string text = rendered(options, options.format, outcome, options.output.has_value());
  if (options.output) {
    write_file(*options.output, text);
  } else {
    write_stdout(text);
  }
}

}  // namespace heapjudge
