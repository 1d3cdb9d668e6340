// One grading from start to end: build, inspect, examine every trace, grade.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "judge/grade.h"

namespace heapjudge {

struct SessionSettings {
  std::vector<std::filesystem::path> submission;  // files, one folder, or a reference (judge/reference_name.h)
  std::vector<TraceEntry> traces;  // those selected
  bool stop_at_first = false;      // -x
  bool refuse_growth = false;      // --check
  bool own_checks = false;         // --check: the submission's own heap checker is called, whatever the rubric says
  bool measure = true;             // the speed of the traces that count for throughput
  bool require_isolation = false;
  bool history = false;            // what happened to the heap, for pictures; some 50 bytes a request
  bool latencies = false;          // how long each request takes, likewise
  unsigned workers = 1;
  std::filesystem::path state_dir = ".heapjudge";  // scratch and saved failures
  std::string command;
  std::vector<std::string> options;  // see Identity
};

enum class SessionStep : std::uint8_t { kChecking, kTiming };

struct SessionProgress {
  SessionStep step = SessionStep::kChecking;
  std::size_t done = 0;
  std::size_t total = 0;
};

// Told after each trace, in order of completion; from the session's own thread.
using SessionListener = std::function<void(const SessionProgress&)>;

// As build() does; a reference that is named in the place of a file is built from Heapjudge's own tree.
std::variant<Built, BuildFailed> build_submission(const std::vector<std::filesystem::path>& submission, BuildSettings how,
                                                  const BuildPlaces& places);

// BuildFailed when the submission does not build. Throws InputError (operator) or std::runtime_error
// (machine).
std::variant<GradeSheet, BuildFailed> run_session(const Rubric& rubric, const SessionSettings& settings,
                                                  const SessionListener& listener = {});

}  // namespace heapjudge
