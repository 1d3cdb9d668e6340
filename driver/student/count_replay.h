// Replays a trace under callgrind, which counts the instructions of the submission and no others.
#pragma once

#include "student/program_replay.h"

namespace heapjudge {

// Theory of operation.
//
//   pass 1    as always, not counted: whatever happens only once has happened
//   pass 2    ── on ► mm_malloc(n) ── off ► ── on ► mm_free(p) ── off ► ...      callgrind writes part 1
//   calls     ── on ► nothing()    ── off ► ── on ► nothing()  ── off ► ...      callgrind writes part 2
//
// Between the switches lie, beside the submission's own instructions and whatever it calls, some of ours; the same ones
// for each call. Part 2 holds just those, for as many calls to a function that returns at once, so that the difference
// of the parts is what the submission executes beyond such a function: exactly, with any compiler. One function holds
// the switches, so that an mm_realloc which calls mm_malloc is counted as it is.
//
// `order.passes` and `order.target` are passed over. Outside of valgrind it only replays.
ReplayOutcome count_replay(const ProgramView& program, const ReplayOrder& order, const EntryPoints& submission,
                           std::atomic<std::uint32_t>& completed);

}  // namespace heapjudge
