// The words of the payload pattern, for pointers of 8 and of 4 bytes.
#pragma once

#include <cstdint>

namespace heapjudge {

// A layout tells which words stand in a segment of kSegmentBytes: first_word, then each higher by kStep. The
// odd multipliers spread the high bits of stamp and offset over the stamp field.
struct Words64 {
  using Word = std::uint64_t;
  static constexpr unsigned kFieldBits = 16;
  static constexpr std::uint64_t kSegmentBytes = std::uint64_t{1} << kFieldBits;
  static constexpr Word kStep = sizeof(Word);
  static constexpr Word kPrefix = 0x5eed;

  static Word first_word(std::uint32_t stamp, std::uint64_t segment) {
    const Word field = (stamp + (stamp >> kFieldBits) * Word{0x9e35} + segment * Word{0xc2b3}) & 0xffff;
    return kPrefix << (2 * kFieldBits) | field << kFieldBits;
  }
};

struct Words32 {
  using Word = std::uint32_t;
  static constexpr unsigned kFieldBits = 12;
  static constexpr std::uint64_t kSegmentBytes = std::uint64_t{1} << kFieldBits;
  static constexpr Word kStep = sizeof(Word);
  static constexpr Word kPrefix = 0x5e;

  static Word first_word(std::uint32_t stamp, std::uint64_t segment) {
    const Word field = (stamp + (stamp >> kFieldBits) * 0x9e5u + static_cast<Word>(segment) * 0xc2bu) & 0xfff;
    return kPrefix << (2 * kFieldBits) | field << kFieldBits;
  }
};

}  // namespace heapjudge
