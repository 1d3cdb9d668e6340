// For zsh: _describe for the commands, _arguments for what each takes.
#include <string_view>
#include <vector>

#include "cli/command_list.h"
#include "cli/completions.h"
#include "cli/shell_words.h"

namespace heapjudge {
namespace {

constexpr std::string_view kHead = R"(#compdef heapjudge
# zsh completion for heapjudge, made by: heapjudge --completions zsh
_heapjudge() {
)";
// As a file of a folder in fpath it is run by compinit; when it is sourced, it has to register itself.
constexpr std::string_view kFoot =
    R"(if [[ ${funcstack[1]} == _heapjudge ]]; then _heapjudge "$@"; else compdef _heapjudge heapjudge; fi
)";

std::string quoted(const std::string& text) {
  return shell_line(std::vector{text});
}

// Within a specification of _arguments, brackets and colons have a meaning.
std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') result += '\\';
    result += c;
  }
  return result;
}

std::string action_of(const OptionRow& row) {
  std::vector<std::string> words;
  if (row.words != nullptr) words = row.words();
  if (row.expects.kind == Kind::kChoice) words = split(row.value, '|');
  if (row.expects.kind == Kind::kFile) return "_files";
  if (row.expects.kind == Kind::kFolder) return "_files -/";
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text.empty() ? " " : "(" + text + ")";
}

std::string spec_of(const OptionRow& row) {
  const std::string value = ":" + escaped(row.value) + ":" + action_of(row);
  if (!row.name.starts_with('-'))
    return quoted((row.repeats ? "*" : "") + (":" + escaped(row.name)) + ":" + action_of(row));
  const std::string name =
      std::string(row.name) + (row.name.starts_with("--") && !row.value.empty() ? "=" : "");
  return quoted((row.repeats ? "*" : "") + name + "[" + escaped(row.text) + "]" +
                (row.value.empty() ? "" : value));
}

std::string arguments_of(const CommandRow& row) {
  std::string text = "_arguments -s '--help[what it takes]'";
  for (const OptionRow& option : row.options) text += " \\\n          " + spec_of(option);
  return text;
}

std::string described(std::string_view name, std::string_view text) {
  return quoted(escaped(name) + ":" + std::string(text));
}

// The commands of a family, or those of none.
std::string list_of(std::string_view family) {
  std::string text;
  std::vector<std::string> seen;
  for (const Subcommand& command : command_list()) {
    const std::vector<std::string> words = split(command.row.name, ' ');
    const bool is_member = words.size() > 1 && words.front() == family;
    if (is_member) text += " " + described(words.back(), command.row.text);
    if (!family.empty() || (!seen.empty() && seen.back() == words.front())) continue;
    seen.push_back(words.front());
    text +=
        " " + described(words.front(), words.size() > 1 ? text_of_family(words.front()) : command.row.text);
  }
  return text;
}

std::vector<std::string> families() {
  std::vector<std::string> names;
  for (const Subcommand& command : command_list()) {
    const std::vector<std::string> words = split(command.row.name, ' ');
    if (words.size() > 1 && (names.empty() || names.back() != words.front())) names.push_back(words.front());
  }
  return names;
}

std::string cases() {
  std::string text;
  for (const Subcommand& command : command_list()) {
    text += "    " + quoted(std::string(command.row.name)) + ")\n      " + arguments_of(command.row) +
            "\n      ;;\n";
  }
  return text;
}

}  // namespace

std::string zsh_completion() {
  std::string plain;
  std::string nested;
  for (const Subcommand& command : command_list()) {
    if (command.row.name.find(' ') == std::string_view::npos)
      plain += (plain.empty() ? "" : "|") + std::string(command.row.name);
  }
  for (const std::string& family : families()) {
    nested += "    " + family + ")\n      if ((CURRENT == 3)); then\n        names=(" + list_of(family) +
              ")\n        _describe command names\n        return\n      fi\n      command=\"" + family +
              " ${words[3]}\"\n      shift 2 words\n      ((CURRENT -= 2))\n      ;;\n";
  }
  return std::string(kHead) + "  local -a names\n  local command=grade\n  names=(" + list_of("") + ")\n" +
         "  if ((CURRENT == 2)) && [[ ${words[2]} != -* ]]; then\n    _describe command names\n    _files\n  "
         "  return\n  fi\n" +
         "  case ${words[2]} in\n    " + plain + ") command=${words[2]}; shift words; ((CURRENT--)) ;;\n" +
         nested + "    --*) " + arguments_of(program_row()) +
         "\n      return\n      ;;\n  esac\n  case $command in\n" + cases() + "  esac\n}\n" +
         std::string(kFoot);
}

}  // namespace heapjudge
