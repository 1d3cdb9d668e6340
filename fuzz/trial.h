// Judging traces that are there already, on one submission.
#pragma once

#include <span>
#include <vector>

#include "fuzz/fuzz_build.h"
#include "fuzz/verdicts.h"
#include "judge/rubric.h"
#include "trace/trace.h"

namespace heapjudge {

// What the judge convicts that submission of on these traces, one of each rule and function, each with the trace that
// is left. A trace that needs a function which is not there is passed over. Most traces convict nobody, and to start a
// process takes longer than to run one: so one process runs them all, and only on what does not go well there, the
// submission is examined as ever; and not even then when what went wrong alike has shown nothing new three times
// running. What a trace shows only in a process that has just been started is missed.
std::vector<Told> judge_traces(const Rubric& rubric, const FuzzBuild& build,
                                                        std::span<const Trace> traces);

}  // namespace heapjudge
