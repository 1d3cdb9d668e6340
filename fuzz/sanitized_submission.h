// A submission under AddressSanitizer and UndefinedBehaviorSanitizer: what they say of a trace on which it fails.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "judge/fuzz_finding.h"
#include "judge/rubric.h"
#include "subject/child_subject.h"
#include "submission/build.h"
#include "trace/trace.h"

namespace heapjudge {

// Built once, then asked for trace after trace.
class SanitizedSubmission {
 public:
  // `launch` is that of the submission as the rubric builds it. Builds in `scratch_dir`; where that cannot be done here,
  // every view says so. Throws std::runtime_error when the machine is at fault.
  SanitizedSubmission(const std::vector<std::filesystem::path>& submission, const Rubric& rubric,
                      const LaunchSettings& launch, const std::filesystem::path& scratch_dir);

  // Runs the trace once, in a sandboxed process of its own. `run` is the one in which it fails. Throws std::runtime_error
  // when that cannot be confined as `launch` demands.
  SanitizerView view(const Trace& trace, Run run) const;

 private:
  LaunchSettings launch_;
  std::string unavailable_;  // why there is none; else empty
};

}  // namespace heapjudge
