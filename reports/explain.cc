// What `heapjudge explain` prints: the rule, a tiny example as lines of a trace, the usual causes.
#include <string>
#include <string_view>

#include "oracle/fault.h"
#include "reports/explanations.h"
#include "reports/layout.h"
#include "reports/report.h"

namespace heapjudge {
namespace {

constexpr std::size_t kColumns = 80;
constexpr std::size_t kLabel = 10;

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

}  // namespace heapjudge
