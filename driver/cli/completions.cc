// One script for each shell.
#include "cli/completions.h"

#include "check.h"

namespace heapjudge {

std::string completions(std::string_view shell) {
  if (shell == "bash") return bash_completion();
  if (shell == "zsh") return zsh_completion();
  ensure(shell == "fish", "a shell of the option's row");
  return fish_completion();
}

}  // namespace heapjudge
