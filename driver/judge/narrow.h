// From "somewhere in this run something went wrong" to the first request after which it shows.
#pragma once

#include <optional>
#include <string>

#include "judge/examine.h"

namespace heapjudge {

// One kind of run, as it can be repeated from scratch.
struct Scenario {
  Run run = Run::kFirst;
  RunSettings settings;
  unsigned sound_runs_before = 0;  // whole runs of the trace, in the same process
  bool own_checks = false;         // see ReplaySettings
  bool ignore_refusals = false;
  bool avoid_null = false;
};

// A growth is counted from 1, and meant for kRefused only.
Scenario scenario_of(Run run, std::uint64_t refused_growth = 0);

// A run in a subject of its own.
struct Attempt {
  ReplayResult result;
  std::optional<Ending> ending;  // when the subject did not survive
  std::string output;            // the end of what it printed, when its own heap checker was called
  bool last_alone = false;       // everything was verified right before the request that went wrong
};

class Laboratory {
 public:
  Laboratory(const Trace& trace, const SubjectFactory& start, const ReplayRules& rules)
      : trace_(trace), start_(start), rules_(rules) {}

  // Runs the first `count` requests of the scenario in a fresh subject, which is ended; or in this one.
  Attempt run(const Scenario& scenario, std::size_t count, bool last_alone = false) const;
  ReplayResult run(Subject& fresh, const Scenario& scenario, std::size_t count, bool last_alone) const;

  // `bad` went wrong; the result is the run of the shortest prefix that does, as well as it can be told: by
  // bisection, with the last request served alone when payloads were damaged.
  Attempt narrow(const Scenario& scenario, Attempt bad) const;

 private:
  const Trace& trace_;
  const SubjectFactory& start_;
  const ReplayRules& rules_;
};

}  // namespace heapjudge
