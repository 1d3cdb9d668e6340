// Runs command lines in a folder of their own, as a person would.
#pragma once

#include <filesystem>
#include <string>

#include "tests/temporary_folder.h"

namespace heapjudge {

struct ShellResult {
  int status = 0;      // of the command line, as `echo $?` shows it
  std::string output;  // standard output
  std::string errors;  // standard error
};

// Invariant: folder() exists while the object lives, and is where commands run.
class Shell {
 public:
  Shell();
  Shell(const Shell&) = delete;
  Shell& operator=(const Shell&) = delete;

  const std::filesystem::path& folder() const { return folder_; }

  ShellResult run(const std::string& command_line) const;
  void write(const std::string& file, const std::string& text) const;  // folders are made
  std::string read(const std::string& file) const;                     // "" when it is not there

 private:
  TemporaryFolder temporary_;
  std::filesystem::path folder_ = temporary_.path() / "work";
};

}  // namespace heapjudge
