// Prefixes are believed only after they failed again.
#include "judge/saved_failure.h"

#include <algorithm>
#include <cctype>

namespace heapjudge {

Trace failing_prefix(const Trace& trace, const Finding& finding, const Examiner& examine) {
  const std::size_t all = trace.requests().size();
  const std::size_t count = std::clamp<std::size_t>(finding.request, 1, std::max<std::size_t>(1, all));
  if (count >= all) return trace;
  Trace prefix = trace.prefix(count);
  // A hang was not looked for any further: that the request before it ended well has been seen, and to wait for the
  // deadline once more would double what a submission that hangs everywhere costs.
  if (finding.fault == Fault::kNoProgress) return prefix;
  const Examination again = examine(prefix);
  return again.finding && again.finding->fault == finding.fault ? prefix : trace;
}

std::string failure_file_name(const std::string& trace_name, Fault fault) {
  std::string name = trace_name + "-" + code_of(fault) + ".rep";
  std::ranges::replace_if(
      name, [](unsigned char c) { return std::isalnum(c) == 0 && c != '.' && c != '_' && c != '-'; }, '_');
  if (name.starts_with('.')) name.front() = '_';
  return name;
}

}  // namespace heapjudge
