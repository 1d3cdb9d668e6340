// The tower of bit words.
#include "oracle/range_set.h"

#include <bit>

#include "check.h"

namespace heapjudge {

namespace {

constexpr std::uint64_t kBits = 64;
constexpr std::uint64_t kAll = ~std::uint64_t{0};

constexpr std::uint64_t bit(std::uint64_t index) {
  return std::uint64_t{1} << (index % kBits);
}
constexpr std::uint64_t from(std::uint64_t index) {
  return kAll << (index % kBits);
}  // index and above
constexpr std::uint64_t up_to(std::uint64_t index) {
  return kAll >> (kBits - 1 - index % kBits);
}  // inclusive

// A range at one level: the words it covers in part, and those between that it covers as a whole.
struct Cut {
  std::uint64_t head = 0;       // word index
  std::uint64_t head_mask = 0;  // 0: no such word
  std::uint64_t tail = 0;
  std::uint64_t tail_mask = 0;
  std::uint64_t whole_first = 0;
  std::uint64_t whole_end = 0;
};

Cut cut(std::uint64_t first, std::uint64_t end) {
  Cut result{.head = first / kBits, .tail = (end - 1) / kBits};
  result.head_mask = from(first);
  result.tail_mask = up_to(end - 1);
  if (result.head == result.tail) {
    result.head_mask &= result.tail_mask;
    result.tail_mask = 0;
  }
  result.whole_first = result.head + 1;
  result.whole_end = result.tail;
  if (result.head_mask == kAll) {
    result.head_mask = 0;
    --result.whole_first;
    if (result.whole_end == result.head) ++result.whole_end;
  }
  if (result.tail_mask == kAll) {
    result.tail_mask = 0;
    ++result.whole_end;
  }
  return result;
}

}  // namespace

std::array<RangeSet::Level, RangeSet::kMaxLevels> RangeSet::layout(std::uint64_t universe,
                                                                   std::size_t& levels) {
  std::array<Level, kMaxLevels> result;
  std::size_t begin = 0;
  std::uint64_t bits = universe;
  levels = 0;
  do {
    ensure(levels < kMaxLevels, "range set: universe too large");
    const std::uint64_t words = bits / kBits + 1;
    result[levels++] = {begin, words};
    begin += words;
    bits = words;
  } while (bits > 1);
  return result;
}

RangeSet::RangeSet(std::uint64_t universe)
    : levels_(layout(universe, level_count_)),
      words_(levels_[level_count_ - 1].begin + levels_[level_count_ - 1].words) {}

bool RangeSet::covered(std::size_t level, std::uint64_t index) const {
  while (!is_top(level)) {
    const std::uint64_t above = word(++level, index / kBits);
    if (above != 0) return (above & bit(index)) != 0;
    index /= kBits;
  }
  return false;
}

bool RangeSet::word_intersects(std::size_t level, std::uint64_t index, std::uint64_t mask) const {
  const std::uint64_t bits = word(level, index);
  return bits != 0 ? (bits & mask) != 0 : covered(level, index);
}

bool RangeSet::word_holds(std::size_t level, std::uint64_t index, std::uint64_t mask) const {
  return (word(level, index) & mask) == mask;
}

// Word `index` of the level is in use from now on.
void RangeSet::enter_above(std::size_t level, std::uint64_t index) {
  if (!is_top(level)) set(level + 1, index / kBits, bit(index));
}

// Word `index` of the level is no longer in use.
void RangeSet::strike_above(std::size_t level, std::uint64_t index) {
  if (!is_top(level)) unset(level + 1, index / kBits, bit(index));
}

void RangeSet::set(std::size_t level, std::uint64_t index, std::uint64_t mask) {
  const std::uint64_t before = word(level, index);
  word(level, index) = before | mask;
  if (before == 0) enter_above(level, index);
}

void RangeSet::unset(std::size_t level, std::uint64_t index, std::uint64_t mask) {
  const std::uint64_t after = word(level, index) & ~mask;
  word(level, index) = after;
  if (after == 0) strike_above(level, index);
}

bool RangeSet::intersects(std::size_t level, std::uint64_t first, std::uint64_t end) const {
  const Cut parts = cut(first, end);
  if (parts.head_mask != 0 && word_intersects(level, parts.head, parts.head_mask)) return true;
  if (parts.tail_mask != 0 && word_intersects(level, parts.tail, parts.tail_mask)) return true;
  return parts.whole_first < parts.whole_end && intersects(level + 1, parts.whole_first, parts.whole_end);
}

void RangeSet::insert(std::size_t level, std::uint64_t first, std::uint64_t end) {
  const Cut parts = cut(first, end);
  if (parts.head_mask != 0) set(level, parts.head, parts.head_mask);
  if (parts.tail_mask != 0) set(level, parts.tail, parts.tail_mask);
  if (parts.whole_first < parts.whole_end) insert(level + 1, parts.whole_first, parts.whole_end);
}

void RangeSet::erase(std::size_t level, std::uint64_t first, std::uint64_t end) {
  const Cut parts = cut(first, end);
  if (parts.head_mask != 0) unset(level, parts.head, parts.head_mask);
  if (parts.tail_mask != 0) unset(level, parts.tail, parts.tail_mask);
  if (parts.whole_first < parts.whole_end) erase(level + 1, parts.whole_first, parts.whole_end);
}

bool RangeSet::holds(std::size_t level, std::uint64_t first, std::uint64_t end) const {
  const Cut parts = cut(first, end);
  if (parts.head_mask != 0 && !word_holds(level, parts.head, parts.head_mask)) return false;
  if (parts.tail_mask != 0 && !word_holds(level, parts.tail, parts.tail_mask)) return false;
  return parts.whole_first >= parts.whole_end || holds(level + 1, parts.whole_first, parts.whole_end);
}

std::uint64_t RangeSet::count(std::size_t level, std::uint64_t index) const {
  std::uint64_t bits = word(level, index);
  if (level == 0) return static_cast<std::uint64_t>(std::popcount(bits));
  std::uint64_t members = 0;
  for (; bits != 0; bits &= bits - 1) {
    const std::uint64_t child = index * kBits + static_cast<std::uint64_t>(std::countr_zero(bits));
    members += word(level - 1, child) != 0 ? count(level - 1, child) : std::uint64_t{1} << (6 * level);
  }
  return members;
}

std::uint64_t RangeSet::count() const {
  return count(level_count_ - 1, 0);
}

void RangeSet::check() const {
  constexpr std::size_t kSearchedWords = std::size_t{1} << 20;
  for (std::size_t level = 0; !is_top(level); ++level) {
    if (levels_[level].words > kSearchedWords) continue;
    for (std::uint64_t index = 0; index < levels_[level].words; ++index) {
      if (word(level, index) == 0) continue;
      ensure((word(level + 1, index / kBits) & bit(index)) != 0,
             "range set: a word in use is not entered above");
    }
  }
}

}  // namespace heapjudge
