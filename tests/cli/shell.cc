// std::system and two files for what is printed.
#include "tests/cli/shell.h"

#include <stdlib.h>
#include <sys/wait.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace heapjudge {
namespace {

std::string contents(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

std::string quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

}  // namespace

Shell::Shell() {
  std::filesystem::create_directories(folder_);
}

ShellResult Shell::run(const std::string& command_line) const {
  const std::filesystem::path output = folder_.parent_path() / "output";
  const std::filesystem::path errors = folder_.parent_path() / "errors";
  const std::string script = "cd " + quoted(folder_) + " && exec bash -c " + quoted(command_line) +
                             " </dev/null >" + quoted(output) + " 2>" + quoted(errors);
  const int status = std::system(script.c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), contents(output),
          contents(errors)};
}

void Shell::write(const std::string& file, const std::string& text) const {
  std::filesystem::create_directories((folder_ / file).parent_path());
  std::ofstream(folder_ / file, std::ios::binary) << text;
}

std::string Shell::read(const std::string& file) const {
  return contents(folder_ / file);
}

}  // namespace heapjudge
