#include "fuzz/zoo/cpu_seconds.h"

#include <sys/resource.h>

#include "subject/process_clock.h"

namespace heapjudge {

double cpu_seconds_so_far() {
  double sum = 0;
  for (const int who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
    rusage used{};
    getrusage(who, &used);
    sum += cpu_seconds_of(used);
  }
  return sum;
}

}  // namespace heapjudge
