// The fast lane of the .rep reader: lines in the form that nearly all lines have.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "trace/live_blocks.h"
#include "trace/request.h"

namespace heapjudge {

struct PlainLines {
  std::size_t bytes = 0;     // taken from the start of the text, whole lines
  std::size_t requests = 0;  // written to `out`, one for each line
};

// Reads lines `a id size`, `r id size` and `f id` from the start of `text`, with single blanks, numbers of at
// most eight digits and a line feed, as long as they are well-formed; stops before the first line that is
// anything else, or wrong, or too near the end of the text, and leaves that to the slow reader. Takes at most
// out.size() lines, with ids below `block_count`; keeps `live` up to date.
PlainLines read_plain_lines(std::string_view text, std::size_t block_count, std::span<Request> out,
                            LiveBlocks& live);

}  // namespace heapjudge
