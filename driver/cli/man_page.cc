// Rows to paragraphs; whatever roff would take for a command of its own is escaped.
#include "cli/man_page.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "cli/command_list.h"
#include "cli/exit_status.h"

namespace heapjudge {
namespace {

std::string roff(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    const bool starts_line = escaped.empty() || escaped.back() == '\n';
    if (starts_line && (c == '.' || c == '\'')) escaped += "\\&";
    if (c == '\\') {
      escaped += "\\e";
    } else if (c == '-') {
      escaped += "\\-";  // a minus that can be copied into a shell
    } else {
      escaped += c;
    }
  }
  return escaped;
}

std::string bold(std::string_view text) {
  return "\\fB" + roff(text) + "\\fR";
}

std::string italic(std::string_view text) {
  return "\\fI" + roff(text) + "\\fR";
}

std::string section(std::string_view title) {
  return ".SH " + std::string(title) + "\n";
}

std::string item(const std::string& term, std::string_view text) {
  return ".TP\n" + term + "\n" + roff(text) + "\n";
}

bool is_argument(const OptionRow& row) {
  return !row.name.starts_with('-');
}

// "submission ...", "[code]".
std::string argument(const OptionRow& row) {
  const std::string name = italic(row.name) + (row.repeats ? " ..." : "");
  return row.required ? name : "[" + name + "]";
}

std::string usage(const CommandRow& row) {
  std::string line = bold("heapjudge " + std::string(row.name)) + " [" + italic("options") + "]";
  for (const OptionRow& option : row.options) {
    if (is_argument(option)) line += " " + argument(option);
  }
  return line;
}

std::string option_term(const OptionRow& row) {
  if (is_argument(row)) return italic(row.name);
  return bold(row.name) + (row.value.empty() ? "" : " " + italic(row.value));
}

std::string option_item(const OptionRow& row) {
  return item(option_term(row),
              std::string(row.text) + (row.required && !is_argument(row) ? " (required)" : ""));
}

// Arguments, then the options that have no heading of their own, then each group under its heading.
std::string options_of(const CommandRow& row) {
  std::string text;
  std::vector<std::string_view> groups;
  for (const OptionRow& option : row.options) {
    if (is_argument(option)) text += option_item(option);
    if (std::ranges::count(groups, option.group) == 0) groups.push_back(option.group);
  }
  std::stable_partition(groups.begin(), groups.end(),
                        [](std::string_view group) { return group == OptionRow{}.group; });
  for (const std::string_view group : groups) {
    if (group != OptionRow{}.group) text += ".PP\n" + italic(group) + "\n";
    for (const OptionRow& option : row.options) {
      if (!is_argument(option) && option.group == group) text += option_item(option);
    }
  }
  return text;
}

std::string commands() {
  std::string text = section("COMMANDS");
  for (const Subcommand& command : command_list()) {
    text += ".SS heapjudge " + roff(command.row.name) + "\n" + roff(command.row.text) + "\n.PP\n" +
            usage(command.row) + "\n" + options_of(command.row);
    if (!command.row.footer.empty()) text += ".PP\n.nf\n" + roff(command.row.footer) + "\n.fi\n";
  }
  return text;
}

std::string synopsis() {
  std::string text = section("SYNOPSIS");
  for (const Subcommand& command : command_list()) {
    if (&command != &command_list().front()) text += ".br\n";
    text += usage(command.row) + "\n";
  }
  return text;
}

std::string exit_status() {
  std::string text = section("EXIT STATUS");
  for (const ExitRow& row : exit_rows()) text += item(bold(std::to_string(row.status)), row.text);
  return text;
}

std::string surroundings() {
  std::string text = section("ENVIRONMENT");
  text += item(bold("NO_COLOR"), "no colours, unless --color asks for them");
  text += item(bold("COLUMNS"), "the width of the screen; without it, the terminal's own");
  text += item(bold("LC_ALL") + ", " + bold("LC_CTYPE") + ", " + bold("LANG"),
               "block characters are drawn where these say UTF-8");
  text += section("FILES");
  text += item(italic(".heapjudge/failures/"), "the shortest failing prefix of each trace that failed");
  text += item(italic(".heapjudge/runs/"), "what --save keeps, for --vs");
  text += item(italic(".heapjudge/failed.json"), "which traces failed last time, for --lf and --ff");
  return text;
}

}  // namespace

std::string man_page() {
  const CommandRow& program = program_row();
  std::string text = ".TH HEAPJUDGE 1 \"\" \"heapjudge " HEAPJUDGE_VERSION "\" \"User Commands\"\n";
  text += section("NAME") + "heapjudge \\- grades memory allocators\n" + synopsis();
  text += section("DESCRIPTION") + roff(program.text) + "\n.PP\n" + roff(program.footer) + "\n";
  text += section("OPTIONS") + item(bold("-h") + ", " + bold("--help"), "also after a command");
  for (const OptionRow& row : program.options) text += option_item(row);
  return text + commands() + exit_status() + surroundings();
}

}  // namespace heapjudge
