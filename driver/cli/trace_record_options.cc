// The rows of `trace record`, and what they mean.
#include "cli/trace_record_options.h"

#include <array>

#include "cli/trace_options.h"

namespace heapjudge {
namespace {

constexpr std::array kRows{
    OptionRow{.name = "command",
              .value = "PROGRAM",
              .text = "the program and its arguments, after a --",
              .required = true,
              .repeats = true},
    OptionRow{.name = "-o",
              .value = "FILE",
              .text = "the trace: .rep or .rep.zst",
              .required = true,
              .expects = kAFile},
    OptionRow{
        .name = "--window", .value = "A:B", .text = "only requests A to B of the program, counted from 1"},
    OptionRow{.name = "--sample",
              .value = "N",
              .text = "only the lives of one block of N",
              .expects = {Kind::kWhole, 1, 1e9}},
    OptionRow{.name = "--seed", .value = "S", .text = "of the sample (default: 1)", .expects = kASeed},
    OptionRow{.name = "--balanced", .text = "free at the end what is left"},
    OptionRow{.name = "--sane",
              .text = "malloc, realloc and free of blocks with sizes above 0 only; the rest becomes that"},
    OptionRow{.name = "--children",
              .text = "also the processes it starts, each to a file of its own beside FILE"},
    OptionRow{.name = "--note",
              .value = "TEXT",
              .text = "a line for the head of the trace; may be repeated",
              .repeats = true}};

}  // namespace

CommandRow trace_record_row() {
  return {.name = "trace record",
          .text = "what a real program asks its allocator for, as a trace",
          .options = joined({kRows}),
          .footer = "heapjudge trace record -o sort.rep --sane --balanced -- sort words.txt\n"};
}

TraceRecordOptions read_trace_record_options(const Given& given) {
  TranscriptOptions transcript{.sample = given.whole("--sample").value_or(1),
                               .seed = given.whole("--seed").value_or(1),
                               .balanced = given.has("--balanced"),
                               .sane = given.has("--sane")};
  if (const auto text = given.text("--window")) {
    const RequestWindow window = read_window("--window", *text);
    transcript.first_request = window.first;
    transcript.last_request = window.last;
  }
  return {.command = given.texts("command"),
          .output = *given.path("-o"),
          .transcript = transcript,
          .notes = given.texts("--note"),
          .children = given.has("--children")};
}

}  // namespace heapjudge
