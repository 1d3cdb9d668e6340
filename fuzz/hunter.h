// The part of fuzzing that runs beside the submission: tries inputs, tells new failures from known ones, and shrinks.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <tuple>
#include <vector>

#include "fuzz/input.h"
#include "fuzz/observation.h"
#include "fuzz/related_kind.h"
#include "fuzz/shrink.h"

namespace heapjudge {

// A failing trace, as small as it got.
struct Catch {
  Trace trace;
  Sighting sighting;            // of the small trace, with all frames
  std::uint64_t heap_limit_bytes = 0;
  std::size_t tries = 0;        // executions that shrinking took
  std::uint64_t found_cpu_ns = 0;   // CPU time of this process when it was first seen to fail
  std::uint64_t shrink_cpu_ns = 0;  // and what was spent to make it small
  std::uint64_t kind = 0;               // a number for the rule, the run and the place; the same in every process
  std::vector<RelatedKind> related;     // what was seen around this trace
};

struct HunterSettings {
  ReplayRules rules;
  Tier highest_tier = Tier::kP3;
  std::vector<std::uint64_t> functions;  // where each begins, rising: two places in one of them are the same
};

class Hunter {
 public:
  Hunter(GuardedSubject& subject, const HunterSettings& settings, std::function<void(const Catch&)> report);

  // Runs the input. What fails as something known did is looked at no further, but for the first few, which are
  // reported too. What fails only because the input's heap is small is passed over.
  void try_input(std::span<const std::uint8_t> input);

  std::uint64_t executions() const { return observer_.executions(); }
  std::uint64_t escapes() const { return observer_.escapes(); }

 private:
  // What fails alike: the rule, the run, and the function of the submission or, where nothing tells that, of its
  // interface.
  using Kind = std::tuple<Fault, Run, std::uint64_t>;
  struct Known {
    std::size_t shrunk = 0;    // how many of its sightings were
    std::size_t shortest = 0;  // requests
  };

  struct Small {
    Shrunk shrunk;
    Sighting sighting;  // of it, with all frames
  };

  static std::uint64_t number_of(const Kind& kind);
  Kind kind_of(const Sighting& sighting) const;
  std::optional<Sighting> observe_with_backtrace(const Trace& trace, Run run);
  bool is_alike(const std::optional<Sighting>& seen, const Sighting& sighting) const;
  bool may_lack_room(const Trace& trace, const Sighting& sighting) const;
  bool is_worth_shrinking(const Known& known, std::size_t requests) const;
  std::vector<RelatedKind> look_around(const Trace& trace, Run run);
  std::optional<Small> make_small(const Trace& trace, const Sighting& sighting, const Patience& patience);
  void shrink_and_report(const Trace& trace, const Sighting& sighting);

  GuardedSubject& subject_;
  Observer observer_;
  HunterSettings settings_;
  InputDecoder decoder_;
  std::vector<std::uint8_t> input_;  // in hand
  std::function<void(const Catch&)> report_;
  std::map<Kind, Known> known_;
};

}  // namespace heapjudge
