// The parser, made of the option table with CLI11: the only file that knows it.
#include "cli/options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>
#include <memory>
#include <string_view>
#include <utility>

#include "check.h"
#include "cli/command_list.h"
#include "cli/completions.h"
#include "cli/exit_status.h"
#include "cli/man_page.h"
#include "cli/nearest.h"
#include "trace/input_error.h"

namespace heapjudge {
namespace {

constexpr std::size_t kColumns = 110;

// Words in lines of at most kColumns.
std::string filled(std::string_view text) {
  std::string lines;
  std::size_t column = 0;
  for (const std::string& word : split(text, ' ')) {
    const bool fits = column + 1 + word.size() <= kColumns;
    lines += (lines.empty() ? "" : fits ? " " : "\n") + word;
    column = (fits && column > 0 ? column + 1 : 0) + word.size();
  }
  return lines + "\n";
}

std::string footer() {
  std::string statuses = "Exit status:";
  for (const ExitRow& row : exit_rows()) {
    const bool is_last = &row == &exit_rows().back();
    statuses += " " + std::to_string(row.status) + " " + std::string(row.text) + (is_last ? "." : ",");
  }
  return filled(program_row().footer) + "\n" + filled(statuses);
}

// One command in CLI11's terms, and what it writes the words to.
struct CommandParser {
  const Subcommand* command = nullptr;
  CLI::App* app = nullptr;
  std::map<std::string_view, std::vector<std::string>> words = {};
  std::map<std::string_view, bool> flags = {};
};

CLI::Validator validator_of(const OptionRow& row) {
  return {[&row](const std::string& word) { return complaint_about(row, word); }, ""};
}

void declare_option(const OptionRow& row, CommandParser& parser) {
  const std::string name(row.name);
  const std::string text(row.text);
  CLI::App& app = *parser.app;
  const bool is_argument = !row.name.starts_with('-');
  if (row.value.empty()) {
    app.add_flag(name, parser.flags[row.name], text)->group(std::string(row.group));
    return;
  }
  CLI::Option* const option = app.add_option(name, parser.words[row.name], text);
  option->option_text(std::string(row.value) + (is_argument && row.repeats ? " ..." : ""))
      ->required(row.required);
  option->allow_extra_args(is_argument && row.repeats);
  if (!row.repeats) option->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::Throw);
  if (!is_argument) option->group(std::string(row.group));
  option->check(validator_of(row));
}

PrintText text_for(std::string_view option, const std::string& value) {
  if (option == "--version") return {"heapjudge " HEAPJUDGE_VERSION "\n"};
  if (option == "--man") return {man_page()};
  ensure(option == "--completions", "every row of the program has its text");
  return {completions(value)};
}

std::pair<std::string_view, std::string_view> family_and_name(std::string_view name) {
  const std::size_t blank = name.find(' ');
  if (blank == name.npos) return {"", name};
  return {name.substr(0, blank), name.substr(blank + 1)};
}

class Parser {
 public:
  Parser() {
    app_.require_subcommand(1);
    app_.footer(footer());
    declare_texts();
    for (const Subcommand& command : command_list()) declare(command);
  }

  CLI::App& app() { return app_; }

  // The command that was typed; nullptr when there is none.
  const CommandParser* parsed() const {
    const auto one = std::ranges::find_if(parsers_, [](const auto& parser) { return parser->app->parsed(); });
    return one != parsers_.end() ? one->get() : nullptr;
  }

 private:
  // They end the parsing, so that nothing else need be there.
  void declare_texts() {
    for (const OptionRow& row : program_row().options) {
      const auto print = [&row](const std::string& value) { throw text_for(row.name, value); };
      const std::string name(row.name);
      if (row.value.empty()) {
        app_.add_flag_callback(
            name, [print] { print(""); }, std::string(row.text));
      } else {
        app_.add_option_function<std::string>(name, print, std::string(row.text))
            ->option_text(std::string(row.value))
            ->check(validator_of(row));
      }
    }
  }

  void declare(const Subcommand& command) {
    const auto [family, name] = family_and_name(command.row.name);
    CLI::App& above = family.empty() ? app_ : family_app(family);
    CommandParser& parser = *parsers_.emplace_back(std::make_unique<CommandParser>());
    parser.command = &command;
    parser.app = above.add_subcommand(std::string(name), std::string(command.row.text));
    parser.app->allow_extras();
    parser.app->footer(std::string(command.row.footer));
    for (const OptionRow& row : command.row.options) declare_option(row, parser);
  }

  CLI::App& family_app(std::string_view word) {
    CLI::App*& family = families_[word];
    if (family == nullptr) {
      family = app_.add_subcommand(std::string(word), std::string(text_of_family(word)));
      family->require_subcommand(1)->footer("");
    }
    return *family;
  }

  CLI::App app_{std::string(program_row().text), "heapjudge"};
  std::map<std::string_view, CLI::App*> families_;
  std::vector<std::unique_ptr<CommandParser>> parsers_;
};

std::string suggestion(std::string_view typed, const std::vector<std::string>& names) {
  const std::optional<std::string> name = nearest(typed, names);
  return name ? "; did you mean " + *name + "?" : "";
}

void refuse_unknown(const CommandParser& parser) {
  std::vector<std::string> unknown = parser.app->remaining();
  std::erase(unknown, "--");  // CLI11 hands it back, although it has obeyed it
  if (unknown.empty()) return;
  const std::string typed = unknown.front().substr(0, unknown.front().find('='));
  if (!typed.starts_with('-')) throw InputError("unexpected argument '" + typed + "'");
  std::vector<std::string> names{"--help"};
  for (const OptionRow& row : parser.command->row.options) names.emplace_back(row.name);
  throw InputError("unknown option '" + typed + "'" + suggestion(typed, names));
}

// Puts the word `grade` where it was left out.
std::vector<std::string> complete(std::span<const std::string> arguments) {
  std::vector<std::string> result(arguments.begin(), arguments.end());
  const std::string first = result.empty() ? "" : result.front();
  std::vector<std::string> known = first_words();
  const bool is_ours =
      first.empty() || first == "--help" || first == "-h" ||
      std::ranges::count(program_row().options, first.substr(0, first.find('=')), &OptionRow::name) > 0;
  if (is_ours || std::ranges::count(known, first) > 0) return result;
  if (!first.starts_with('-') && !std::filesystem::exists(first)) {
    known.emplace_back("selftest");
    const std::string meant = suggestion(first, known);
    if (!meant.empty()) throw InputError("unknown command '" + first + "'" + meant);
  }
  result.insert(result.begin(), "grade");
  return result;
}

Options options_of(const CommandParser& parser) {
  Given::Values values = parser.words;
  std::erase_if(values, [](const auto& option) { return option.second.empty(); });
  for (const auto& [name, is_given] : parser.flags) {
    if (is_given) values[name] = {};
  }
  return parser.command->read(Given(parser.command->row, std::move(values)));
}

}  // namespace

Options parse_options(std::span<const std::string> arguments) {
  std::vector<std::string> words = complete(arguments);
  if (words.empty()) words = {"--help"};
  std::ranges::reverse(words);  // as CLI11 wants them
  Parser parser;
  try {
    parser.app().parse(std::move(words));
  } catch (const CLI::CallForHelp&) {
    return PrintText{parser.app().help()};
  } catch (const PrintText& print) {
    return print;
  } catch (const CLI::ParseError& error) {
    if (const CommandParser* const parsed = parser.parsed()) refuse_unknown(*parsed);
    throw InputError(std::string(error.what()) + " (heapjudge --help)");
  }
  refuse_unknown(*parser.parsed());
  return options_of(*parser.parsed());
}

}  // namespace heapjudge
