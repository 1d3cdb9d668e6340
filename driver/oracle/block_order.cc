// A radix sort from the lowest digit up: a comparing sort takes longer than the sweep it is for.
#include "oracle/block_order.h"

#include <algorithm>
#include <array>

namespace heapjudge {

namespace {

constexpr unsigned kDigitBits = 11;
constexpr std::size_t kDigits = std::size_t{1} << kDigitBits;
constexpr std::size_t kFewBlocks = 512;  // below this, clearing the counters costs more than comparing

std::size_t digit_of(const PlacedBlock& placed, unsigned shift) {
  return (placed.offset >> shift) & (kDigits - 1);
}

void sort_by_digit(const std::vector<PlacedBlock>& from, std::vector<PlacedBlock>& to, unsigned shift) {
  std::array<std::size_t, kDigits> place{};
  for (const PlacedBlock& placed : from) ++place[digit_of(placed, shift)];
  std::size_t begin = 0;
  for (std::size_t& count : place) {
    const std::size_t next = begin + count;
    count = begin;
    begin = next;
  }
  for (const PlacedBlock& placed : from) to[place[digit_of(placed, shift)]++] = placed;
}

}  // namespace

void sort_by_offset(std::vector<PlacedBlock>& blocks) {
  if (blocks.size() < kFewBlocks) {
    const auto lies_before = [](const PlacedBlock& a, const PlacedBlock& b) { return a.offset < b.offset; };
    return std::stable_sort(blocks.begin(), blocks.end(), lies_before);
  }
  std::uint64_t bits_in_use = 0;
  for (const PlacedBlock& placed : blocks) bits_in_use |= placed.offset;
  std::vector<PlacedBlock> other(blocks.size());
  for (unsigned shift = 0; shift < 64; shift += kDigitBits) {
    if ((bits_in_use >> shift & (kDigits - 1)) == 0) continue;
    sort_by_digit(blocks, other, shift);
    blocks.swap(other);
  }
}

}  // namespace heapjudge
