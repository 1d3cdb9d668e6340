// Which of a submission's failures are likely to be of one bug.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "oracle/fault.h"

namespace heapjudge {

// What fails alike: the rule, and the function of the submission or of its interface.
using FailureKind = std::pair<Fault, std::string>;

// Of the things 0 .. count - 1, those that these pairs join, over whatever others, have the same number; from 0, in the
// order of the first of them.
std::vector<std::size_t> sets_of(std::size_t count, std::span<const std::pair<std::size_t, std::size_t>> joined);

// Theory of operation. What a bug overwrites shows by one rule or another, here or there, as the requests after it
// have it. So the fuzzing process changes each small trace a little and tells as what the changed ones fail:
//
//   judged kind ── was proposed as ──► kind of the fuzzing process ◄── is around the shortest trace of ── another one
//
// Judged kinds that are joined by such links, over whatever others, are one family. A kind that was seen around a trace
// and never judged joins nothing: two bugs may both be next to it. The process is believed in this as in what it proposes:
// it decides how findings are told, and not whether there are any.
class Families {
 public:
  // A trace was convicted as `judged`, and the fuzzing process calls it `claimed`.
  void note(const FailureKind& judged, std::uint64_t claimed) { claimed_[claimed].insert(judged); }

  // What was seen around the shortest trace of that kind; in the place of what was told before.
  void look_around(const FailureKind& judged, std::vector<std::uint64_t> kinds) { around_[judged] = std::move(kinds); }

  // A number for each kind that was looked around; those of one family have the same. It does not depend on the order
  // in which they were noted.
  std::map<FailureKind, std::size_t> numbers() const;

 private:
  std::map<std::uint64_t, std::set<FailureKind>> claimed_;
  std::map<FailureKind, std::vector<std::uint64_t>> around_;
};

}  // namespace heapjudge
