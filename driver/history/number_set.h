// A set of small numbers that knows each member's successor.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace heapjudge {

// Theory of operation. A tower of bit words, as in oracle/range_set.h: bit i of a level says whether word i
// of the level below holds anything. A step to the next member climbs as far as words are empty, and down
// again.
class NumberSet {
 public:
  explicit NumberSet(std::size_t bound) {  // members lie below it
    do {
      bound = (bound + 63) / 64;
      levels_.emplace_back(bound);
    } while (bound > 1);
  }

  void insert(std::size_t number) {
    for (auto& level : levels_) {
      std::uint64_t& word = level[number / 64];
      const bool was_empty = word == 0;
      word |= bit(number);
      if (!was_empty) return;
      number /= 64;
    }
  }

  void erase(std::size_t number) {
    for (auto& level : levels_) {
      std::uint64_t& word = level[number / 64];
      word &= ~bit(number);
      if (word != 0) return;
      number /= 64;
    }
  }

  // The least member that is not below `number`.
  std::optional<std::size_t> at_or_after(std::size_t number) const {
    for (std::size_t height = 0; height < levels_.size(); ++height) {
      const auto& level = levels_[height];
      if (number / 64 >= level.size()) return std::nullopt;
      const std::uint64_t word = level[number / 64] >> (number % 64);
      if (word != 0) return descend(number + static_cast<std::size_t>(std::countr_zero(word)), height);
      number = number / 64 + 1;
    }
    return std::nullopt;
  }

 private:
  static std::uint64_t bit(std::size_t number) { return std::uint64_t{1} << (number % 64); }

  std::size_t descend(std::size_t number, std::size_t height) const {
    for (; height > 0; --height) {
      number = number * 64 + static_cast<std::size_t>(std::countr_zero(levels_[height - 1][number]));
    }
    return number;
  }

  std::vector<std::vector<std::uint64_t>> levels_;  // the finest first
};

}  // namespace heapjudge
