// Grade sheets that were kept, read back from what json_of() wrote; and the list of traces that failed last.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "judge/comparison.h"

namespace heapjudge {

// `json` is what json_of(sheet) printed, in `file`. Throws InputError ("file: what") for anything else.
PastRun parse_saved_run(const std::filesystem::path& file, std::string_view json);

// The names of the traces that failed when they last ran, by submission as given on the command line.
using FailedTraces = std::map<std::string, std::set<std::string>>;

// Those that ran take their place; what is known of the others stays.
void note_failures(const GradeSheet& sheet, FailedTraces& failed);

// "schema": "heapjudge-failed/1". parse(json_of(f)) == f for names in UTF-8. Throws InputError ("file:
// what").
std::string json_of(const FailedTraces& failed);
FailedTraces parse_failed_traces(const std::filesystem::path& file, std::string_view json);

}  // namespace heapjudge
