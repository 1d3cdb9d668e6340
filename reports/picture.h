// The picture of a failure: only the blocks involved, one row per request.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "judge/finding.h"

namespace heapjudge {

struct PictureRow {
  std::size_t request = 0;
  std::string text;  // "#5 a 3 100  ..222222......33333333333333333333XXXXX11111....  <- 20 bytes shared"
};

struct Picture {
  std::vector<PictureRow> rows;
  std::uint64_t start = 0;       // heap offset of the first character
  std::uint64_t cell_bytes = 0;  // that one character stands for
};

// A block of the picture and the letter that stands for it.
struct Marked {
  BlockId block = kNoBlock;
  char mark = '?';
};

// The blocks of a finding in order of birth. A digit is the block's own number; with numbers from 10 on among
// them they are lettered.
std::vector<Marked> marks_of(const std::vector<BlockHistory>& histories);

// The histories of a finding, with the convicted block itself where the evidence alone knows it.
std::vector<BlockHistory> histories_with_convicted(const Finding& finding);

// X: bytes of two live blocks; !: damaged bytes; |: the heap ends; a dot: none of these blocks. At most
// `columns` wide. No rows when a picture would show nothing: no violation, no extents, or absurd ones.
Picture picture_of(const Finding& finding, std::size_t columns, std::size_t most_rows);

// Bytes that two blocks of a finding share at its request; 0 when none.
std::uint64_t shared_bytes(const Finding& finding);

}  // namespace heapjudge
