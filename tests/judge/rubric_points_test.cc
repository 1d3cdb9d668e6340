// What earns and what costs points, as a rubric writes it, and the words for what it may not write.
#include <string>

#include "tests/judge/rubric_text.h"

namespace heapjudge {
namespace {

class RubricPoints : public RubricText {
 protected:
  // `points` stands in the braces of the section, on line 2 after 9 columns.
  Rubric parse(const std::string& points) const { return RubricText::parse(in_section(points)); }
  std::string error_of(const std::string& points) const { return RubricText::error_of(in_section(points)); }

 private:
  static std::string in_section(const std::string& points) { return "points: {" + points + "}"; }
};

TEST_F(RubricPoints, AShareIsAPercentageOrAFraction) {
  const Rubric rubric = parse("utilization: {zero: 55 %, full: 0.74}, throughput: {full: 90%}");
  EXPECT_EQ(rubric.scoring.utilization.curve, (Curve{.zero = 0.55, .full = 0.74}));
  EXPECT_EQ(rubric.scoring.throughput.curve, (Curve{.zero = 0, .full = 0.9}));
}

TEST_F(RubricPoints, WhatIsNotNamedStays) {
  const Rubric rubric = parse("throughput: {reference: libc}");
  EXPECT_EQ(rubric.scoring.measuring, (MeasuringRules{.reference = "libc"}));
  EXPECT_EQ(rubric.scoring.throughput, Scoring{}.throughput);
  EXPECT_EQ(rubric.scoring.utilization, Scoring{}.utilization);
}

TEST_F(RubricPoints, PointsReplaceADeductionAndTheOtherWayRound) {
  const Rubric rubric = parse("tiers: {P0: {deduct: 5}, P1: {points: 3}}");
  EXPECT_EQ(rubric.rules_of(Tier::kP0).deduct, 5);
  EXPECT_EQ(rubric.rules_of(Tier::kP0).points, 0);
  EXPECT_EQ(rubric.rules_of(Tier::kP1).deduct, 0);
  EXPECT_EQ(rubric.rules_of(Tier::kP1).points, 3);
}

TEST_F(RubricPoints, AStaticFindingCostsEverythingOrANumber) {
  EXPECT_FALSE(parse("").scoring.static_finding_points);
  EXPECT_FALSE(parse("static_finding: all").scoring.static_finding_points);
  EXPECT_EQ(parse("static_finding: 12.5").scoring.static_finding_points, 12.5);
}

struct BadPoints {
  const char* points;
  const char* error;
};

TEST_F(RubricPoints, WhatDoesNotFitIsNamedWithItsPlace) {
  const BadPoints table[] = {
      // Unknown words.
      {"thoughput: {}", "r.yaml:2:10: unknown key 'thoughput'; did you mean 'throughput'?"},
      {"bonus: 5",
       "r.yaml:2:10: unknown key 'bonus'; known here: utilization, throughput, combine, tiers, "
       "static_finding, round"},
      {"throughput: {colour: 1}",
       "r.yaml:2:23: unknown key 'colour'; known here: points, by, reference, mean, "
       "curve, zero, full, interval, budget"},
      {"utilization: {by: cpu}",
       "r.yaml:2:24: unknown key 'by'; known here: points, mean, curve, zero, full"},
      {"tiers: {P1: {cost: 1}}", "r.yaml:2:23: unknown key 'cost'; known here: points, deduct, decides"},
      // Choices.
      {"throughput: {by: wall}", "r.yaml:2:27: 'by' is 'wall', but must be one of: cpu, instructions"},
      {"throughput: {mean: median}",
       "r.yaml:2:29: 'mean' is 'median', but must be one of: arithmetic, harmonic, geometric, total"},
      {"utilization: {mean: total}",
       "r.yaml:2:30: 'mean' is 'total', but must be one of: arithmetic, harmonic, geometric"},
      {"throughput: {curve: all}", "r.yaml:2:30: 'curve' is 'all', but must be one of: mean, trace"},
      {"combine: product", "r.yaml:2:19: 'combine' is 'product', but must be one of: sum, geometric"},
      {"throughput: {mean: total, curve: trace}",
       "r.yaml:2:43: the total of all costs has no curve for each trace: write 'curve: mean'"},
      {"throughput: {mean: total}",
       "r.yaml:2:29: the total of all costs has no curve for each trace: write 'curve: mean'"},
      // Types.
      {"throughput: 40", "r.yaml:2:22: expected a mapping, found '40'"},
      {"throughput: {points: many}", "r.yaml:2:31: 'points' must be a number, not 'many'"},
      {"throughput: {full: [1]}", "r.yaml:2:29: 'full' must be a share, such as 2 %, not a list"},
      {"throughput: {full: fast}", "r.yaml:2:29: 'full': 'fast' is not a number with a unit"},
      {"utilization: {zero: 2 percent}", "r.yaml:2:30: 'zero': unknown unit 'percent': use % or none"},
      {"throughput: {budget: 1 h}", "r.yaml:2:31: 'budget': unknown unit 'h': use ms, s or min"},
      {"throughput: {reference: [libc]}", "r.yaml:2:34: 'reference' must be a text, not a list"},
      {"throughput: {reference: '../mm.c'}",
       "r.yaml:2:34: 'reference' is '../mm.c', but must be a name such as segregated or implicit:best"},
      {"static_finding: some", "r.yaml:2:26: 'static_finding' must be a number or all, not 'some'"},
      {"static_finding: [1]", "r.yaml:2:26: 'static_finding' must be a number or all, not a list"},
      {"utilization: {full: .nan}", "r.yaml:2:30: 'full': '.nan' is not a number with a unit"},
      // Ranges.
      {"utilization: {points: -1}",
       "r.yaml:2:32: 'points' is -1, but must be at least 0 and at most 1000000"},
      {"utilization: {full: 0}", "r.yaml:2:30: 'full' is 0, but must be above 0 and at most 1"},
      {"utilization: {full: 120 %}", "r.yaml:2:30: 'full' is 120 %, but must be above 0 and at most 1"},
      {"utilization: {zero: -1 %}", "r.yaml:2:30: 'zero' is -1 %, but must be at least 0 and at most 1"},
      {"utilization: {zero: 80 %, full: 74 %}",
       "r.yaml:2:30: 'zero' is 0.8 and 'full' is 0.74, but 'zero' must be below 'full'"},
      {"throughput: {zero: 1}", "r.yaml:2:29: 'zero' is 1 and 'full' is 1, but 'zero' must be below 'full'"},
      {"throughput: {full: 2000}", "r.yaml:2:29: 'full' is 2000, but must be above 0 and at most 1000"},
      {"throughput: {interval: 0}", "r.yaml:2:33: 'interval' is 0, but must be at least 0.01 and at most 1000000"},
      {"throughput: {budget: 1 ms}",
       "r.yaml:2:31: 'budget' is 1 ms, but must be at least 0.1 and at most 600"},
      {"tiers: {P1: {deduct: -3}}",
       "r.yaml:2:31: 'deduct' is -3, but must be at least 0 and at most 1000000"},
      {"tiers: {P1: {points: 1, deduct: 1}}", "r.yaml:2:42: a tier has 'points' or 'deduct', not both"},
      {"static_finding: -1",
       "r.yaml:2:26: 'static_finding' is -1, but must be at least 0 and at most 1000000"},
      {"round: -0.1", "r.yaml:2:17: 'round' is -0.1, but must be at least 0 and at most 100"},
  };
  for (const BadPoints& bad : table) EXPECT_EQ(error_of(bad.points), bad.error) << bad.points;
}

TEST_F(RubricPoints, WhatATraceCountsForIsAWord) {
  const auto error = [&](const std::string& entry) { return error_of_whole("traces: [{file: a.rep, " + entry + "}]"); };
  EXPECT_EQ(error("counts: speed"),
            "r.yaml:1:32: 'counts' is 'speed', but must be one of: both, utilization, throughput, none");
  EXPECT_EQ(error("hidden: maybe"),
            "r.yaml:1:32: 'hidden' is 'maybe', but must be one of: true, false, yes, no");
  EXPECT_EQ(error("utilization: false"),
            "r.yaml:1:24: unknown key 'utilization'; known here: file, name, tier, weight, counts, hidden");
}

}  // namespace
}  // namespace heapjudge
