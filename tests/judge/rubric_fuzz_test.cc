// The fuzz part of a rubric as it is written, and the words for what it may not be.
#include <string>

#include "tests/judge/rubric_text.h"
#include "tests/test_main.h"

namespace heapjudge {
namespace {

class RubricFuzz : public RubricText {};

TEST_F(RubricFuzz, IsThereOnlyWhereItIsWritten) {
  EXPECT_FALSE(parse("").fuzz);
  EXPECT_EQ(parse("fuzz: {}").fuzz, FuzzRules{});
  EXPECT_FALSE(load_rubric(source_dir() / "traces" / "rubric.yaml").fuzz);
}

TEST_F(RubricFuzz, EveryKeyIsRead) {
  const Rubric rubric =
      parse("fuzz: {inputs: 123, seed: 7, deduct: {P0: 10, P3: 0.5}, at_most: 30, decides: true, guard: false}");
  const FuzzRules rules{
      .inputs = 123, .seed = 7, .deduct = {10, 1, 1, 0.5}, .at_most = 30, .decides = true, .guard = false};
  EXPECT_EQ(rubric.fuzz, rules);
}

struct BadFuzz {
  const char* rest;
  const char* error;
};

TEST_F(RubricFuzz, WhatDoesNotFitIsNamedWithItsPlace) {
  const BadFuzz table[] = {
      {"fuzz: 5", "r.yaml:2:7: expected a mapping, found '5'"},
      {"fuzz: {runs: 5}", "r.yaml:2:8: unknown key 'runs'; known here: inputs, seed, deduct, at_most, decides, guard"},
      {"fuzz: {inputs: 0}", "r.yaml:2:16: 'inputs' is 0, but must be at least 1 and at most 10000000"},
      {"fuzz: {inputs: 2.5}", "r.yaml:2:16: 'inputs' must be a whole number"},
      {"fuzz: {seed: -1}", "r.yaml:2:14: 'seed' is -1, but must be at least 0 and at most 9007199254740992"},
      {"fuzz: {deduct: {P4: 1}}", "r.yaml:2:17: unknown key 'P4'; did you mean 'P0'?"},
      {"fuzz: {deduct: {P0: -1}}", "r.yaml:2:21: 'P0' is -1, but must be at least 0 and at most 1000000"},
      {"fuzz: {deduct: 5}", "r.yaml:2:16: expected a mapping, found '5'"},
      {"fuzz: {at_most: all}", "r.yaml:2:17: 'at_most' must be a number, not 'all'"},
      {"fuzz: {decides: P0}", "r.yaml:2:17: 'decides' is 'P0', but must be one of: true, false, yes, no"},
      {"fuzz: {guard: 1}", "r.yaml:2:15: 'guard' is '1', but must be one of: true, false, yes, no"},
      {"build: {abi: ilp32}\nfuzz: {}", "r.yaml:3:7: 'fuzz' needs 64-bit submissions: abi lp64"},
  };
  for (const BadFuzz& bad : table) EXPECT_EQ(error_of(bad.rest), bad.error) << bad.rest;
}

}  // namespace
}  // namespace heapjudge
