// For fish: one `complete` for each option, with the condition that its command was typed.
#include <algorithm>
#include <string_view>
#include <vector>

#include "cli/command_list.h"
#include "cli/completions.h"
#include "cli/shell_words.h"

namespace heapjudge {
namespace {

// Within single quotes fish knows two escapes.
std::string in_quotes(std::string_view text) {
  std::string result = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') result += '\\';
    result += c;
  }
  return result + "'";
}

std::string seen(const std::string& word) {
  return "__fish_seen_subcommand_from " + word;
}

// A bare "heapjudge mm.c" means grade.
std::string condition_of(const CommandRow& row) {
  const std::vector<std::string> words = split(row.name, ' ');
  if (words.size() > 1) return seen(words.front()) + "; and " + seen(words.back());
  if (row.name != "grade") return seen(words.front());
  std::string others;
  for (const std::string& word : first_words()) others += word == "grade" ? "" : " " + word;
  return "not __fish_seen_subcommand_from" + others;
}

std::string words_of(const OptionRow& row) {
  std::vector<std::string> words;
  if (row.words != nullptr) words = row.words();
  if (row.expects.kind == Kind::kChoice) words = split(row.value, '|');
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::string line_of(const OptionRow& row, const std::string& condition) {
  std::string line = "complete -c heapjudge -n " + in_quotes(condition);
  const bool is_long = row.name.starts_with("--");
  const bool is_argument = !row.name.starts_with('-');
  if (!is_argument)
    line += is_long ? " -l " + std::string(row.name.substr(2)) : " -s " + std::string(row.name.substr(1));
  const bool names_files = row.expects.kind == Kind::kFile || row.expects.kind == Kind::kFolder;
  if (!is_argument && !row.value.empty()) line += names_files ? " -r -F" : " -x";
  const std::string words = words_of(row);
  if (!words.empty()) line += " -a " + in_quotes(words);
  return line + " -d " + in_quotes(row.text) + "\n";
}

}  // namespace

std::string fish_completion() {
  std::string text = "# fish completion for heapjudge, made by: heapjudge --completions fish\n";
  for (const OptionRow& row : program_row().options) text += line_of(row, "__fish_use_subcommand");
  std::vector<std::string> families;
  for (const Subcommand& command : command_list()) {
    const std::vector<std::string> words = split(command.row.name, ' ');
    const bool is_new_family = words.size() > 1 && std::ranges::count(families, words.front()) == 0;
    if (is_new_family) families.push_back(words.front());
    if (is_new_family || words.size() == 1) {
      text += "complete -c heapjudge -n __fish_use_subcommand -a " + words.front() + " -d " +
              in_quotes(words.size() == 1 ? command.row.text : text_of_family(words.front())) + "\n";
    }
    if (words.size() > 1) {
      text += "complete -c heapjudge -f -n " + in_quotes(seen(words.front())) + " -a " + words.back() +
              " -d " + in_quotes(command.row.text) + "\n";
    }
    for (const OptionRow& row : command.row.options) {
      const bool offers = row.name.starts_with('-') || !words_of(row).empty();
      if (offers) text += line_of(row, condition_of(command.row));
    }
  }
  return text;
}

}  // namespace heapjudge
