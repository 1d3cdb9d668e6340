// What a shell needs to complete the words of a command line, made from the option table.
#pragma once

#include <string>
#include <string_view>

namespace heapjudge {

// A script to be sourced. `shell` is "bash", "zsh" or "fish".
std::string completions(std::string_view shell);

std::string bash_completion();
std::string zsh_completion();
std::string fish_completion();

}  // namespace heapjudge
