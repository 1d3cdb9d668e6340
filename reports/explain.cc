// What `heapjudge explain` prints: the rule, a tiny example as lines of a trace, the usual causes.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "oracle/fault.h"
#include "reports/explanations.h"
#include "reports/layout.h"
#include "reports/report.h"

namespace heapjudge {
namespace {

constexpr std::size_t kColumns = 80;
constexpr std::size_t kLabel = 10;
constexpr std::size_t kMostRequests = 8;

std::string paragraph(std::string_view label, std::string_view text) {
  const std::size_t indent = text.starts_with("- ") ? kLabel + 2 : kLabel;
  std::string lines;
  for (const std::string& line : wrapped(left_aligned(label, kLabel) + std::string(text), kColumns, indent)) {
    lines += line + "\n";
  }
  return lines;
}

}  // namespace

std::string explain(Fault fault) {
  const Explanation explanation = explanation_of(fault);
  std::string text = paragraph(code_of(fault), rule_of(fault));
  text += "\n" + paragraph("example", explanation.example);
  text += "\n";
  std::string_view label = "causes";
  for (const std::string_view cause : explanation.causes) {
    if (cause.empty()) continue;
    text += paragraph(label, "- " + std::string(cause));
    label = "";
  }
  return text + "\n" + paragraph("then", explanation.then);
}

std::string text_of(const WorkedExample& example) {
  const std::size_t count = example.requests.size();
  const std::size_t shown = std::min(count, kMostRequests);
  std::vector<std::string> parts{std::string(kLabel, ' ') + "on the requests"};
  for (std::size_t i = 0; i < shown; ++i) {
    parts.push_back("`" + example.requests[i] + (i + 1 < count ? "`," : "`"));
  }
  if (shown < count) parts.push_back("... (" + std::to_string(count) + " in all)");
  std::string text = "\nin code   " + example.command + "\n";
  for (const std::string& line : laid_out(parts, {.between = " ", .columns = kColumns, .indent = kLabel})) {
    text += line + "\n";
  }
  text += "\n";
  std::size_t start = 0;
  while (start < example.source.size()) {
    const std::size_t end = std::min(example.source.find('\n', start), example.source.size());
    const std::string line = example.source.substr(start, end - start);
    text += (line.empty() ? "" : "    " + line) + "\n";
    start = end + 1;
  }
  return text;
}

}  // namespace heapjudge
