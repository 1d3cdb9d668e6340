// All commands of the program.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/option_table.h"
#include "cli/options.h"

namespace heapjudge {

struct Subcommand {
  CommandRow row;
  Options (*read)(const Given& given);  // throws InputError with one line for a value that does not fit
};

// What the program takes before any command; its footer is what else a first-time reader should know.
const CommandRow& program_row();

// In the order of --help.
std::span<const Subcommand> command_list();

// What a command line may begin with, each once, in the same order: commands, and families of them.
std::vector<std::string> first_words();

// What is said of the commands whose names begin with the same word.
std::string_view text_of_family(std::string_view word);

}  // namespace heapjudge
