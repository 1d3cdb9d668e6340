// A process between the grader and a tool, so that all that the tool starts ends with the grader.
#pragma once

#include <sys/types.h>

namespace heapjudge {

// Theory of operation.
//
//   grader ──► supervisor ──► tool ──► what it starts (cc1, as, ld)
//                              └────── one process group ───────┘
//
// The kernel tells a child that its parent has died, but no grandchild. So the supervisor is the one to be
// told, by SIGTERM, and ends the group; from the grader the same signal means that the time is up. It waits
// for the tool, ends what is left of the group, and then ends as the tool did.
//
// To be called in a new process of the grader, whose id is `grader`, before it becomes the tool. Returns in
// the tool, and never in the supervisor. False when no process can be made.
bool supervise(pid_t grader);

}  // namespace heapjudge
