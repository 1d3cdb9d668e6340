// The traces of one session, and what becomes of them.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "judge/culprit.h"
#include "judge/saved_failure.h"
#include "judge/session.h"
#include "judge/session_timing.h"
#include "submission/inspect.h"

namespace heapjudge {

struct TraceRunTerms {
  const Rubric& rubric;
  const SessionSettings& settings;
  const Inspection& inspection;
  const Built& built;
  std::filesystem::path scratch_dir;
};

// Why a trace is not run on this submission at all: a function that it needs is missing, say. Empty when it is.
std::string reason_not_to_run(const TraceRunTerms& terms, const Trace& trace);

// Whether each trace is to be repeated with the submission's own heap checker called in between, when it has one.
bool asks_own_checker(const TraceRunTerms& terms);

// Checks every trace, several at a time, and then measures the speed of those that count for it, one by one.
class TraceRun {
 public:
  TraceRun(const TraceRunTerms& terms, const std::vector<Trace>& traces);

  std::vector<TraceResult> run(const SessionListener& listener);

  // What is to be said of the run beside its results.
  std::vector<std::string> take_notes() { return std::move(notes_); }

 private:
  void check_all(const SessionListener& listener);
  void time_all(const SessionListener& listener);
  void check(std::size_t i);
  void clock(const Trace& trace, TraceResult& result) const;
  void note_slow_checkers();
  void note_finding(const Trace& trace, TraceResult& result);
  void find_source_lines(const Trace& trace, Finding& finding) const;
  void note_unsound_order(std::size_t i);
  std::string reason_not_to_run(const Trace& trace) const;
  std::filesystem::path save(const Trace& trace, const std::string& name, const Finding& finding) const;

  TraceRunTerms terms_;
  const std::vector<Trace>& traces_;
  std::string unusable_;
  Examiner examine_;
  ReplayRules rules_;
  WatchedSubjectFactory start_watched_;
  Contender clocked_;
  std::unique_ptr<SessionTiming> timing_;  // none: no speed is asked for
  std::vector<TraceResult> results_;
  std::vector<CheckedOrders> orders_;  // of each trace; empty where none is timed
  std::vector<std::string> notes_;
  std::atomic<bool> failed_ = false;
};

}  // namespace heapjudge
