// How well the CPU clock of this machine repeats itself.
#pragma once

#include <vector>

namespace heapjudge {

// The distance between the 10th and the 90th percentile, in percent of the median. `seconds` is not empty.
double spread_percent(std::vector<double> seconds);

// CPU seconds that the same loop took, `runs` times; each run aims at `seconds`.
std::vector<double> time_a_loop(int runs, double seconds);

}  // namespace heapjudge
