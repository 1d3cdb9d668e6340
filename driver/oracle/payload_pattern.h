// What the judge writes into payloads, so that any lost, moved or damaged byte shows and can be decoded.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "oracle/violation.h"

namespace heapjudge {

// How wide a pointer the pattern must be harmless as: no word of it points at mapped memory.
enum class PointerWidth : std::uint8_t {
  k64,  // 8-byte words 0x00005eedSSSSOOOO: stamp and byte offset, mixed with their higher parts when larger
  k32   // 4-byte words 0x5eSSSOOO, the same idea; for 32-bit programs and heaps below 4 GiB
};

// Each filling of a block gets a new stamp (the number of the request that caused it), so that stale copies
// of the same block differ. Pure functions of (width, stamp, position in the block).
class PayloadPattern {
 public:
  explicit PayloadPattern(PointerWidth width) : width_(width) {}

  // Fills payload[0..] as bytes 0.. of the block.
  void fill(std::span<std::byte> payload, std::uint32_t stamp) const;

  // Compares; `heap_offset` is where payload[0] lies in the heap and goes into the result.
  std::optional<Damage> compare(std::span<const std::byte> payload, std::uint32_t stamp,
                                std::uint64_t heap_offset) const;

  // True when `address` lies where pattern words point to; then `stamp16` and `offset16` are what the word
  // carries of stamp and offset (12 bits each for k32). An address up to 4 KiB beside a word counts.
  struct Decoded {
    std::uint32_t stamp_bits = 0;
    std::uint32_t offset_bits = 0;
  };
  std::optional<Decoded> decode(std::uint64_t address) const;

  // True when a word with these bits can have been written for (stamp, block of `size` bytes).
  bool may_stem_from(const Decoded& decoded, std::uint32_t stamp, std::uint64_t size) const;

 private:
  PointerWidth width_;
};

// The first byte that is not zero, and how many are not: for calloc and for memory past the heap's end.
std::optional<Damage> compare_with_zero(std::span<const std::byte> bytes, std::uint64_t heap_offset);

}  // namespace heapjudge
