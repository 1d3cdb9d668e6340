// A trace that a submission was judged on.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "history/latencies.h"
#include "judge/finding.h"
#include "judge/measurement.h"
#include "judge/rubric.h"

namespace heapjudge {

// A trace and what became of it.
struct TraceResult {
  std::string name;
  std::filesystem::path file;
  Tier tier = Tier::kP0;
  double weight = 1;
  Counts counts = Counts::kBoth;
  bool hidden = false;
  std::size_t requests = 0;
  std::vector<std::size_t>
      finding_lines;  // empty, or one: the line in the trace file of the finding's request
  std::optional<Examination> examination;  // none: it did not run
  std::optional<Measurement> measurement;  // of a trace that passed; none: its speed is not known
  std::string not_run;  // then why: "mm_calloc is not defined", "stopped after the first failure"
  std::optional<std::variant<Latencies, std::string>> latencies;  // where they are wanted; or why there are none
  std::filesystem::path saved_prefix;  // the shortest failing prefix, when it was saved
};

// What the trace is convicted of; nullptr when it passed or did not run.
const Finding* finding_of(const TraceResult& result);

}  // namespace heapjudge
