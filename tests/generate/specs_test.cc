// The specs in traces/specs: each makes a trace of its tier, with any seed.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "generate/generator.h"
#include "generate/spec_yaml.h"
#include "tests/test_main.h"
#include "trace/analysis.h"

namespace heapjudge {
namespace {

std::vector<Spec> specs() {
  std::vector<Spec> all;
  for (const auto& entry : std::filesystem::directory_iterator(source_dir() / "traces" / "specs")) {
    if (entry.path().extension() == ".yaml") all.push_back(load_spec(entry.path()));
  }
  return all;
}

TEST(SpecFiles, AreMany) {
  EXPECT_GE(specs().size(), 35u);
}

TEST(SpecFiles, MakeBalancedTracesOfAFewThousandRequests) {
  for (const Spec& spec : specs()) {
    SCOPED_TRACE(spec.name);
    const Trace trace = generate(spec);
    EXPECT_LE(trace.requests().size(), 20'000u);
    EXPECT_EQ(analyse(trace, 100u << 20).never_freed, 0u);
  }
}

TEST(SpecFiles, OfTierP0AskForSaneThingsOnly) {
  for (Spec spec : specs()) {
    if (spec.tier != "P0") continue;
    for (spec.seed = 1; spec.seed < 4; ++spec.seed) {
      SCOPED_TRACE(spec.name);
      const Trace trace = generate(spec);
      EXPECT_LE(analyse(trace).peak.bytes, 8u << 20);
      const bool sane = std::ranges::all_of(trace.requests(), [](const Request& request) {
        if (request.op == Op::kFree) return request.block != kNoBlock;
        return (request.op == Op::kMalloc || request.op == Op::kRealloc) && request.size > 0;
      });
      EXPECT_TRUE(sane);
    }
  }
}

TEST(SpecFiles, HaveAnotherSeedEach) {
  std::vector<std::uint64_t> seeds;
  for (const Spec& spec : specs()) seeds.push_back(spec.seed);
  std::ranges::sort(seeds);
  EXPECT_TRUE(std::ranges::adjacent_find(seeds) == seeds.end());
}

TEST(SpecFiles, OfAHiddenSetChangeWithTheSeed) {
  for (Spec spec : specs()) {
    if (!spec.hidden) continue;
    const Trace one = generate(spec);
    spec.seed = hidden_seed(5, spec.name);
    EXPECT_FALSE(generate(spec) == one) << spec.name;
  }
}

TEST(SpecFiles, AreDescribedInTheReadme) {
  std::ifstream file(source_dir() / "traces" / "README.md");
  const std::string readme{std::istreambuf_iterator<char>(file), {}};
  for (const Spec& spec : specs()) EXPECT_NE(readme.find("`" + spec.name + "`"), readme.npos) << spec.name;
}

}  // namespace
}  // namespace heapjudge
