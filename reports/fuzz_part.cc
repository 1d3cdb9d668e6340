#include "reports/fuzz_part.h"

#include <fmt/format.h>

#include <algorithm>

#include "oracle/fault.h"
#include "reports/numbers.h"
#include "reports/printable.h"

namespace heapjudge {
namespace {

constexpr std::size_t kSymptomsShown = 6;

}  // namespace

std::string fuzz_title_of(const FuzzPart& part) {
  return fmt::format("fuzz, {} inputs, seed {}", grouped(part.rules.inputs * kAllTiers.size()), part.rules.seed);
}

std::string fuzz_result_of(const FuzzPart& part) {
  return part.hunt.not_run.empty() ? counted(part.hunt.findings.size(), "finding") : "-";
}

std::string fuzz_amount_of(const FuzzPart& part) {
  if (!part.hunt.not_run.empty() || part.rules.at_most <= 0) return "";
  return fmt::format("{}{} of -{:g}", part.deducted > 0 ? "-" : "", points_text(part.deducted), part.rules.at_most);
}

std::vector<std::string> fuzz_remarks_of(const FuzzPart& part) {
  if (!part.hunt.not_run.empty()) return {"left out: " + part.hunt.not_run};
  std::vector<std::string> remarks;
  if (part.rules.guard && !part.hunt.guarded) remarks.emplace_back("no store was watched: clang does not build the submission");
  const std::size_t seen_by_guard = part.hunt.findings.size() - part.charged;
  if (seen_by_guard > 0) {
    remarks.push_back(fmt::format("{} cost{} nothing: no check between two requests can find {}",
                                  counted(seen_by_guard, "finding"), seen_by_guard == 1 ? "s" : "",
                                  seen_by_guard == 1 ? "it" : "them"));
  }
  if (part.hunt.counts.restarts > 0) {
    remarks.push_back(fmt::format("its process had to be started anew {}", counted(part.hunt.counts.restarts, "time")));
  }
  return remarks;
}

std::string fuzz_name_of(const FuzzFinding& finding) {
  return code_of(finding_of(finding.result)->fault) + " in " + printable(finding.function);
}

std::string symptoms_of(const std::vector<Symptom>& symptoms) {
  std::string text;
  const std::size_t shown = std::min(symptoms.size(), kSymptomsShown);
  for (std::size_t i = 0; i < shown; ++i) {
    const Symptom& symptom = symptoms[i];
    text += fmt::format("{}{} in {}", i == 0 ? "" : ", ", code_of(symptom.fault), printable(symptom.function));
  }
  if (shown < symptoms.size()) text += fmt::format(" and {} more", symptoms.size() - shown);
  return text;
}

std::string and_symptoms_of(const FuzzFinding& finding) {
  return finding.also.empty() ? "" : "; also seen as " + symptoms_of(finding.also);
}

bool decides(const FuzzPart& part, const FuzzFinding& finding) {
  return part.rules.decides && finding.proof == Proof::kJudged && finding.result.tier == Tier::kP0;
}

}  // namespace heapjudge
