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

std::filesystem::path failures_folder(const std::filesystem::path& state_dir) { return state_dir / "failures"; }

std::filesystem::path symptoms_folder(const std::filesystem::path& state_dir) {
  return failures_folder(state_dir) / "also";
}

std::string fuzz_failure_name(const std::vector<std::filesystem::path>& submission, bool for_a_grade) {
  const std::filesystem::path& first = submission.front();
  const std::filesystem::path named = first.has_filename() ? first : first.parent_path();
  return (for_a_grade ? "graded-" : "fuzz-") + named.stem().string() + "-";
}

std::vector<std::filesystem::path> saved_fuzz_failures(const std::filesystem::path& folder,
                                                       const std::vector<std::filesystem::path>& submission) {
  const std::string beginning = fuzz_failure_name(submission);
  std::vector<std::filesystem::path> files;
  std::error_code ended;
  std::filesystem::directory_iterator entry(folder, ended);
  for (const std::filesystem::directory_iterator end; !ended && entry != end; entry.increment(ended)) {
    const std::string name = entry->path().filename().string();
    if (name.starts_with(beginning) && name.ends_with(".rep")) files.push_back(entry->path());
  }
  std::ranges::sort(files);
  return files;
}

std::string failure_file_name(const std::string& trace_name, Fault fault) {
  std::string name = trace_name + "-" + code_of(fault) + ".rep";
  std::ranges::replace_if(
      name, [](unsigned char c) { return std::isalnum(c) == 0 && c != '.' && c != '_' && c != '-'; }, '_');
  if (name.starts_with('.')) name.front() = '_';
  return name;
}

}  // namespace heapjudge
