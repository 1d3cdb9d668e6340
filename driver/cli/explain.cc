// heapjudge explain: a code in words.
#include <algorithm>
#include <cctype>

#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/nearest.h"
#include "cli/screen.h"
#include "oracle/fault.h"
#include "reports/report.h"
#include "trace/input_error.h"

namespace heapjudge {
namespace {

std::string upper(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

Fault fault_of(const std::string& typed) {
  std::vector<std::string> codes;
  for (const Fault fault : all_faults()) {
    codes.push_back(code_of(fault));
    if (codes.back() == upper(typed)) return fault;
  }
  const auto meant = nearest(upper(typed), codes);
  throw InputError("unknown code '" + typed + "'" + (meant ? "; did you mean " + *meant + "?" : "") +
                   " (heapjudge explain lists all)");
}

std::string list_of_rules() {
  std::string text;
  for (const Fault fault : all_faults()) text += code_of(fault) + "  " + std::string(rule_of(fault)) + "\n";
  return text;
}

}  // namespace

int run_explain(const ExplainOptions& options) {
  write_stdout(options.code.empty() ? list_of_rules() : explain(fault_of(options.code)));
  return kExitPassed;
}

}  // namespace heapjudge
