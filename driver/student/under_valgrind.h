// Turns the student process, confined already, into one that runs under valgrind.
#pragma once

namespace heapjudge {

// Runs the host that the working folder names, with these arguments, under callgrind: switched off but
// where student/count_replay.h switches it on. What it writes goes to `record`, a descriptor. No name of a file of this
// machine reaches the new process, so that nothing there depends on one. Returns only when valgrind cannot be started.
void run_under_valgrind(const char* valgrind, int record, char* const* host_arguments);

}  // namespace heapjudge
