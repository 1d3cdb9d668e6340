// What a grading leaves behind for later ones, below kStateDir: results under a name, and which traces
// failed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "judge/comparison.h"
#include "judge/grade.h"
#include "judge/rubric.h"

namespace heapjudge {

// Throws InputError when `name` is not one that a file can have: letters, digits, "-", "_", and "." in between.
void check_run_name(const std::string& name);

void save_run(const std::string& name, const GradeSheet& sheet);

// Throws InputError when there is no such run, with the nearest name, or when the file is damaged.
PastRun load_run(const std::string& name);

// For --lf and --ff. A file that cannot be read is written anew.
void keep_failures(const GradeSheet& sheet);

enum class LastFailed : std::uint8_t { kOnly, kFirst };

// Those of the traces that failed when this submission was last graded: first, in their order, or they alone;
// all when none of them failed. Throws InputError when the file is damaged.
std::vector<TraceEntry> by_last_failures(std::vector<TraceEntry> traces, const std::string& submission,
                                         LastFailed wish);

}  // namespace heapjudge
