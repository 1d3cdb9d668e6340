// Text from a submission made safe to print: no control characters, no invalid UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace heapjudge {

// One character of UTF-8 text, or one byte that belongs to none.
struct Utf8Step {
  char32_t code_point = 0;
  std::size_t bytes = 1;
  bool valid = false;
};

Utf8Step next_code_point(std::string_view text);  // `text` is not empty

// Control characters (those that turn the writing direction around included) and invalid bytes become \xNN or
// \u{N}; without `unicode` everything beyond ASCII does. The result is a single line.
std::string printable(std::string_view raw, bool unicode = true);

// The same for a line of source code: tabs become spaces.
std::string printable_source(std::string_view raw, bool unicode = true);

}  // namespace heapjudge
