#include "judge/missing_function.h"

#include "trace/statistics.h"

namespace heapjudge {

std::string missing_function(const Trace& trace, const Inspection& inspection, const std::string& prefix) {
  if (!inspection.has_calloc && uses(trace, Op::kCalloc)) return prefix + "calloc";
  if (!inspection.has_realloc && uses(trace, Op::kRealloc)) return prefix + "realloc";
  if (inspection.aligned_function.empty() && uses(trace, Op::kAligned)) return prefix + "memalign";
  return {};
}

}  // namespace heapjudge
