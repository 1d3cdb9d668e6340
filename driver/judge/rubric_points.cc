// Reads what earns points and what costs them.
#include "judge/rubric_points.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace heapjudge {
namespace {

constexpr NumberRange kPointRange{.least = 0, .most = 1e6};
constexpr NumberRange kShareRange{.least = 0, .most = 1};
constexpr NumberRange kFullShareRange{.least = 0, .most = 1, .least_is_meant = false};
constexpr NumberRange kSpeedRange{.least = 0, .most = 1000};
constexpr NumberRange kFullSpeedRange{.least = 0, .most = 1000, .least_is_meant = false};
constexpr std::size_t kLongestReference = 64;

// `points`: all of them. `curve`: mean (the mean earns by the curve) or trace (each trace earns by it, and
// that is averaged). `zero` and `full`: what earns nothing and what earns all; linear between.
void read_performance(const Section& section, PerformanceRules& rules, const NumberRange& zero_range,
                      const NumberRange& full_range) {
  section.read_number("points", rules.points, kPointRange);
  section.read_choice<CurveOf>("curve", rules.curve_of,
                               {{"mean", CurveOf::kMean}, {"trace", CurveOf::kTrace}});
  section.read_share("zero", rules.curve.zero, zero_range);
  section.read_share("full", rules.curve.full, full_range);
  if (rules.curve.zero < rules.curve.full) return;
  const bool zero_given = section.find("zero") != nullptr;
  fail_at(section.file(), *section.find(zero_given ? "zero" : "full"),
          fmt::format("'zero' is {:g} and 'full' is {:g}, but 'zero' must be below 'full'", rules.curve.zero,
                      rules.curve.full));
}

// `mean`: arithmetic, harmonic or geometric, by the weights of the traces.
void read_utilization(const std::string& file, const YamlNode& node, PerformanceRules& rules) {
  const Section section(file, node, {"points", "mean", "curve", "zero", "full"});
  section.read_choice<Mean>(
      "mean", rules.mean,
      {{"arithmetic", Mean::kArithmetic}, {"harmonic", Mean::kHarmonic}, {"geometric", Mean::kGeometric}});
  read_performance(section, rules, kShareRange, kFullShareRange);
}

bool is_reference_name(const std::string& text) {
  const auto fits = [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '_' || c == ':'; };
  return text.size() <= kLongestReference && std::all_of(text.begin(), text.end(), fits);
}

// `by`: cpu (CPU time) or instructions. `reference`: the allocator whose speed is 1. `interval`: how
// wide the 95 % interval of the score may be, in points: a third of it is aimed at, and beyond it the score is withheld.
// `budget`: seconds of measuring, of all traces together, after which it must do as it is.
void read_measuring(const Section& section, MeasuringRules& rules) {
  section.read_choice<CostClock>("by", rules.clock,
                                 {{"cpu", CostClock::kCpuTime}, {"instructions", CostClock::kInstructions}});
  section.read_text("reference", rules.reference);
  if (!is_reference_name(rules.reference)) {
    const YamlNode& node = *section.find("reference");
    fail_at(section.file(), node,
            fmt::format("'reference' is {}, but must be a name such as segregated or implicit:best",
                        kind_of(node)));
  }
  section.read_number("interval", rules.interval_points, {.least = 0.01, .most = 1e6});
  section.read_seconds("budget", rules.budget_seconds, {.least = 0.1, .most = 600});
}

// `mean`: as for utilization, or total: the reference's costs of all traces together / the subject's.
void read_throughput(const std::string& file, const YamlNode& node, Scoring& scoring) {
  const Section section(file, node,
                        {"points", "by", "reference", "mean", "curve", "zero", "full", "interval", "budget"});
  PerformanceRules& rules = scoring.throughput;
  section.read_choice<Mean>("mean", rules.mean,
                            {{"arithmetic", Mean::kArithmetic},
                             {"harmonic", Mean::kHarmonic},
                             {"geometric", Mean::kGeometric},
                             {"total", Mean::kTotal}});
  read_performance(section, rules, kSpeedRange, kFullSpeedRange);
  if (rules.mean == Mean::kTotal && rules.curve_of == CurveOf::kTrace) {
    const bool curve_given = section.find("curve") != nullptr;
    fail_at(file, *section.find(curve_given ? "curve" : "mean"),
            "the total of all costs has no curve for each trace: write 'curve: mean'");
  }
  read_measuring(section, scoring.measuring);
}

// `points`: for the share of the tier's items that pass. `deduct`: instead, for the share that fails.
// `decides`: a failure here means "not correct".
void read_tier_rules(const std::string& file, const YamlNode& node, TierRules& rules) {
  const Section section(file, node, {"points", "deduct", "decides"});
  const YamlNode* deduct = section.find("deduct");
  if (section.find("points") != nullptr && deduct != nullptr) {
    fail_at(file, *deduct, "a tier has 'points' or 'deduct', not both");
  }
  if (section.find("points") != nullptr) rules.deduct = 0;
  if (deduct != nullptr) rules.points = 0;
  section.read_number("points", rules.points, kPointRange);
  section.read_number("deduct", rules.deduct, kPointRange);
  section.read_bool("decides", rules.decides);
}

void read_tiers(const std::string& file, const YamlNode& node, Rubric& rubric) {
  const Section section(file, node, {"P0", "P1", "P2", "P3"});
  for (const Tier tier : kAllTiers) {
    if (const YamlNode* rules = section.find(name_of(tier)))
      read_tier_rules(file, *rules, rubric.rules_of(tier));
  }
}

// `static_finding`: what each of E501 to E503 costs: a number, or all.
void read_static_finding(const Section& section, Scoring& scoring) {
  const YamlNode* node = section.find("static_finding");
  if (node == nullptr) return;
  scoring.static_finding_points.reset();
  if (node->kind == YamlNode::Kind::kScalar && node->text == "all") return;
  if (node->kind != YamlNode::Kind::kScalar || !parse_number(node->text)) {
    fail_at(section.file(), *node,
            fmt::format("'static_finding' must be a number or all, not {}", kind_of(*node)));
  }
  double points = 0;
  section.read_number("static_finding", points, kPointRange);
  scoring.static_finding_points = points;
}

}  // namespace

// `combine`: sum, or geometric: the two halves of the performance earn the geometric mean of their shares.
// `round`: the score is a multiple of this; 0 leaves it as it is.
void read_points(const std::string& file, const YamlNode& node, Rubric& rubric) {
  const Section section(file, node,
                        {"utilization", "throughput", "combine", "tiers", "static_finding", "round"});
  Scoring& scoring = rubric.scoring;
  if (const YamlNode* half = section.find("utilization")) read_utilization(file, *half, scoring.utilization);
  if (const YamlNode* half = section.find("throughput")) read_throughput(file, *half, scoring);
  section.read_choice<Combine>("combine", scoring.combine,
                               {{"sum", Combine::kSum}, {"geometric", Combine::kGeometric}});
  if (const YamlNode* tiers = section.find("tiers")) read_tiers(file, *tiers, rubric);
  read_static_finding(section, scoring);
  section.read_number("round", scoring.round_to, {.least = 0, .most = 100});
}

}  // namespace heapjudge
