// Which traces a run meets: the rubric's, or those of -f and -t, narrowed by -k.
#pragma once

#include <vector>

#include "cli/options.h"
#include "judge/rubric.h"

namespace heapjudge {

// -f names a trace of the rubric or a file; -t means every .rep, .rep.gz and .rep.zst of a folder, by name.
// A file that the rubric lists keeps its entry there; any other becomes a P0 entry named after it. Names are
// unique and every file comes once. Throws InputError for a trace or folder that is not there.
std::vector<TraceEntry> select_traces(const Rubric& rubric, const GradeOptions& options);

}  // namespace heapjudge
