// The rows of `trace shrink`, and what they mean.
#include "cli/trace_shrink_options.h"

#include <array>

#include "cli/shared_rows.h"

namespace heapjudge {
namespace {

constexpr std::array kWhat{
    kSubmissionRow,
    OptionRow{.name = "-f",
              .value = "FILE",
              .text = "the trace on which it fails",
              .required = true,
              .expects = kAFile}};
constexpr std::array kHow{
    OptionRow{.name = "--check",
              .text = "look for a refused growth that goes wrong (E202), and for complaints of its own heap checker (E402), too",
              .group = kTheRules},
    OptionRow{.name = "--tries",
              .value = "N",
              .text = "runs of the submission, at most (default: 2000)",
              .expects = {Kind::kWhole, 1, 1e6}}};
constexpr std::array kResult{
    OptionRow{
        .name = "-o",
        .value = "FILE",
        .text =
            "write the short trace here (default: .heapjudge/failures/NAME-CODE.rep); packed when FILE ends "
            "in .gz or .zst",
        .expects = kAFile,
        .group = kTheResult},
    OptionRow{
        .name = "--emit-c",
        .value = "FILE",
        .text = "write it as a C program too, to be compiled beside mm.c and memlib.c and stepped through",
        .expects = kAFile,
        .group = kTheResult},
    kColourRow};

}  // namespace

CommandRow trace_shrink_row() {
  return {.name = "trace shrink",
          .text = "the few requests of a trace that it takes to make a submission fail",
          .options = joined({kWhat, kTermRows, kHow, kResult}),
          .footer = "heapjudge trace shrink mm.c -f .heapjudge/failures/git-E107.rep"};
}

TraceShrinkOptions read_trace_shrink_options(const Given& given) {
  TraceShrinkOptions options{.trace = given.path("-f").value(), .program = given.path("--emit-c")};
  GradeOptions& common = options.common;
  common.submission = given.paths("submission");
  common.rubric = given.path("--rubric");
  common.timeout_seconds = given.number("--timeout");
  if (const auto bytes = given.whole("--align")) common.alignment_bytes = static_cast<std::uint32_t>(*bytes);
  if (const auto abi = given.text("--abi")) common.abi = abi == "lp64" ? Abi::kLp64 : Abi::kIlp32;
  common.refuse_growth = given.has("--check");
  common.output = given.path("-o");
  const auto colour = given.text("--color");
  if (colour == "always") common.colour = ColourRule::kAlways;
  if (colour == "never") common.colour = ColourRule::kNever;
  if (const auto tries = given.whole("--tries")) options.most_tries = *tries;
  return options;
}

}  // namespace heapjudge
