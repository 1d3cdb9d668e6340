// heapjudge explain: a code in words.
#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/nearest.h"
#include "cli/screen.h"
#include "cli/shell_words.h"
#include "cli/short_path.h"
#include "judge/tree.h"
#include "oracle/fault.h"
#include "reports/report.h"
#include "reports/request_text.h"
#include "trace/input_error.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

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

// The example that the tests hold to its code.
std::string example_of(Fault fault) {
  const fs::path base = heapjudge_tree() / "reports" / "examples" / code_of(fault);
  const fs::path source = fs::path(base).concat(".c");
  const fs::path trace_file = fs::path(base).concat(".rep");
  const fs::path rubric = fs::path(base).concat(".yaml");  // where the default one does not ask for it
  std::vector<std::string> command{"heapjudge", "grade", short_path(source).string(), "-f", short_path(trace_file).string()};
  if (fs::exists(rubric)) command.insert(command.end(), {"--rubric", short_path(rubric).string()});
  if (fault == Fault::kOwnCheckerComplains) command.emplace_back("--check");
  std::ifstream stream(source, std::ios::binary);
  WorkedExample example{
      .command = shell_line(command),
      .requests = {},
      .source = {std::istreambuf_iterator<char>(stream), {}}};
  const Trace trace = load_trace(trace_file);
  for (const Request& request : trace.requests()) example.requests.push_back(trace_line_of(request));
  return text_of(example);
}

}  // namespace

int run_explain(const ExplainOptions& options) {
  if (options.code.empty()) {
    write_stdout(list_of_rules());
  } else {
    const Fault fault = fault_of(options.code);
    write_stdout(explain(fault) + example_of(fault));
  }
  return kExitPassed;
}

}  // namespace heapjudge
