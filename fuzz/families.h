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

#include "fuzz/related_kind.h"
#include "oracle/fault.h"

namespace heapjudge {

// What fails alike: the rule, and the function of the submission or of its interface.
using FailureKind = std::pair<Fault, std::string>;

// Of the things 0 .. count - 1, those that these pairs join, over whatever others, have the same number; from 0, in the
// order of the first of them.
std::vector<std::size_t> sets_of(std::size_t count, std::span<const std::pair<std::size_t, std::size_t>> joined);

// What is known of a failure beside what is around its trace.
struct FailureTraits {
  Fault beneath = Fault::kCrash;   // what went wrong, whichever run showed it
  std::size_t requests = 0;        // of the shortest trace
  bool asks_for_too_much = false;  // the request that it fails at does
};

// Theory of operation. What a bug overwrites shows by one rule or another, here or there, as the requests after it
// have it. So the fuzzing process changes each small trace a little and tells as what the changed ones fail:
//
//   judged kind ── was proposed as ──► kind of the fuzzing process ◄── is around the shortest trace of ── another one
//
// Judged kinds between which there is a trace of this, over whatever others, are one family. Inside of it, those are of
// one part that it is sure of: changes of two sorts turn the one into the other, or one into the other and back, and
// the same requests are needed. A family with several parts may be two bugs, of which the second must not be lost, or one
// that shows in many ways, of which nobody wants to read twenty times: so of each family two parts are told, and no more.
// A kind that was seen around a trace and never judged joins nothing: two bugs may both be next to it. The process is
// believed in this as in what it proposes: it decides how findings are told, and not whether there are any. Of a kind's
// shortest trace it is believed that the same requests are needed; a longer one may hold what two bugs need. What was
// seen around one of these still is of one family.
//
// Some are not seen by going round, and are joined for what they are:
//
//   of one part      the same failure at the same place, which shows in the first run and with other bytes, or after a
//                    refusal, too
//   of one branch    what asks for more than the heap may hold (a sum or a product that overflows, in one function after
//                    the other); what takes more than kMostLookedAround requests, so that hardly anything around it was
//                    looked at (a limit that is reached, most likely one), with what takes the fewest
//   of one family    what goes wrong in the same function, by whatever rule; what mm_init leaves behind, wherever that is
//                    met
//
// What is seen to be one family is a branch of it. Where two parts are told, the second is of another branch, if any is.
class Families {
 public:
  struct Place {
    std::size_t family = 0;
    std::size_t part = 0;    // no other family has one of this number
    std::size_t branch = 0;  // parts that something is seen to join

    friend bool operator==(const Place&, const Place&) = default;
  };

  // A trace was convicted as `judged`, and the fuzzing process calls it `claimed`.
  void note(const FailureKind& judged, std::uint64_t claimed) { claimed_[claimed].insert(judged); }

  // What was seen around the shortest trace of that kind; in the place of what was told before, of which it stays that it
  // was seen.
  void look_around(const FailureKind& judged, std::vector<RelatedKind> kinds);

  // What was seen around another trace of that kind.
  void look_around_another(const FailureKind& judged, const std::vector<RelatedKind>& kinds);

  // Of one that was looked around.
  void describe(const FailureKind& judged, const FailureTraits& traits) { traits_[judged] = traits; }

  bool was_looked_around(const FailureKind& judged) const {
    const auto around = around_.find(judged);
    return around != around_.end() && !around->second.empty();
  }

  // Of each kind that was looked around. It does not depend on the order in which they were noted.
  std::map<FailureKind, Place> places() const;

 private:
  using Numbers = std::map<FailureKind, std::size_t>;
  struct Joined;

  void join_what_was_seen(const Numbers& numbers, Joined& joined) const;
  void join_what_is_alike(const Numbers& numbers, Joined& joined) const;

  std::map<std::uint64_t, std::set<FailureKind>> claimed_;
  std::map<FailureKind, std::vector<RelatedKind>> around_;  // the shortest
  std::map<FailureKind, std::set<std::uint64_t>> near_;     // any of them
  std::map<FailureKind, FailureTraits> traits_;
};

}  // namespace heapjudge
