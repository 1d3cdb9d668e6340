// Words of commands, quoted where a shell wants that.
#include "reports/command_text.h"

#include "reports/shell_word.h"

namespace heapjudge {

std::string grade_command(const Identity& identity) {
  std::string command = "heapjudge grade";
  for (const std::string& file : identity.files) command += " " + shell_word(file);
  return identity.files.empty() ? command + " " + shell_word(identity.submission) : command;
}

std::string judging_options(const Identity& identity) {
  std::string words;
  for (const std::string& option : identity.options) words += " " + shell_word(option);
  return words;
}

std::string command_for_32_bit(const Identity& identity) {
  return grade_command(identity) + judging_options(identity) + " --abi ilp32";
}

}  // namespace heapjudge
