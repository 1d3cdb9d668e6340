// The speeds of a session's traces: what is prepared while they are checked, and the measuring itself.
#pragma once

#include <filesystem>
#include <functional>
#include <future>
#include <span>

#include "judge/checked_orders.h"
#include "judge/grade.h"
#include "judge/measure.h"
#include "judge/rubric.h"
#include "subject/child_subject.h"

namespace heapjudge {

// Of a shorter trace fixed costs would be measured, and the interval would never become narrow.
inline constexpr std::size_t kFewestTimedRequests = 500;

// One whose answers are not compared.
Contender contender(const LaunchSettings& settings);

struct TimingTerms {
  LaunchSettings subject;
  std::filesystem::path scratch_dir;
  SubjectFactory start;  // of the subject, for checked replays
  ExamineSettings examine;
};

// Builds the rubric's reference on a thread of its own, while the traces are checked.
class SessionTiming {
 public:
  SessionTiming(const Rubric& rubric, TimingTerms terms);  // throws InputError for a reference that there is not

  // True when the trace's speed counts, it is long enough, and it has passed as far as its own tier goes.
  bool wants(const TraceResult& result) const;

  // Takes the answers of the examination. Of a submission that does not repeat itself (E203, E204) nothing can be
  // compared: then there is the trace's own order, without answers. On any thread.
  CheckedOrders check(const Trace& trace, Examination& examination) const;

  // One trace that is to be timed, and the result that gets the measurement, or the finding.
  struct Task {
    const Trace& trace;
    const CheckedOrders& checked;
    TraceResult& result;
  };

  // Calls `finished` with the index of each task when its result is complete, on the caller's thread. When nothing else
  // runs.
  void time(std::span<const Task> tasks, const std::function<void(std::size_t)>& finished);

 private:
  struct Contest;
  Contest contest(const Task& task) const;
  void measure_times(std::span<const Task> tasks, const std::function<void(std::size_t)>& finished);
  std::variant<Measurement, TimedFault> count(const Task& task) const;
  void put(const std::variant<Measurement, TimedFault>& outcome, const Task& task) const;

  const Rubric& rubric_;
  TimingTerms terms_;
  std::shared_future<LaunchSettings> reference_;
};

}  // namespace heapjudge
