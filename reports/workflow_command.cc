// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands has the commands; how they are
// escaped is in the source of its runner and toolkit (github.com/actions/toolkit, packages/core/src/command.ts): the
// percent sign and line breaks everywhere, colon and comma in a property besides.
#include "reports/workflow_command.h"

#include <fmt/format.h>

#include "check.h"
#include "reports/printable.h"

namespace heapjudge {
namespace {

std::string escaped(std::string_view raw, bool is_property) {
  std::string text;
  for (const char c : raw) {
    const bool special = c == '%' || c == '\r' || c == '\n' || (is_property && (c == ':' || c == ','));
    text +=
        special ? fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c))) : std::string(1, c);
  }
  return text;
}

std::string property(std::string_view name, const std::string& value) {
  return value.empty() ? "" : fmt::format(",{}={}", name, escaped(printable(value), true));
}

std::string number(std::size_t value) {
  return value == 0 ? "" : std::to_string(value);
}

}  // namespace

std::string workflow_command(const Annotation& annotation) {
  std::string properties = property("file", annotation.file);
  if (!annotation.file.empty()) {
    properties += property("line", number(annotation.line)) + property("col", number(annotation.column));
  }
  properties += property("title", annotation.title);
  if (!properties.empty()) properties.front() = ' ';
  return fmt::format("::{}{}::{}\n", annotation.kind, properties, escaped(printable(annotation.message), false));
}

std::string without_commands(std::string_view lines, const std::string& token) {
  ensure(lines.find(token) == lines.npos, "the token that ends what GitHub must not obey stands in it");
  const std::string_view end = lines.empty() || lines.ends_with('\n') ? "" : "\n";
  return fmt::format("::stop-commands::{}\n{}{}::{}::\n", token, lines, end, token);
}

}  // namespace heapjudge
