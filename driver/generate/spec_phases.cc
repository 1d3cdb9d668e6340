// One reader for each phase.
#include "generate/spec_phases.h"

#include <fmt/format.h>

#include <array>
#include <bit>

#include "generate/spec_values.h"

namespace heapjudge {
namespace {

constexpr CountRange kFew{.least = 1, .most = 64};

Phase read_allocate(const std::string& file, const YamlNode& node) {
  const Section section(file, node, {"blocks", "sizes"});
  Allocate allocate;
  read_count(section, "blocks", allocate.blocks);
  read_distribution(section, "sizes", allocate.sizes);
  return allocate;
}

Phase read_free(const std::string& file, const YamlNode& node) {
  const Section section(file, node, {"order", "blocks", "every", "sizes"});
  Free free;
  section.read_choice<FreeOrder>(
      "order", free.order,
      {{"oldest", FreeOrder::kOldest}, {"newest", FreeOrder::kNewest}, {"random", FreeOrder::kRandom}});
  read_count(section, "blocks", free.blocks);
  read_count(section, "every", free.every);
  read_byte_range(section, "sizes", free.least_bytes, free.most_bytes);
  return free;
}

void read_lifetimes(const Section& stream, Stream& into) {
  const YamlNode* node = stream.find("lifetimes");
  if (node == nullptr) return;
  if (node->kind != YamlNode::Kind::kMapping) {
    stream.read_choice<Lifetimes>("lifetimes", into.lifetimes,
                                  {{"random", Lifetimes::kRandom},
                                   {"stack", Lifetimes::kStack},
                                   {"queue", Lifetimes::kQueue},
                                   {"generational", Lifetimes::kGenerational}});
    return;
  }
  const Section section(stream.file(), *node, {"generational", "timed"});
  if (const YamlNode* generational = section.find("generational")) {
    into.lifetimes = Lifetimes::kGenerational;
    const Section settings(stream.file(), *generational, {"nursery", "survivors"});
    read_count(settings, "nursery", into.nursery);
    read_chance(settings, "survivors", into.survivors);
  }
  if (section.find("timed") != nullptr) {
    into.lifetimes = Lifetimes::kTimed;
    read_distribution(section, "timed", into.ages);
  }
}

Phase read_stream(const std::string& file, const YamlNode& node) {
  const Section section(file, node,
                        {"requests", "live", "live_bytes", "against", "sizes", "lifetimes", "resize", "odd"});
  Stream stream;
  read_count(section, "requests", stream.requests);
  read_count_range(section, "live", stream.fewest_live, stream.most_live);
  read_any_bytes(section, "live_bytes", stream.most_live_bytes);
  read_chance(section, "against", stream.against);
  read_distribution(section, "sizes", stream.sizes);
  read_lifetimes(section, stream);
  if (const YamlNode* resize = section.find("resize")) {
    const Section settings(file, *resize, {"chance", "to", "more"});
    read_chance(settings, "chance", stream.resizing.chance);
    read_distribution(settings, "to", stream.resizing.to);
    read_distribution(settings, "more", stream.resizing.more);
  }
  if (const YamlNode* odd = section.find("odd")) {
    const Section chances(file, *odd, {"zero", "to_zero", "free_null", "realloc_null", "calloc", "aligned"});
    read_chance(chances, "zero", stream.odd.zero);
    read_chance(chances, "to_zero", stream.odd.to_zero);
    read_chance(chances, "free_null", stream.odd.free_null);
    read_chance(chances, "realloc_null", stream.odd.realloc_null);
    read_chance(chances, "calloc", stream.odd.cleared);
    read_chance(chances, "aligned", stream.odd.aligned);
  }
  return stream;
}

Phase read_grow(const std::string& file, const YamlNode& node) {
  const Section section(file, node,
                        {"blocks", "requests", "start", "more", "factor", "until", "pin", "pin_sizes"});
  Grow grow;
  read_count(section, "blocks", grow.blocks);
  read_count(section, "requests", grow.requests);
  read_distribution(section, "start", grow.start);
  read_distribution(section, "more", grow.more);
  section.read_number("factor", grow.factor, {.least = 1, .most = 16});
  read_any_bytes(section, "until", grow.until_bytes);
  read_chance(section, "pin", grow.pin);
  read_distribution(section, "pin_sizes", grow.pin_sizes);
  return grow;
}

Phase read_merge(const std::string& file, const YamlNode& node) {
  const Section section(file, node, {"groups", "neighbours", "sizes", "guard"});
  Merge merge;
  read_count(section, "groups", merge.groups);
  read_count(section, "neighbours", merge.neighbours, kFew);
  read_distribution(section, "sizes", merge.sizes);
  read_any_bytes(section, "guard", merge.guard_bytes);
  return merge;
}

Phase read_tree(const std::string& file, const YamlNode& node) {
  const Section section(file, node, {"operations", "nodes", "node_bytes", "keys"});
  TreeProgram program;
  read_count(section, "operations", program.operations);
  read_count(section, "nodes", program.nodes);
  read_any_bytes(section, "node_bytes", program.node_bytes);
  read_distribution(section, "keys", program.keys);
  return program;
}

Phase read_table(const std::string& file, const YamlNode& node) {
  const Section section(file, node, {"operations", "entries", "node_bytes", "keys"});
  TableProgram program;
  read_count(section, "operations", program.operations);
  read_count(section, "entries", program.entries);
  read_any_bytes(section, "node_bytes", program.node_bytes);
  read_distribution(section, "keys", program.keys);
  return program;
}

Phase read_strings(const std::string& file, const YamlNode& node) {
  const Section section(file, node, {"strings", "kept", "lengths"});
  StringProgram program;
  read_count(section, "strings", program.strings);
  read_count(section, "kept", program.kept);
  read_distribution(section, "lengths", program.lengths);
  const std::uint64_t longest = std::uint64_t{1} << 20;
  if (program.lengths.largest() > longest) fail_at(file, node, "'lengths' go beyond 1 MiB");
  return program;
}

Phase read_ngrams(const std::string& file, const YamlNode& node) {
  const Section section(file, node, {"words", "vocabulary", "n", "node_bytes"});
  NgramProgram program;
  read_count(section, "words", program.words);
  read_count(section, "vocabulary", program.vocabulary);
  read_count(section, "n", program.n, kFew);
  read_any_bytes(section, "node_bytes", program.node_bytes);
  return program;
}

Phase read_diagram(const std::string& file, const YamlNode& node) {
  const Section section(file, node, {"variables", "clauses", "literals", "node_bytes"});
  DiagramProgram program;
  read_count(section, "variables", program.variables, kFew);
  read_count(section, "clauses", program.clauses);
  read_count(section, "literals", program.literals, kFew);
  read_any_bytes(section, "node_bytes", program.node_bytes);
  return program;
}

Phase read_worst_case(const std::string& file, const YamlNode& node) {
  const Section section(file, node, {"victim", "live", "largest", "unit", "overhead"});
  WorstCase worst;
  section.read_choice<Victim>(
      "victim", worst.victim,
      {{"first_fit", Victim::kFirstFit}, {"best_fit", Victim::kBestFit}, {"buddy", Victim::kBuddy}});
  const bool best_fit = worst.victim == Victim::kBestFit;
  read_count(section, "live", worst.live_units, {.least = 1, .most = best_fit ? 1000u : 65536u});
  read_count(section, "largest", worst.largest_units, {.least = best_fit ? 8u : 1u, .most = 4096});
  read_any_bytes(section, "unit", worst.unit_bytes);
  read_any_bytes(section, "overhead", worst.overhead_bytes);
  if (!best_fit && !std::has_single_bit(worst.largest_units)) {
    fail_at(file, node, "'largest' must be a power of two, but against best_fit");
  }
  if (worst.overhead_bytes >= worst.unit_bytes) fail_at(file, node, "'overhead' leaves nothing of a 'unit'");
  return worst;
}

Phase read_huge_sizes(const std::string& file, const YamlNode& node) {
  const Section section(file, node, {"sane_between"});
  HugeSizes sizes;
  read_count(section, "sane_between", sizes.sane_between, {.least = 0});
  return sizes;
}

Phase read_calloc_overflows(const std::string& file, const YamlNode& node) {
  const Section section(file, node, {"sane_between"});
  CallocOverflows overflows;
  read_count(section, "sane_between", overflows.sane_between, {.least = 0});
  return overflows;
}

Phase read_init(const std::string& file, const YamlNode& node) {
  const Section nothing(file, node, {});
  return Init{};
}

Phase read_refuse(const std::string& file, const YamlNode& node) {
  const Section section(file, node, {"growths"});
  std::size_t growths = 1;
  read_count(section, "growths", growths, {.least = 0});
  return Refuse{growths};
}

Phase read_repeat(const std::string& file, const YamlNode& node) {
  const Section section(file, node, {"times", "phases"});
  Repeat repeat;
  read_count(section, "times", repeat.times);
  const YamlNode* phases = section.find("phases");
  if (phases == nullptr) fail_at(file, node, "'repeat' needs 'phases'");
  repeat.phases = read_phases(file, *phases);
  return repeat;
}

struct PhaseName {
  std::string_view word;
  Phase (*read)(const std::string& file, const YamlNode& node);
};
constexpr PhaseName kPhases[] = {{"allocate", read_allocate},
                                 {"free", read_free},
                                 {"stream", read_stream},
                                 {"grow", read_grow},
                                 {"merge", read_merge},
                                 {"tree", read_tree},
                                 {"hash_table", read_table},
                                 {"strings", read_strings},
                                 {"ngrams", read_ngrams},
                                 {"decision_diagram", read_diagram},
                                 {"worst_case", read_worst_case},
                                 {"huge_sizes", read_huge_sizes},
                                 {"calloc_overflows", read_calloc_overflows},
                                 {"init", read_init},
                                 {"refuse", read_refuse},
                                 {"repeat", read_repeat}};

Phase read_phase(const std::string& file, const YamlNode& node) {
  YamlNode named = node;  // `- init` stands for `- init:`
  if (node.kind == YamlNode::Kind::kScalar) {
    YamlNode nothing = node;
    nothing.kind = YamlNode::Kind::kNull;
    named = nothing;
    named.kind = YamlNode::Kind::kMapping;
    named.keys = {node};
    named.values = {nothing};
  }
  const Section section(
      file, named,
      {"allocate", "free", "stream", "grow", "merge", "tree", "hash_table", "strings", "ngrams",
       "decision_diagram", "worst_case", "huge_sizes", "calloc_overflows", "init", "refuse", "repeat"});
  if (named.keys.size() != 1) fail_at(file, node, "a phase is a mapping with one key, its name");
  for (const PhaseName& phase : kPhases) {
    if (const YamlNode* settings = section.find(phase.word)) return phase.read(file, *settings);
  }
  fail_at(file, node, "no reader for this phase");
}

}  // namespace

std::vector<Phase> read_phases(const std::string& file, const YamlNode& list) {
  if (list.kind != YamlNode::Kind::kSequence)
    fail_at(file, list, "'phases' must be a list, not " + kind_of(list));
  std::vector<Phase> phases;
  for (const YamlNode& node : list.values) phases.push_back(read_phase(file, node));
  return phases;
}

}  // namespace heapjudge
