// Rubrics: what a course may write, and the exact words it gets for what it may not.
#include "judge/rubric.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <random>
#include <string>

#include "tests/test_main.h"
#include "trace/input_error.h"

namespace heapjudge {
namespace {

class RubricTest : public testing::Test {
 protected:
  RubricTest() {
    folder_ = binary_dir() / "rubric_test" / testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::create_directories(folder_);
    for (const char* name : {"a.rep", "b.rep", "c.rep.zst"}) std::ofstream(folder_ / name) << "x";
  }

  Rubric parse(const std::string& yaml) const { return parse_rubric(folder_ / "r.yaml", yaml); }
  Rubric with_trace(const std::string& yaml) const { return parse(yaml + "\ntraces: [a.rep]\n"); }

  // What is wrong, without the folder in front.
  std::string error_of(const std::string& yaml) const {
    try {
      parse(yaml);
    } catch (const InputError& error) {
      std::string text = error.what();
      for (auto at = text.find(folder_.string()); at != std::string::npos; at = text.find(folder_.string())) {
        text.erase(at, folder_.string().size() + 1);
      }
      return text;
    }
    return "accepted";
  }

  std::string load_error_of(const std::filesystem::path& file) const {
    try {
      load_rubric(file);
    } catch (const InputError& error) {
      return error.what();
    }
    return "accepted";
  }

  std::filesystem::path folder_;
};

std::string default_rubric_without_traces() {
  std::ifstream file(source_dir() / "traces" / "rubric.yaml");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  return text.substr(0, text.find("\ntraces:"));
}

TEST_F(RubricTest, AListOfTracesIsEnough) {
  const Rubric rubric = parse("traces: [a.rep, b.rep]");
  ASSERT_EQ(rubric.traces.size(), 2u);
  EXPECT_EQ(rubric.traces[0].name, "a");
  EXPECT_EQ(rubric.traces[0].file, folder_ / "a.rep");
  EXPECT_EQ(rubric.traces[0].tier, Tier::kP0);
  EXPECT_EQ(rubric.traces[0].counts, Counts::kBoth);
  EXPECT_FALSE(rubric.traces[0].hidden);
  EXPECT_EQ(rubric.scoring.utilization.points, 60);
  EXPECT_EQ(rubric.scoring.throughput.points, 40);
  EXPECT_EQ(rubric.rules_of(Tier::kP1).deduct, 7);
  EXPECT_TRUE(rubric.rules_of(Tier::kP0).decides);
  EXPECT_FALSE(rubric.rules_of(Tier::kP1).decides);
  EXPECT_EQ(rubric.alignment_bytes(), 16u);
  EXPECT_EQ(rubric.heap.limit_bytes, 100u << 20);
  EXPECT_EQ(rubric.inspect.max_global_bytes, 4096u);
}

TEST_F(RubricTest, EverySettingIsRead) {
  const Rubric rubric = parse(R"(
heapjudge: 1
name: Final
course: Systems 101
build: {compiler: clang, standard: c99, cxx_standard: c++17, flags: [-O1], definitions: [A, B=2], abi: ilp32}
interface: {prefix: my_, init: true}
alignment: 32
heap: {limit: 20 MiB, base: low, shrink: true}
deadlines: {request: 500 ms, trace: 1 min}
rules: {required_functions: [realloc], forbidden_functions: [mmap], max_global_bytes: 1 KiB}
repeat: {rerun: false, other_fill: no, tier: P3}
points:
  utilization: {points: 10.5, mean: harmonic, curve: trace, zero: 55 %, full: 0.74}
  throughput: {points: 4, by: instructions, reference: implicit:best, mean: total, curve: mean, zero: 0.5,
               full: 90 %, interval: 2.5, budget: 500 ms}
  combine: geometric
  tiers: {P0: {points: 1, decides: false}, P2: {deduct: 3}, P3: {points: 2, decides: true}}
  static_finding: 20
  round: 0.5
traces:
  - {file: a.rep, name: first, tier: P2, weight: 2.5, counts: utilization, hidden: true}
  - file: c.rep.zst
    tier: P1
)");
  EXPECT_EQ(rubric.build.compiler, "clang");
  EXPECT_EQ(rubric.build.standard, "c99");
  EXPECT_EQ(rubric.build.cxx_standard, "c++17");
  EXPECT_EQ(rubric.build.flags, std::vector<std::string>{"-O1"});
  EXPECT_EQ(rubric.build.definitions, (std::vector<std::string>{"A", "B=2"}));
  EXPECT_EQ(rubric.build.abi, Abi::kIlp32);
  EXPECT_EQ(rubric.inspect.prefix, "my_");
  EXPECT_EQ(rubric.init, InitRule::kTrueIsSuccess);
  EXPECT_EQ(rubric.alignment, 32u);
  EXPECT_EQ(rubric.heap.limit_bytes, 20u << 20);
  EXPECT_EQ(rubric.heap.base, HeapBase::kLow);
  EXPECT_TRUE(rubric.heap.may_shrink);
  EXPECT_EQ(rubric.deadlines.request_seconds, 0.5);
  EXPECT_EQ(rubric.deadlines.trace_seconds, 60);
  EXPECT_EQ(rubric.inspect.required_functions, std::vector<std::string>{"realloc"});
  EXPECT_EQ(rubric.inspect.forbidden_functions, std::vector<std::string>{"mmap"});
  EXPECT_EQ(rubric.inspect.max_global_bytes, 1024u);
  EXPECT_FALSE(rubric.rerun);
  EXPECT_FALSE(rubric.other_fill);
  EXPECT_EQ(rubric.rerun_tier, Tier::kP3);
  EXPECT_EQ(rubric.name, "Final");
  EXPECT_EQ(rubric.course, "Systems 101");
  const Scoring scoring{.utilization = {.points = 10.5,
                                        .mean = Mean::kHarmonic,
                                        .curve = {.zero = 0.55, .full = 0.74},
                                        .curve_of = CurveOf::kTrace},
                        .throughput = {.points = 4,
                                       .mean = Mean::kTotal,
                                       .curve = {.zero = 0.5, .full = 0.9},
                                       .curve_of = CurveOf::kMean},
                        .measuring = {.clock = CostClock::kInstructions,
                                      .reference = "implicit:best",
                                      .interval_points = 2.5,
                                      .budget_seconds = 0.5},
                        .combine = Combine::kGeometric,
                        .static_finding_points = 20,
                        .round_to = 0.5};
  EXPECT_TRUE(rubric.scoring == scoring);
  EXPECT_EQ(rubric.rules_of(Tier::kP0).points, 1);
  EXPECT_FALSE(rubric.rules_of(Tier::kP0).decides);
  EXPECT_EQ(rubric.rules_of(Tier::kP1).deduct, 7);
  EXPECT_EQ(rubric.rules_of(Tier::kP2).deduct, 3);
  EXPECT_EQ(rubric.rules_of(Tier::kP3).points, 2);
  EXPECT_EQ(rubric.rules_of(Tier::kP3).deduct, 0);
  EXPECT_TRUE(rubric.rules_of(Tier::kP3).decides);
  ASSERT_EQ(rubric.traces.size(), 2u);
  EXPECT_EQ(rubric.traces[0].name, "first");
  EXPECT_EQ(rubric.traces[0].tier, Tier::kP2);
  EXPECT_EQ(rubric.traces[0].weight, 2.5);
  EXPECT_EQ(rubric.traces[0].counts, Counts::kUtilization);
  EXPECT_TRUE(rubric.traces[0].hidden);
  EXPECT_EQ(rubric.traces[1].name, "c");
  EXPECT_EQ(rubric.traces[1].counts, Counts::kNone);
}

TEST_F(RubricTest, A32BitBuildAlignsTo8) {
  EXPECT_EQ(with_trace("build: {abi: ilp32}").alignment_bytes(), 8u);
}

TEST_F(RubricTest, AnEmptySectionIsASectionWithoutKeys) {
  EXPECT_EQ(with_trace("build:\npoints:\n  tiers:").build.compiler, "gcc");
}

TEST_F(RubricTest, AnUnknownKeyNamesTheNearest) {
  EXPECT_EQ(error_of("build:\n  compilr: gcc\ntraces: [a.rep]"),
            "r.yaml:2:3: unknown key 'compilr'; did you mean 'compiler'?");
  EXPECT_EQ(error_of("colour: red\ntraces: [a.rep]"),
            "r.yaml:1:1: unknown key 'colour'; known here: heapjudge, name, course, build, interface, "
            "alignment, heap, layout, "
            "deadlines, rules, repeat, points, fuzz, traces");
}

TEST_F(RubricTest, ADuplicateIsRefused) {
  EXPECT_EQ(error_of("alignment: 16\ntraces: [a.rep]\nalignment: 8"),
            "r.yaml:3:1: 'alignment' stands twice; first on line 1");
  EXPECT_EQ(error_of("traces: [a.rep, a.rep]"),
            "r.yaml:1:17: two traces are called 'a'; the first is on line 1");
}

TEST_F(RubricTest, APrefixThatIsNone) {
  EXPECT_EQ(error_of("interface: {prefix: 1st_}\ntraces: [a.rep]"),
            "r.yaml:1:21: 'prefix' must be the start of a C name, such as mm_");
  EXPECT_EQ(error_of("interface: {prefix: " + std::string(32, 'm') + "}\ntraces: [a.rep]"),
            "r.yaml:1:21: 'prefix' is longer than 31 characters");
}

TEST_F(RubricTest, ARequiredFunctionThatIsNone) {
  EXPECT_EQ(error_of("rules: {required_functions: [realloc, 'free()']}"),
            "r.yaml:1:29: 'free()' is not the end of a C name, such as realloc");
}

TEST_F(RubricTest, AWrongTypeIsNamed) {
  EXPECT_EQ(error_of("build: fast"), "r.yaml:1:8: expected a mapping, found 'fast'");
  EXPECT_EQ(error_of("build: {flags: -O2}"), "r.yaml:1:16: 'flags' must be a list, not '-O2'");
  EXPECT_EQ(error_of("build: {flags: [[a]]}"),
            "r.yaml:1:17: 'flags' must be a list of words, but holds a list");
  EXPECT_EQ(error_of("alignment: [1]"), "r.yaml:1:12: 'alignment' must be a number, not a list");
  EXPECT_EQ(error_of("alignment: wide"), "r.yaml:1:12: 'alignment' must be a number, not 'wide'");
  EXPECT_EQ(error_of("repeat: {rerun: perhaps}"),
            "r.yaml:1:17: 'rerun' is 'perhaps', but must be one of: true, false, yes, no");
  EXPECT_EQ(error_of("traces: a.rep"), "r.yaml:1:9: 'traces' must be a list, not 'a.rep'");
  EXPECT_EQ(error_of("? [a, b]\n: 1"), "r.yaml:1:3: a key must be a word, not a list");
  EXPECT_EQ(error_of("- a.rep"), "r.yaml:1:1: expected a mapping, found a list");
}

TEST_F(RubricTest, AValueOutOfRangeIsNamed) {
  EXPECT_EQ(error_of("alignment: 24"), "r.yaml:1:12: 'alignment' must be a power of two");
  EXPECT_EQ(error_of("alignment: 2"),
            "r.yaml:1:12: 'alignment' is 2, but must be at least 4 and at most 4096");
  EXPECT_EQ(error_of("heap: {limit: 5000}"), "r.yaml:1:15: 'limit' must be a multiple of 4 KiB");
  EXPECT_EQ(error_of("heap: {limit: 2 GiB, base: low}"),
            "r.yaml:1:15: 'limit' is 2 GiB, but must be at least 4096 and at most 1073741824");
  EXPECT_EQ(error_of("traces: [{file: a.rep, weight: 0}]"),
            "r.yaml:1:32: 'weight' is 0, but must be above 0 and at most 1000000");
  EXPECT_EQ(error_of("heapjudge: 2"), "r.yaml:1:12: 'heapjudge' is 2, but must be at least 1 and at most 1");
}

TEST_F(RubricTest, AnUnknownUnitIsNamed) {
  EXPECT_EQ(error_of("heap: {limit: 100 MB}"),
            "r.yaml:1:15: 'limit': unknown unit 'MB': use B, KiB, MiB or GiB");
  EXPECT_EQ(error_of("heap: {limit: much}"), "r.yaml:1:15: 'limit': 'much' is not a number with a unit");
  EXPECT_EQ(error_of("heap: {limit: 0.3 B}"), "r.yaml:1:15: 'limit': '0.3 B' is not a whole number of bytes");
  EXPECT_EQ(error_of("deadlines: {request: 2 h}"),
            "r.yaml:1:22: 'request': unknown unit 'h': use ms, s or min");
}

TEST_F(RubricTest, ATraceMustBeThere) {
  EXPECT_EQ(error_of("heap: {}"), "r.yaml: a rubric needs 'traces'");
  EXPECT_EQ(error_of("traces: []"), "r.yaml:1:9: 'traces' is empty");
  EXPECT_EQ(error_of("traces:\n  - a.rep\n  - gone.rep"), "r.yaml:3:5: no such trace: gone.rep");
  EXPECT_EQ(error_of("traces: [{tier: P1}]"), "r.yaml:1:10: a trace needs a 'file'");
  EXPECT_EQ(error_of("traces: [{file: a.rep, tier: P7}]"),
            "r.yaml:1:30: 'tier' is 'P7', but must be one of: P0, P1, P2, P3");
  std::filesystem::create_directories(folder_ / "sub");
  EXPECT_EQ(error_of("traces: [sub]"), "r.yaml:1:10: a folder, not a trace: sub");
}

TEST_F(RubricTest, WhatIsNotARubricIsOneLine) {
  EXPECT_EQ(error_of(""), "r.yaml: the rubric is empty");
  EXPECT_EQ(error_of(" \n\n"), "r.yaml: the rubric is empty");
  EXPECT_EQ(error_of("# only a comment\n"), "r.yaml: the rubric is empty");
  EXPECT_EQ(error_of(std::string("\x7f"
                                 "ELF\0\0",
                                 6)),
            "r.yaml: binary, so not a rubric");
  EXPECT_EQ(error_of(std::string(300 << 10, 'x')), "r.yaml: larger than 256 KiB, so not a rubric");
  EXPECT_EQ(error_of("traces: [a.rep]\n---\ntraces: [a.rep]\n"), "r.yaml: more than one YAML document");
  EXPECT_EQ(error_of("a: b: c"), "r.yaml:1:5: not YAML: illegal map value");
  EXPECT_EQ(error_of("traces: [a.rep"), "r.yaml:1:1: not YAML: end of sequence flow not found");
}

TEST_F(RubricTest, AliasesAreNotFollowed) {
  EXPECT_EQ(error_of("traces: &a [*a, *a]"), "r.yaml:1:13: a rubric has no aliases; write the value out");
  EXPECT_EQ(error_of("build: &x {flags: &y [a]}\nrules: *x"),
            "r.yaml:2:8: a rubric has no aliases; write the value out");
}

TEST_F(RubricTest, DeepNestingEndsSoon) {
  EXPECT_EQ(error_of("traces: " + std::string(64, '[') + std::string(64, ']')),
            "r.yaml:1:24: nested too deeply");
  EXPECT_NE(error_of(std::string(250 << 10, '[')), "accepted");
  EXPECT_NE(error_of(std::string(250 << 10, '{')), "accepted");
  std::string dashes;
  for (int i = 0; i < (100 << 10); ++i) dashes += "- ";
  EXPECT_NE(error_of(dashes), "accepted");
}

TEST_F(RubricTest, NoTextDoesAnythingButParseOrGiveOneLine) {
  constexpr unsigned kSeed = 3;
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  std::mt19937 random(kSeed);
  const std::string letters = "abP01:-[]{},&*!|>'\"%#?~ \t\n\n  ";
  for (int round = 0; round < 3000; ++round) {
    std::string text = "build: {abi: lp64}\nheap:\n  limit: 1 MiB\ntraces:\n  - a.rep\n  - {file: b.rep}\n";
    for (auto n = 1 + random() % 8; n > 0; --n) {
      const std::size_t at = random() % text.size();
      if (random() % 3 == 0) {
        text.erase(at, 1 + random() % 6);
        text += ' ';
      } else {
        text.insert(at, 1, letters[random() % letters.size()]);
      }
    }
    ASSERT_EQ(error_of(text).find('\n'), std::string::npos) << text;
  }
}

TEST_F(RubricTest, ARubricThatCannotBeReadIsOneLine) {
  EXPECT_EQ(load_error_of(folder_ / "none.yaml"), (folder_ / "none.yaml").string() + ": no such rubric");
  EXPECT_EQ(load_error_of(folder_), folder_.string() + ": a folder, not a rubric");
}

TEST_F(RubricTest, TheDefaultRubricSaysWhatHoldsWithoutIt) {
  const Rubric written = with_trace(default_rubric_without_traces());
  const Rubric silent = with_trace("");
  EXPECT_EQ(written.build.flags, silent.build.flags);
  EXPECT_EQ(written.build.standard, silent.build.standard);
  EXPECT_EQ(written.build.cxx_standard, silent.build.cxx_standard);
  EXPECT_EQ(written.build.definitions, silent.build.definitions);
  EXPECT_EQ(written.inspect.prefix, silent.inspect.prefix);
  EXPECT_EQ(written.inspect.required_functions, silent.inspect.required_functions);
  EXPECT_EQ(written.inspect.forbidden_functions, silent.inspect.forbidden_functions);
  EXPECT_EQ(written.inspect.max_global_bytes, silent.inspect.max_global_bytes);
  EXPECT_EQ(written.heap.limit_bytes, silent.heap.limit_bytes);
  EXPECT_EQ(written.deadlines.request_seconds, silent.deadlines.request_seconds);
  EXPECT_EQ(written.deadlines.trace_seconds, silent.deadlines.trace_seconds);
  EXPECT_EQ(written.scoring, silent.scoring);
  for (const Tier tier : kAllTiers) {
    EXPECT_EQ(written.rules_of(tier).points, silent.rules_of(tier).points) << name_of(tier);
    EXPECT_EQ(written.rules_of(tier).deduct, silent.rules_of(tier).deduct) << name_of(tier);
    EXPECT_EQ(written.rules_of(tier).decides, silent.rules_of(tier).decides) << name_of(tier);
  }
}

}  // namespace
}  // namespace heapjudge
