// The CPU time of this process and of those that it has started.
#pragma once

namespace heapjudge {

// Of this process and of those of its children that are gone.
double cpu_seconds_so_far();

}  // namespace heapjudge
