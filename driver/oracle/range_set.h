// A set of disjoint ranges of small integers (heap granules), over a universe of any size.
//
// Theory of operation. A tower of bit words, each level 64 times coarser than the one below:
//
//   level 1                1          1          1          0      bit i: word i of level 0 is in use
//   level 0          0..01110  00000000   11100000   00000000      bit i: granule i is taken
//                              ^ a zero word whose bit above is set is covered as a whole
//
// A range writes only the words it covers in part; the words it covers as a whole are entered one level up,
// by the same rule. So a range of any length touches two words per level at most, and a short one a single
// word. Taking a range out clears exactly what putting it in has set, because ranges are disjoint.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "oracle/lazy_array.h"

namespace heapjudge {

// Invariant: a word that is not zero has its bit set in the level above. Ranges are [first, end) with
// first < end <= universe; memory is taken only where ranges are.
class RangeSet {
 public:
  explicit RangeSet(std::uint64_t universe);

  bool intersects(std::uint64_t first, std::uint64_t end) const {
    if (!is_short(first, end)) [[unlikely]]
      return intersects(0, first, end);
    const std::uint64_t bits = words_[first / 64];
    return bits != 0 ? (bits & mask_of(first, end)) != 0 : covered(0, first / 64);
  }
  void insert(std::uint64_t first, std::uint64_t end) {  // must not intersect
    if (!is_short(first, end)) [[unlikely]]
      return insert(0, first, end);
    const std::uint64_t before = words_[first / 64];
    words_[first / 64] = before | mask_of(first, end);
    if (before == 0) enter_above(0, first / 64);
  }
  void erase(std::uint64_t first, std::uint64_t end) {  // must have been inserted so
    if (!is_short(first, end)) [[unlikely]]
      return erase(0, first, end);
    const std::uint64_t after = words_[first / 64] & ~mask_of(first, end);
    words_[first / 64] = after;
    if (after == 0) strike_above(0, first / 64);
  }

  // True when exactly this range may have been inserted: every member of it is there.
  bool holds(std::uint64_t first, std::uint64_t end) const { return holds(0, first, end); }

  std::uint64_t count() const;  // members of all ranges; walks the tower

  // Aborts when the invariant is broken. Levels above 8 MiB are not searched for stray words.
  void check() const;

 private:
  static constexpr std::size_t kMaxLevels = 10;
  struct Level {
    std::size_t begin = 0;  // index of its first word in words_
    std::size_t words = 0;
  };

  // Lies in one word and does not fill it: nearly all blocks, and so worth a short way.
  static bool is_short(std::uint64_t first, std::uint64_t end) {
    return end - first < 64 && first % 64 + (end - first) <= 64;
  }
  static std::uint64_t mask_of(std::uint64_t first, std::uint64_t end) {
    return ((std::uint64_t{1} << (end - first)) - 1) << (first % 64);
  }

  static std::array<Level, kMaxLevels> layout(std::uint64_t universe, std::size_t& levels);

  bool intersects(std::size_t level, std::uint64_t first, std::uint64_t end) const;
  void insert(std::size_t level, std::uint64_t first, std::uint64_t end);
  void erase(std::size_t level, std::uint64_t first, std::uint64_t end);
  bool holds(std::size_t level, std::uint64_t first, std::uint64_t end) const;

  bool covered(std::size_t level, std::uint64_t index) const;
  bool word_intersects(std::size_t level, std::uint64_t index, std::uint64_t mask) const;
  bool word_holds(std::size_t level, std::uint64_t index, std::uint64_t mask) const;
  void enter_above(std::size_t level, std::uint64_t index);
  void strike_above(std::size_t level, std::uint64_t index);
  void set(std::size_t level, std::uint64_t index, std::uint64_t mask);
  void unset(std::size_t level, std::uint64_t index, std::uint64_t mask);
  std::uint64_t count(std::size_t level, std::uint64_t index) const;

  std::uint64_t& word(std::size_t level, std::uint64_t index) { return words_[levels_[level].begin + index]; }
  std::uint64_t word(std::size_t level, std::uint64_t index) const {
    return words_[levels_[level].begin + index];
  }
  bool is_top(std::size_t level) const { return level + 1 == level_count_; }

  std::size_t level_count_ = 0;
  std::array<Level, kMaxLevels> levels_;
  LazyArray<std::uint64_t> words_;
};

}  // namespace heapjudge
