// Fills and compares at the speed of memory: inner loops of constant length, which compilers vectorize.
#include "wire/payload_pattern.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "wire/payload_words.h"

namespace heapjudge {

namespace {

static_assert(std::endian::native == std::endian::little, "a cut-off word must be the start of a whole one");

// The same shape as the layouts of the pattern, with nothing in it.
struct Zeros {
  using Word = std::uint64_t;
  static constexpr std::uint64_t kSegmentBytes = std::uint64_t{1} << 16;
  static constexpr Word kStep = 0;

  static Word first_word(std::uint32_t, std::uint64_t) { return 0; }
};

constexpr std::size_t kChunkBytes = 64;

template <typename Word>
Word load(const std::byte* from) {
  Word word;
  std::memcpy(&word, from, sizeof word);
  return word;
}

// A last, shorter word: fewer bytes than a whole one has. In pieces, because a call of memcpy costs more.
template <typename Word>
Word load_cut_off(const std::byte* from, std::size_t bytes) {
  Word word = 0;
  unsigned shift = 0;
  if ((bytes & 4) != 0) {
    word = static_cast<Word>(load<std::uint32_t>(from));
    from += 4;
    shift = 32;
  }
  if ((bytes & 2) != 0) {
    word |= static_cast<Word>(Word{load<std::uint16_t>(from)} << shift);
    from += 2;
    shift += 16;
  }
  if ((bytes & 1) != 0) word |= static_cast<Word>(std::to_integer<Word>(*from) << shift);
  return word;
}

template <typename Word>
void store_cut_off(std::byte* to, std::size_t bytes, Word word) {
  std::uint64_t rest = word;
  if ((bytes & 4) != 0) {
    std::memcpy(to, &rest, 4);
    to += 4;
    rest >>= 32;
  }
  if ((bytes & 2) != 0) {
    std::memcpy(to, &rest, 2);
    to += 2;
    rest >>= 16;
  }
  if ((bytes & 1) != 0) *to = static_cast<std::byte>(rest & 0xff);
}

// The bits of a word that its first `bytes` bytes hold; fewer than all.
template <typename Word>
Word cut_off(Word word, std::size_t bytes) {
  return word & static_cast<Word>((Word{1} << (8 * bytes)) - 1);
}

template <typename Layout>
void fill_segment(std::byte* to, std::size_t bytes, typename Layout::Word word) {
  using Word = typename Layout::Word;
  constexpr std::size_t kChunkWords = kChunkBytes / sizeof(Word);
  for (; bytes >= kChunkBytes; bytes -= kChunkBytes, to += kChunkBytes) {
    for (std::size_t i = 0; i < kChunkWords; ++i) {
      const Word here = word + static_cast<Word>(i) * Layout::kStep;
      std::memcpy(to + i * sizeof(Word), &here, sizeof(Word));
    }
    word += static_cast<Word>(kChunkWords) * Layout::kStep;
  }
  for (; bytes >= sizeof(Word); bytes -= sizeof(Word), to += sizeof(Word), word += Layout::kStep) {
    std::memcpy(to, &word, sizeof(Word));
  }
  store_cut_off(to, bytes, word);
}

template <typename Layout>
bool segment_is_intact(const std::byte* from, std::size_t bytes, typename Layout::Word word) {
  using Word = typename Layout::Word;
  constexpr std::size_t kChunkWords = kChunkBytes / sizeof(Word);
  for (; bytes >= kChunkBytes; bytes -= kChunkBytes, from += kChunkBytes) {
    Word difference = 0;
    for (std::size_t i = 0; i < kChunkWords; ++i) {
      difference |= load<Word>(from + i * sizeof(Word)) ^ (word + static_cast<Word>(i) * Layout::kStep);
    }
    if (difference != 0) return false;
    word += static_cast<Word>(kChunkWords) * Layout::kStep;
  }
  Word difference = 0;
  for (; bytes >= sizeof(Word); bytes -= sizeof(Word), from += sizeof(Word), word += Layout::kStep) {
    difference |= load<Word>(from) ^ word;
  }
  difference |= load_cut_off<Word>(from, bytes) ^ cut_off(word, bytes);
  return difference == 0;
}

// The word at byte `position` of a block, where a word begins.
template <typename Layout>
typename Layout::Word word_at(std::uint32_t stamp, std::uint64_t position) {
  using Word = typename Layout::Word;
  const auto index = static_cast<Word>(position % Layout::kSegmentBytes / sizeof(Word));
  return Layout::first_word(stamp, position / Layout::kSegmentBytes) + index * Layout::kStep;
}

// Calls visit(position, bytes) for each stretch of a payload that is filled, none of which crosses a segment's border, as
// long as it returns true.
template <typename Layout, typename Visit>
bool for_stretches(std::uint64_t size, Coverage coverage, const Visit& visit) {
  const std::uint64_t dense = std::min(size, kDensePayloadBytes);
  const std::uint64_t whole = coverage == Coverage::kWhole ? dense : std::min(dense, kSampledWholeBytes);
  for (std::uint64_t at = 0; at < whole; at += Layout::kSegmentBytes) {
    if (!visit(at, std::min(whole - at, Layout::kSegmentBytes))) return false;
  }
  for (std::uint64_t at = whole; at < dense; at = sample_after(at)) {
    if (!visit(at, std::min(dense - at, kSampledLineBytes))) return false;
  }
  for (std::uint64_t at = kDensePayloadBytes; at < size; at *= 2) {
    if (!visit(at, std::min(size - at, kSparsePageBytes))) return false;
  }
  return true;
}

template <typename Layout>
void fill_words(std::span<std::byte> payload, std::uint32_t stamp, Coverage coverage) {
  for_stretches<Layout>(payload.size(), coverage, [&](std::uint64_t at, std::uint64_t bytes) {
    fill_segment<Layout>(payload.data() + at, bytes, word_at<Layout>(stamp, at));
    return true;
  });
}

// Byte `position` of the segment that begins with `word`.
template <typename Layout>
std::uint8_t byte_of_segment(typename Layout::Word word, std::size_t position) {
  constexpr std::size_t kWordBytes = sizeof(word);
  const auto index = static_cast<typename Layout::Word>(position / kWordBytes);
  const auto here = static_cast<std::uint64_t>(word + index * Layout::kStep);
  return static_cast<std::uint8_t>(here >> (8 * (position % kWordBytes)));
}

void note(Damage& damage, std::uint64_t offset) {
  if (damage.bytes++ == 0) damage.first_offset = offset;
  damage.last_offset = offset;
}

// Byte by byte, for a segment that is not intact.
template <typename Layout>
void note_segment(std::span<const std::byte> bytes, typename Layout::Word word, std::uint64_t heap_offset,
                  Damage& damage) {
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (std::to_integer<std::uint8_t>(bytes[i]) != byte_of_segment<Layout>(word, i))
      note(damage, heap_offset + i);
  }
}

template <typename Layout>
void show_bytes(std::span<const std::byte> payload, std::uint32_t stamp, std::uint64_t heap_offset,
                Damage& damage) {
  const std::uint64_t first = damage.first_offset - heap_offset;
  damage.shown =
      static_cast<std::uint8_t>(std::min<std::uint64_t>(damage.found.size(), payload.size() - first));
  for (std::size_t i = 0; i < damage.shown; ++i) {
    const std::uint64_t position = first + i;
    const auto word = Layout::first_word(stamp, position / Layout::kSegmentBytes);
    damage.found[i] = std::to_integer<std::uint8_t>(payload[position]);
    damage.expected[i] = byte_of_segment<Layout>(word, position % Layout::kSegmentBytes);
  }
}

template <typename Layout>
std::optional<Damage> describe(std::span<const std::byte> payload, std::uint32_t stamp, std::uint64_t heap_offset,
                               Coverage coverage) {
  Damage damage;
  for_stretches<Layout>(payload.size(), coverage, [&](std::uint64_t at, std::uint64_t bytes) {
    const auto word = word_at<Layout>(stamp, at);
    if (!segment_is_intact<Layout>(payload.data() + at, bytes, word)) {
      note_segment<Layout>(payload.subspan(at, bytes), word, heap_offset + at, damage);
    }
    return true;
  });
  if (damage.bytes == 0) return std::nullopt;  // the subject changed it back meanwhile
  show_bytes<Layout>(payload, stamp, heap_offset, damage);
  return damage;
}

template <typename Layout>
std::optional<Damage> compare_words(std::span<const std::byte> payload, std::uint32_t stamp, std::uint64_t heap_offset,
                                    Coverage coverage) {
  const bool intact =
      for_stretches<Layout>(payload.size(), coverage, [&](std::uint64_t at, std::uint64_t bytes) {
        return segment_is_intact<Layout>(payload.data() + at, bytes, word_at<Layout>(stamp, at));
      });
  if (intact) [[likely]]
    return std::nullopt;
  return describe<Layout>(payload, stamp, heap_offset, coverage);
}

}  // namespace

void PayloadPattern::fill(std::span<std::byte> payload, std::uint32_t stamp) const {
  switch (width_) {
    case PointerWidth::k64:
      return fill_words<Words64>(payload, stamp, coverage_);
    case PointerWidth::k32:
      return fill_words<Words32>(payload, stamp, coverage_);
  }
}

std::optional<Damage> PayloadPattern::compare(std::span<const std::byte> payload, std::uint32_t stamp,
                                              std::uint64_t heap_offset) const {
  switch (width_) {
    case PointerWidth::k64:
      return compare_words<Words64>(payload, stamp, heap_offset, coverage_);
    case PointerWidth::k32:
      return compare_words<Words32>(payload, stamp, heap_offset, coverage_);
  }
  return std::nullopt;
}

std::optional<Damage> compare_with_zero(std::span<const std::byte> bytes, std::uint64_t heap_offset) {
  return compare_words<Zeros>(bytes, 0, heap_offset, Coverage::kWhole);
}

}  // namespace heapjudge
