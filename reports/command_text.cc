// Words of commands, quoted where a shell wants that.
#include "reports/command_text.h"

#include "reports/request_text.h"
#include "reports/shell_word.h"

namespace heapjudge {

namespace {

std::string command_on(std::string command, const Identity& identity) {
  for (const std::string& file : identity.files) command += " " + shell_word(file);
  return identity.files.empty() ? command + " " + shell_word(identity.submission) : command;
}

}  // namespace

std::string grade_command(const Identity& identity) { return command_on("heapjudge grade", identity); }

std::string debug_command(const Identity& identity) { return command_on("heapjudge debug", identity); }

std::string stop_options(const Finding& finding) {
  const bool shows_at_once = (finding.run == Run::kFirst || finding.run == Run::kOwnChecked) && !is_after_the_last(finding);
  return shows_at_once ? " --at " + std::to_string(finding.request) : " --first-failure";
}

bool can_be_debugged(const Finding& finding) {
  return finding.run != Run::kTimed && static_cast<int>(finding.fault) < static_cast<int>(Fault::kForbiddenFunction);
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
