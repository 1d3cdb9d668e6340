// Text in columns: widths as a terminal shows them, clipping, padding, wrapping.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace heapjudge {

std::size_t width_of(std::string_view text);  // in terminal columns; wide characters take two

std::string clipped(std::string_view text, std::size_t columns,
                    bool unicode);                                     // ends in an ellipsis when cut
std::string left_aligned(std::string_view text, std::size_t columns);  // padded on the right
std::string right_aligned(std::string_view text, std::size_t columns);

// Lines of at most `columns`, broken at spaces (within a word only when it is longer than a line); all but
// the first start with `indent` spaces.
std::vector<std::string> wrapped(std::string_view text, std::size_t columns, std::size_t indent);

struct PartLayout {
  std::string_view between;  // parts on the same line
  std::size_t columns = 80;
  std::size_t indent = 2;  // of all lines but the first
};

// Lines of whole parts; a part is broken only when it is longer than a line.
std::vector<std::string> laid_out(const std::vector<std::string>& parts, const PartLayout& layout);

}  // namespace heapjudge
