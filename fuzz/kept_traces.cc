#include "fuzz/kept_traces.h"

#include <system_error>

#include "judge/saved_failure.h"
#include "judge/whole_file.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

fs::path kept(const Trace& trace, const fs::path& folder, const fs::path& other_folder, const std::string& name) {
  std::error_code ignored;
  fs::remove(other_folder / name, ignored);
  write_whole_file(folder / name, print_trace(trace));
  return folder / name;
}

}  // namespace

void keep_traces(Told& told, const fs::path& state_dir, const std::string& beginning) {
  const fs::path failures = failures_folder(state_dir);
  const fs::path symptoms = symptoms_folder(state_dir);
  fs::create_directories(told.others.empty() ? failures : symptoms);
  FuzzFinding& finding = told.finding;
  const std::string name = failure_file_name(beginning + finding.function, finding_of(finding.result)->fault);
  finding.result.saved_prefix = finding.result.file = kept(told.trace, failures, symptoms, name);
  for (std::size_t i = 0; i < told.others.size(); ++i) {
    Symptom& symptom = finding.also[i];
    symptom.file =
        kept(told.others[i], symptoms, failures, failure_file_name(beginning + symptom.function, symptom.fault));
  }
}

}  // namespace heapjudge
