// Knows where each reference keeps what it lives by.
#include "tests/judge/heap_flips.h"

#include <bit>
#include <cstring>

namespace heapjudge {
namespace {

constexpr std::uint64_t kWord = 8;

std::vector<Flip> flips_of(std::span<const std::uint64_t> words) {
  std::vector<Flip> flips;
  for (const std::uint64_t word : words) {
    for (const std::uint64_t bits : {1u, 2u, 16u, 32u, 0x1000u}) flips.push_back({word, bits});
  }
  return flips;
}

std::vector<std::uint64_t> lower_tags(const ThreeBlocks& blocks) {
  std::vector<std::uint64_t> tags;
  for (const std::uint64_t payload : blocks.payloads) tags.push_back(payload - kWord);
  return tags;
}

}  // namespace

std::uint64_t ThreeBlocks::word_at(std::uint64_t offset) const {
  std::uint64_t word = 0;
  std::memcpy(&word, &heap[offset], sizeof word);
  return word;
}

void apply(const ThreeBlocks& blocks, const Flip& flip) {
  const std::uint64_t word = blocks.word_at(flip.offset) ^ flip.bits;
  std::memcpy(&blocks.heap[flip.offset], &word, sizeof word);
}

std::vector<Flip> flips_of_boundary_tags(const ThreeBlocks& blocks) {
  std::vector<std::uint64_t> tags{0};
  for (const std::uint64_t tag : lower_tags(blocks)) {
    const std::uint64_t size = blocks.word_at(tag) & ~std::uint64_t{1};
    tags.insert(tags.end(), {tag, tag + size - kWord});
  }
  tags.push_back(tags.back() + kWord);
  return flips_of(tags);
}

std::vector<Flip> flips_of_tags_and_links(const ThreeBlocks& blocks) {
  std::vector<Flip> flips = flips_of_boundary_tags(blocks);
  const std::uint64_t links = blocks.payloads[1];
  for (const Flip& flip : flips_of(std::array{links, links + kWord})) flips.push_back(flip);
  return flips;
}

std::vector<Flip> flips_of_lower_tags(const ThreeBlocks& blocks) {
  return flips_of(lower_tags(blocks));
}

std::vector<Flip> flips_of_fast_lists(const ThreeBlocks& blocks) {
  constexpr std::uint64_t kHead = kWord;  // the second list of the arena
  constexpr std::uint64_t kTop = 137 * kWord;
  constexpr std::uint64_t kBlock = 48;
  std::vector<std::uint64_t> words = lower_tags(blocks);
  words.insert(words.end(), {kHead, kTop, blocks.payloads[1] + kWord, blocks.payloads[2] - kWord + kBlock});
  return flips_of(words);
}

std::vector<Flip> flips_of_buddies(const ThreeBlocks& blocks) {
  constexpr std::uint64_t kRoom = 0;
  const std::uint64_t links = blocks.payloads[1];
  const auto order = static_cast<std::uint64_t>(std::countr_zero(blocks.word_at(links - kWord)));
  const std::uint64_t head = kWord + order * kWord;
  std::vector<std::uint64_t> words = lower_tags(blocks);
  words.insert(words.end(), {kRoom, head, links, links + kWord});
  return flips_of(words);
}

std::vector<Flip> flips_of_two_levels(const ThreeBlocks& blocks) {
  constexpr std::uint64_t kRows = 0;
  constexpr std::uint64_t kColumns = kWord;
  constexpr std::uint64_t kHeads = 120;
  constexpr std::uint64_t kBlock = 48;
  const std::uint64_t head = kHeads + kBlock / 16 * kWord;
  const std::uint64_t links = blocks.payloads[1];
  const std::uint64_t size_of_free = links - kWord + kBlock - kWord;
  const std::uint64_t fence = blocks.payloads[2] - kWord + kBlock;
  std::vector<std::uint64_t> words = lower_tags(blocks);
  words.insert(words.end(), {kRows, kColumns, head, head + kWord, links, links + kWord, size_of_free, fence});
  return flips_of(words);
}

std::vector<Flip> flips_of_map(const ThreeBlocks& blocks) {
  constexpr std::uint64_t kUsed = 0;
  constexpr std::uint64_t kLast = kWord;
  constexpr std::uint64_t kUnit = 16;
  constexpr std::uint64_t kBlockUnits = 3;
  std::vector<Flip> flips;
  for (unsigned unit = 0; unit < 64; ++unit) flips.push_back({kUsed, std::uint64_t{1} << unit});
  const std::uint64_t end_of_map = 0;
  const std::uint64_t end_before_hole = blocks.payloads[0] / kUnit + kBlockUnits - 1;
  const std::uint64_t end_of_heap = blocks.payloads[2] / kUnit + kBlockUnits - 1;
  for (const std::uint64_t unit :
       {end_of_map, end_before_hole, end_before_hole + 1, end_of_heap, end_of_heap + 1}) {
    flips.push_back({kLast, std::uint64_t{1} << unit});
  }
  return flips;
}

}  // namespace heapjudge
