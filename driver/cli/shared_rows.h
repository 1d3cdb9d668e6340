// Rows and their readers that several commands have in common.
#pragma once

#include <array>
#include <string_view>

#include "cli/option_table.h"

namespace heapjudge {

inline constexpr std::string_view kWhichTraces = "Which traces";
inline constexpr std::string_view kTheRules = "The rules";
inline constexpr std::string_view kTheResult = "The result";

inline constexpr OptionRow kSubmissionRow{
    .name = "submission",
    .value = "FILE",
    .text = "the allocator: its source files, one folder, or a reference such as implicit:best",
    .required = true,
    .repeats = true,
    .expects = kAFile};

inline constexpr OptionRow kColourRow{.name = "--color",
                                      .value = "auto|always|never",
                                      .text = "NO_COLOR is obeyed too",
                                      .expects = kAChoice};

inline constexpr std::array kTraceRows{
    OptionRow{.name = "-f",
              .value = "TRACE",
              .text = "this trace only: a file, or a name of the rubric; may be repeated",
              .repeats = true,
              .expects = kAFile,
              .group = kWhichTraces},
    OptionRow{.name = "-t",
              .value = "DIR",
              .text = "the traces of this folder instead of the rubric's",
              .expects = kAFolder,
              .group = kWhichTraces},
    OptionRow{.name = "-k",
              .value = "EXPR",
              .text = "only traces whose names match: words, and, or, not, ( )",
              .group = kWhichTraces}};

// What builds and judges an allocator, alone or beside others.
inline constexpr std::array kTermRows{
    OptionRow{.name = "--rubric",
              .value = "FILE|NAME",
              .text =
                  "the rules and the traces: a file, or a name of traces/rubrics such as classic (default: "
                  "traces/rubric.yaml of Heapjudge)",
              .expects = kAFile,
              .group = kTheRules},
    OptionRow{.name = "--timeout",
              .value = "S",
              .text = "CPU seconds for one run of a trace",
              .expects = {Kind::kNumber, 0.1, 86400},
              .group = kTheRules},
    OptionRow{.name = "--align",
              .value = "N",
              .text = "alignment of blocks in bytes",
              .expects = {Kind::kPowerOfTwo, 1, 4096},
              .group = kTheRules},
    OptionRow{.name = "--abi",
              .value = "lp64|ilp32",
              .text = "build a 64-bit or a 32-bit program",
              .expects = kAChoice,
              .group = kTheRules}};

inline constexpr std::array kRunRows{
    OptionRow{.name = "-j",
              .value = "N",
              .text = "traces judged at the same time (default: one for each processor)",
              .expects = {Kind::kWhole, 1, 256}},
    kColourRow};

inline constexpr OptionRow kOutputRow{.name = "-o",
                                      .value = "FILE",
                                      .text = "write the result here, whole or not at all",
                                      .expects = kAFile,
                                      .group = kTheResult};

inline constexpr OptionRow kHtmlRow{.name = "--html",
                                    .value = "FILE",
                                    .text = "a report with pictures, in one file that needs no network",
                                    .expects = kAFile,
                                    .group = kTheResult};

inline constexpr OptionRow kTextOrJsonRow{.name = "--format",
                                          .value = "text|json",
                                          .text = "of the result",
                                          .expects = kAChoice,
                                          .group = kTheResult};

}  // namespace heapjudge
