// Reads what the fuzz part of a grade looks for, and what it costs.
#include "judge/rubric_fuzz.h"

#include <fmt/format.h>

namespace heapjudge {
namespace {

constexpr NumberRange kPointRange{.least = 0, .most = 1e6};
constexpr double kLargestExact = 0x1p53;

void read_whole(const Section& section, std::string_view key, std::uint64_t& into, const NumberRange& range) {
  auto value = static_cast<double>(into);
  section.read_number(key, value, range);
  into = static_cast<std::uint64_t>(value);
  if (static_cast<double>(into) == value) return;
  fail_at(section.file(), *section.find(key), fmt::format("'{}' must be a whole number", key));
}

void read_deductions(const std::string& file, const YamlNode& node, FuzzRules& rules) {
  const Section section(file, node, {"P0", "P1", "P2", "P3"});
  section.read_number("P0", rules.deduct[0], kPointRange);
  section.read_number("P1", rules.deduct[1], kPointRange);
  section.read_number("P2", rules.deduct[2], kPointRange);
  section.read_number("P3", rules.deduct[3], kPointRange);
}

}  // namespace

// `inputs`: traces to try, of each tier; they follow from `seed` alone, so that every submission meets the same on every
// machine. `deduct`: points for each finding (another code or another function), by its tier. `at_most`: points for all.
// `decides`: a finding in P0 means "not correct". `guard`: watch every store, which takes clang; without, less is found,
// and the same whether there is a clang or not.
FuzzRules read_fuzz(const std::string& file, const YamlNode& node, Abi abi) {
  const Section section(file, node, {"inputs", "seed", "deduct", "at_most", "decides", "guard"});
  if (abi == Abi::kIlp32) fail_at(file, node, "'fuzz' needs 64-bit submissions: abi lp64");
  FuzzRules rules;
  read_whole(section, "inputs", rules.inputs, {.least = 1, .most = 1e7});
  read_whole(section, "seed", rules.seed, {.least = 0, .most = kLargestExact});
  if (const YamlNode* deduct = section.find("deduct")) read_deductions(file, *deduct, rules);
  section.read_number("at_most", rules.at_most, kPointRange);
  section.read_bool("decides", rules.decides);
  section.read_bool("guard", rules.guard);
  return rules;
}

}  // namespace heapjudge
