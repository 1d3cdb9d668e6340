// What a compiler says, taken apart.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace heapjudge {

struct CompilerMessage {
  std::string file;
  std::size_t line = 0;
  std::size_t column = 0;
  bool is_error = false;  // else a warning
  std::string text;
};

// The errors and warnings with a place, "mm.c:1:28: error: what", in order; gcc and clang write them alike.
std::vector<CompilerMessage> compiler_messages_in(std::string_view diagnostics);

}  // namespace heapjudge
