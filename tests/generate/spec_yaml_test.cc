// Specs as files: what is understood, and where which fault lies.
#include "generate/spec_yaml.h"

#include <gtest/gtest.h>

#include "generate/generator.h"
#include "trace/input_error.h"

namespace heapjudge {
namespace {

using Changes = std::vector<std::string>;

Spec parse(const std::string& yaml, const Changes& changes = {}) {
  return parse_spec("folder/s.yaml", yaml, changes);
}

std::string fault_of(const std::string& yaml, const Changes& changes = {}) {
  try {
    parse(yaml, changes);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

template <typename SomePhase>
SomePhase only(const std::string& phase) {
  const Spec spec = parse("phases:\n  - " + phase);
  return std::get<SomePhase>(spec.phases.at(0));
}

TEST(Specs, HaveTheNameOfTheirFileUnlessTheySayAnother) {
  EXPECT_EQ(parse("phases: []").name, "s");
  EXPECT_EQ(parse("{name: other, phases: []}").name, "other");
}

TEST(Specs, SayTierSeedAndEnd) {
  const Spec plain = parse("phases: []");
  EXPECT_EQ(plain.tier, "P0");
  EXPECT_EQ(plain.seed, 1u);
  EXPECT_TRUE(plain.hidden);
  EXPECT_EQ(plain.end, FreeOrder::kOldest);
  const Spec other =
      parse("{tier: P2, seed: 18446744073709551615, hidden: no, end: keep, about: text, phases: []}");
  EXPECT_EQ(other.tier, "P2");
  EXPECT_EQ(other.seed, UINT64_MAX);
  EXPECT_FALSE(other.hidden);
  EXPECT_EQ(other.end, std::nullopt);
}

TEST(Specs, ReadStreams) {
  const Stream stream = only<Stream>("stream: {requests: 7, live: [3, 9], live_bytes: 1 MiB, sizes: [1, 5]}");
  EXPECT_EQ(stream.requests, 7u);
  EXPECT_EQ(stream.fewest_live, 3u);
  EXPECT_EQ(stream.most_live, 9u);
  EXPECT_EQ(stream.most_live_bytes, 1u << 20);
  EXPECT_EQ(stream.sizes.largest(), 5u);
  EXPECT_EQ(only<Stream>("stream: {live: 5}").fewest_live, 5u);
}

TEST(Specs, ReadLifetimes) {
  EXPECT_EQ(only<Stream>("stream: {lifetimes: queue}").lifetimes, Lifetimes::kQueue);
  const Stream generational = only<Stream>("stream: {lifetimes: {generational: {nursery: 5}}}");
  EXPECT_EQ(generational.lifetimes, Lifetimes::kGenerational);
  EXPECT_EQ(generational.nursery, 5u);
  const Stream timed = only<Stream>("stream: {lifetimes: {timed: [1, 40]}}");
  EXPECT_EQ(timed.lifetimes, Lifetimes::kTimed);
  EXPECT_EQ(timed.ages.largest(), 40u);
}

TEST(Specs, ReadEveryDistribution) {
  const auto largest = [](const std::string& sizes) {
    return only<Allocate>("allocate: {sizes: " + sizes + "}").sizes.largest();
  };
  EXPECT_EQ(largest("4 KiB"), 4096u);
  EXPECT_EQ(largest("[1, 7]"), 7u);
  EXPECT_EQ(largest("{uniform: [1, 7]}"), 7u);
  EXPECT_EQ(largest("{power_law: {range: [1, 7], exponent: 2}}"), 7u);
  EXPECT_EQ(largest("{log_normal: {median: 3, doublings: 1, range: [1, 7]}}"), 7u);
  EXPECT_EQ(largest("{one_of: [3, 7, 2]}"), 7u);
  EXPECT_EQ(largest("{steps: {range: [1, 7], by: 2}}"), 7u);
  EXPECT_EQ(largest("{cycle: [3, [1, 7]]}"), 7u);
  EXPECT_EQ(largest("{mix: [{weight: 2, sizes: 3}, {sizes: {one_of: [7]}}]}"), 7u);
  EXPECT_EQ(largest("{uniform: [1, 7], multiple_of: 8}"), 8u);
}

TEST(Specs, ReadPhasesOfEveryKind) {
  const Spec spec = parse(R"(
phases:
  - init
  - refuse: {growths: 0}
  - grow: {blocks: 2, requests: 9, start: 8, more: 8, factor: 1.5, until: 1 KiB, pin: 0.5, pin_sizes: 16}
  - merge: {groups: 2, neighbours: 3, sizes: 16, guard: 32}
  - tree: {operations: 9, nodes: 3, node_bytes: 48, keys: 8}
  - hash_table: {operations: 9, entries: 3, node_bytes: 48, keys: 8}
  - strings: {strings: 9, kept: 3, lengths: [1, 9]}
  - ngrams: {words: 9, vocabulary: 3, n: 3, node_bytes: 48}
  - decision_diagram: {variables: 4, clauses: 3, literals: 2, node_bytes: 48}
  - worst_case: {victim: buddy, live: 16, largest: 4, unit: 32, overhead: 0}
  - huge_sizes: {sane_between: 1}
  - calloc_overflows: {sane_between: 1}
  - repeat: {times: 2, phases: [allocate: {blocks: 2, sizes: 16}, free: {order: random, blocks: 1, every: 2, sizes: 16}]}
)");
  EXPECT_EQ(spec.phases.size(), 13u);
  EXPECT_GT(generate(spec).requests().size(), 150u);
}

TEST(Specs, NameThePlaceOfAFault) {
  EXPECT_EQ(fault_of("seed: 1"), "folder/s.yaml: a spec needs 'phases'");
  EXPECT_EQ(fault_of("phases: 3"), "folder/s.yaml:1:9: 'phases' must be a list, not '3'");
  EXPECT_EQ(fault_of("phases:\n  - strem: {}"),
            "folder/s.yaml:2:5: unknown key 'strem'; did you mean 'stream'?");
  EXPECT_EQ(fault_of("phases:\n  - stream: {sises: 3}"),
            "folder/s.yaml:2:14: unknown key 'sises'; did you mean 'sizes'?");
  EXPECT_EQ(fault_of("phases:\n  - {init: , free: }"),
            "folder/s.yaml:2:5: a phase is a mapping with one key, its name");
  EXPECT_EQ(fault_of("phases: [{stream: {requests: 0}}]"),
            "folder/s.yaml:1:30: 'requests' is 0, but must be at least 1 and at most 8388608");
  EXPECT_EQ(fault_of("phases: [{stream: {requests: 1.5}}]"),
            "folder/s.yaml:1:30: 'requests' must be a whole number");
  EXPECT_EQ(fault_of("phases: [{stream: {sizes: [9, 3]}}]"),
            "folder/s.yaml:1:27: the range ends before it starts");
  EXPECT_EQ(fault_of("phases: [{stream: {sizes: many}}]"),
            "folder/s.yaml:1:27: 'many' is not a number with a unit");
  EXPECT_EQ(fault_of("phases: [{stream: {sizes: [1, 2, 3]}}]"),
            "folder/s.yaml:1:27: expected a size or a range such as [16, 64], found a list");
  EXPECT_EQ(fault_of("phases: [{stream: {sizes: {}}}]"),
            "folder/s.yaml:1:27: no distribution; such as {uniform: [16, 64]}");
  EXPECT_EQ(fault_of("phases: [{stream: {sizes: {uniform: 3, one_of: [3]}}}]"),
            "folder/s.yaml:1:27: more than one distribution; 'mix' or 'cycle' puts them together");
  EXPECT_EQ(
      fault_of("phases: [{stream: {lifetimes: forever}}]"),
      "folder/s.yaml:1:31: 'lifetimes' is 'forever', but must be one of: random, stack, queue, generational");
  EXPECT_EQ(fault_of("phases: [{worst_case: {largest: 3}}]"),
            "folder/s.yaml:1:23: 'largest' must be a power of two, but against best_fit");
  EXPECT_EQ(fault_of("{seed: -1, phases: []}"),
            "folder/s.yaml:1:8: 'seed' must be a number from 0 to 2^64 - 1");
  EXPECT_EQ(fault_of("{name: ../x, phases: []}"),
            "folder/s.yaml:1:8: a name has letters, digits, '-', '_' and '.' only");
  EXPECT_EQ(fault_of(""), "folder/s.yaml: the spec is empty");
  EXPECT_EQ(fault_of("phases: ["), "folder/s.yaml:1:1: not YAML: end of sequence flow not found");
}

TEST(Changes, ReplaceWhatIsThereAndAddWhatIsNot) {
  const std::string yaml = "phases:\n  - stream: {requests: 5, live: [1, 2]}";
  const auto stream = [&](const Changes& changes) {
    return std::get<Stream>(parse(yaml, changes).phases.at(0));
  };
  EXPECT_EQ(stream({"phases.0.stream.requests=9"}).requests, 9u);
  EXPECT_EQ(stream({"phases.0.stream.live.1=7"}).most_live, 7u);
  EXPECT_EQ(stream({"phases.0.stream.live=[3, 4]"}).fewest_live, 3u);
  EXPECT_EQ(stream({"phases.0.stream.lifetimes.timed=8"}).lifetimes, Lifetimes::kTimed);
  EXPECT_EQ(parse(yaml, {"seed=12"}).seed, 12u);
}

TEST(Changes, ThatFitNothingAreTold) {
  const std::string yaml = "phases:\n  - stream: {requests: 5}";
  EXPECT_EQ(fault_of(yaml, {"seed"}), "--set: expected KEY=VALUE, got 'seed'");
  EXPECT_EQ(
      fault_of(yaml, {"phases.1.stream.requests=3"}),
      "--set phases.1.stream.requests=3: '1' is none of the 1 entries of the list on line 2, counted from 0");
  EXPECT_EQ(fault_of(yaml, {"phases.0.stream.requests.x=3"}),
            "--set phases.0.stream.requests.x=3: there is nothing below '5'");
  EXPECT_EQ(fault_of(yaml, {"phases.0.stream.requests=many"}),
            "folder/s.yaml:2:24: 'requests' must be a number, not 'many'");
  EXPECT_EQ(fault_of(yaml, {"sed=3"}), "folder/s.yaml:1:1: unknown key 'sed'; did you mean 'seed'?");
}

}  // namespace
}  // namespace heapjudge
