// The commands that a GitHub job writes to its log.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace heapjudge {

// Where on a page of sources an annotation stands.
struct Annotation {
  std::string_view kind = "error";  // or warning, notice
  std::string file = {};            // empty: nowhere
  std::size_t line = 0;             // 0: unknown
  std::size_t column = 0;           // likewise
  std::string title = {};
  std::string message = {};
};

// "::error file=mm.c,line=3,title=E301::mm_free crashed", one line, whatever the words hold.
std::string workflow_command(const Annotation& annotation);

// Lines of which none is a command for GitHub, between one that stops commands and one that resumes them. `token` must
// be one that nobody could guess, and stands in none of the lines.
std::string without_commands(std::string_view lines, const std::string& token);

}  // namespace heapjudge
