// For bash 4 and later: one function that finds the command, and tables of what may follow it.
#include <map>
#include <set>
#include <string_view>
#include <vector>

#include "cli/command_list.h"
#include "cli/completions.h"
#include "cli/shell_words.h"

namespace heapjudge {
namespace {

// Where COMPREPLY stays empty, bash completes the names of files by itself ("-o default").
constexpr std::string_view kHead = R"(# bash completion for heapjudge, made by: heapjudge --completions bash
_heapjudge() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command=grade i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    if [[ ${COMP_WORDS[i]} == -- ]]; then return; fi  # another program's words
  done
  if [[ $word == = ]]; then  # --option=VALUE is three words here
    word=
  elif [[ $before == = ]]; then
    before=${COMP_WORDS[COMP_CWORD-2]}
  fi
)";

constexpr std::string_view kFoot = R"(  if [[ -n $values ]]; then
    if [[ $values == no ]]; then compopt +o default 2>/dev/null; return; fi
    if [[ $values == folders ]]; then
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -d -- "$word")
      return
    fi
    if [[ $values != files ]]; then mapfile -t COMPREPLY < <(compgen -W "$values" -- "$word"); fi
    return
  fi
  if [[ $word == -* ]]; then mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word"); fi
  if [[ $word != -* && -n $arguments ]]; then mapfile -t COMPREPLY < <(compgen -W "$arguments" -- "$word"); fi
}
complete -o default -F _heapjudge heapjudge ./heapjudge
)";

std::string joined_words(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::string assignment(std::string_view name, const std::string& value) {
  return std::string(name) + "=" + shell_line(std::vector{value});
}

// What follows the option: words, or what kind of files; "no" when nothing can be offered.
std::string values_of(const OptionRow& row) {
  if (row.words != nullptr) return joined_words(row.words());
  switch (row.expects.kind) {
    case Kind::kChoice:
      return joined_words(split(row.value, '|'));
    case Kind::kFile:
      return "files";
    case Kind::kFolder:
      return "folders";
    case Kind::kText:
    case Kind::kNumber:
    case Kind::kWhole:
    case Kind::kPowerOfTwo:
      break;
  }
  return "no";
}

// The families with their second words, and which first words are commands.
std::string commands_part() {
  std::map<std::string, std::vector<std::string>> families;
  std::string names;
  for (const Subcommand& command : command_list()) {
    const std::vector<std::string> words = split(command.row.name, ' ');
    if (words.size() > 1) families[words.front()].push_back(words.back());
    if (words.size() == 1) names += (names.empty() ? "" : "|") + words.front();
  }
  std::string text = "  case ${COMP_WORDS[1]} in\n    " + names + ") command=${COMP_WORDS[1]} ;;\n";
  for (const auto& [family, members] : families) {
    text += "    " + family + ")\n      command=\"" + family + " ${COMP_WORDS[2]-}\"\n";
    text += "      if ((COMP_CWORD == 2)); then\n        mapfile -t COMPREPLY < <(compgen -W " +
            shell_line(std::vector{joined_words(members)}) +
            " -- \"$word\")\n        return\n      fi\n      ;;\n";
  }
  return text + "  esac\n";
}

std::string first_word_part() {
  std::vector<std::string> words = first_words();
  for (const OptionRow& row : program_row().options) words.emplace_back(row.name);
  words.emplace_back("--help");
  std::string text = "  if ((COMP_CWORD == 1)); then\n    mapfile -t COMPREPLY < <(compgen -W ";
  return text + shell_line(std::vector{joined_words(words)}) +
         " -- \"$word\"; compgen -f -- \"$word\")\n    return\n  fi\n";
}

std::string tables_part() {
  std::string values = "  local values='' options='' arguments=''\n  case \"$command $before\" in\n";
  for (const OptionRow& row : program_row().options) {
    if (!row.value.empty())
      values +=
          "    'grade " + std::string(row.name) + "') " + assignment("values", values_of(row)) + " ;;\n";
  }
  std::string options = "  case $command in\n";
  for (const Subcommand& command : command_list()) {
    std::vector<std::string> names{"--help"};
    std::string arguments;
    for (const OptionRow& row : command.row.options) {
      const bool is_option = row.name.starts_with('-');
      if (is_option) names.emplace_back(row.name);
      if (!is_option && row.words != nullptr) arguments = joined_words(row.words());
      if (!is_option || row.value.empty()) continue;
      values += "    '" + std::string(command.row.name) + " " + std::string(row.name) + "') " +
                assignment("values", values_of(row)) + " ;;\n";
    }
    options += "    '" + std::string(command.row.name) + "')\n      " +
               assignment("options", joined_words(names)) + "\n      " + assignment("arguments", arguments) +
               "\n      ;;\n";
  }
  return values + "  esac\n" + options + "  esac\n";
}

}  // namespace

std::string bash_completion() {
  return std::string(kHead) + first_word_part() + commands_part() + tables_part() + std::string(kFoot);
}

}  // namespace heapjudge
