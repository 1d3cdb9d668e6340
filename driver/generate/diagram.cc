// A reduced ordered binary decision diagram (Bryant 1986), with a table of unique nodes and a collector:
// small blocks of one size whose lifetimes follow from the mathematics, beside arrays that double.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <tuple>
#include <vector>

#include "generate/phases.h"
#include "trace/input_error.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

constexpr std::uint64_t kPointerBytes = 8;
constexpr std::uint64_t kCacheEntryBytes = 24;
constexpr std::size_t kCollectAt = 512;  // nodes; twice as many as were left by the last time from then on

using Diagram = std::uint32_t;  // an index of nodes_
constexpr Diagram kFalse = 0;
constexpr Diagram kTrue = 1;

class Diagrams {
 public:
  Diagrams(const DiagramProgram& program, TraceWriter& trace)
      : program_(program),
        trace_(trace),
        table_(trace.allocate(collect_at_ * kPointerBytes)),
        cache_(trace.allocate(collect_at_ * kCacheEntryBytes)),
        nodes_(2, Node{.variable = program.variables}) {}

  Diagram literal(std::size_t variable, bool negated) {
    return negated ? node(variable, kTrue, kFalse) : node(variable, kFalse, kTrue);
  }

  Diagram both(Diagram a, Diagram b) { return apply(a, b, kFalse); }
  Diagram either(Diagram a, Diagram b) { return apply(a, b, kTrue); }

  // Frees what `root` does not need, once there is enough of it.
  void collect(Diagram root) {
    if (unique_.size() < collect_at_) return;
    std::vector<bool> needed(nodes_.size(), false);
    mark(root, needed);
    std::erase_if(unique_, [&](const auto& entry) {
      if (needed[entry.second]) return false;
      trace_.free(nodes_[entry.second].block);
      return true;
    });
    done_.clear();
    if (2 * unique_.size() > collect_at_) enlarge();
  }

  void clear() {
    for (const auto& [what, index] : unique_) trace_.free(nodes_[index].block);
    trace_.free(cache_);
    trace_.free(table_);
  }

 private:
  struct Node {
    std::size_t variable = 0;
    Diagram low = 0;
    Diagram high = 0;
    BlockId block = kNoBlock;
  };

  Diagram node(std::size_t variable, Diagram low, Diagram high) {
    if (low == high) return low;
    const auto [place, is_new] =
        unique_.try_emplace({variable, low, high}, static_cast<Diagram>(nodes_.size()));
    if (!is_new) return place->second;
    if (nodes_.size() > kMostRequests)
      throw InputError("the decision diagram grows beyond all bounds: fewer variables");
    nodes_.push_back({variable, low, high, trace_.allocate(program_.node_bytes)});
    return place->second;
  }

  // `absorbing` is kFalse for a conjunction and kTrue for a disjunction.
  Diagram apply(Diagram a, Diagram b, Diagram absorbing) {
    if (a == absorbing || b == absorbing) return absorbing;
    if (a <= kTrue) return b;  // the other constant changes nothing
    if (b <= kTrue || a == b) return a;
    const auto key = std::tuple(absorbing, std::min(a, b), std::max(a, b));
    if (const auto known = done_.find(key); known != done_.end()) return known->second;
    const std::size_t variable = std::min(nodes_[a].variable, nodes_[b].variable);
    const Diagram low = apply(cofactor(a, variable, false), cofactor(b, variable, false), absorbing);
    const Diagram high = apply(cofactor(a, variable, true), cofactor(b, variable, true), absorbing);
    return done_[key] = node(variable, low, high);
  }

  Diagram cofactor(Diagram of, std::size_t variable, bool high) const {
    const Node& at = nodes_[of];
    if (at.variable != variable) return of;
    return high ? at.high : at.low;
  }

  void mark(Diagram root, std::vector<bool>& needed) const {
    std::vector<Diagram> open{root};
    while (!open.empty()) {
      const Diagram at = open.back();
      open.pop_back();
      if (at <= kTrue || needed[at]) continue;
      needed[at] = true;
      open.push_back(nodes_[at].low);
      open.push_back(nodes_[at].high);
    }
  }

  void enlarge() {
    collect_at_ *= 2;
    const BlockId table = trace_.allocate(collect_at_ * kPointerBytes);
    trace_.free(table_);
    table_ = table;
    trace_.resize(cache_, collect_at_ * kCacheEntryBytes);
  }

  const DiagramProgram& program_;
  TraceWriter& trace_;
  std::size_t collect_at_ = kCollectAt;
  BlockId table_;
  BlockId cache_;
  std::vector<Node> nodes_;  // the two constants first; those that are gone are not used again
  std::map<std::tuple<std::size_t, Diagram, Diagram>, Diagram> unique_;
  std::map<std::tuple<Diagram, Diagram, Diagram>, Diagram> done_;
};

}  // namespace

void write_phase(const DiagramProgram& program, TraceWriter& trace, Random& random) {
  Diagrams diagrams(program, trace);
  Diagram all = kTrue;
  for (std::size_t i = 0; i < program.clauses; ++i) {
    Diagram clause = kFalse;
    for (std::size_t j = 0; j < program.literals; ++j) {
      const std::size_t variable = random.below(program.variables);
      clause = diagrams.either(clause, diagrams.literal(variable, random.one_in(2)));
    }
    all = diagrams.both(all, clause);
    diagrams.collect(all);
  }
  diagrams.clear();
}

}  // namespace heapjudge
