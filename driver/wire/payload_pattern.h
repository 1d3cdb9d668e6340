// What stands in live payloads, so that any lost, moved or damaged byte shows and can be decoded. The request
// server writes it, as a client of the allocator would; the judge checks every byte of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "wire/damage.h"

namespace heapjudge {

// How wide a pointer the pattern must be harmless as: no word of it points at mapped memory.
enum class PointerWidth : std::uint8_t {
  k64,  // 8-byte words 0x00005eedSSSSOOOO: stamp and byte offset
  k32   // 4-byte words 0x5eSSSOOO, the same idea; for 32-bit programs and heaps below 4 GiB
};

// A payload may be larger than the machine's memory, in a heap whose pages appear where they are written to. So from
// kDensePayloadBytes on, only a page at every power of two is filled and looked at: which ones does not depend on the
// payload's size, and a payload that is cut or grows keeps them.
inline constexpr std::uint64_t kDensePayloadBytes = std::uint64_t{64} << 20;
inline constexpr std::uint64_t kSparsePageBytes = 4096;

// How much of a payload below that is filled and looked at. A hunt would spend most of its time on the bytes of a few
// large blocks, and what damages these damages small ones.
enum class Coverage : std::uint8_t {
  kWhole,   // every byte
  kSampled  // every byte of the first KiB, and a line at its end, at every page after that, and later at every 16th
};
inline constexpr std::uint64_t kSampledWholeBytes = 1024;
inline constexpr std::uint64_t kSampledStepBytes = 4096;
inline constexpr std::uint64_t kSampledLineBytes = 64;
inline constexpr std::uint64_t kSampledNearBytes = std::uint64_t{64} << 10;

// Where the line after the one at byte `at` of a payload is: a page on, and from kSampledNearBytes on so much.
constexpr std::uint64_t sample_after(std::uint64_t at) {
  return at + (at < kSampledNearBytes ? kSampledStepBytes : kSampledNearBytes);
}

// Where each store is looked at before it happens, sweeps seldom find damage: samples are enough.
constexpr Coverage coverage_where(bool stores_are_guarded) {
  return stores_are_guarded ? Coverage::kSampled : Coverage::kWhole;
}

// Each filling of a block gets a new stamp (the number of the request that caused it), so that stale copies
// of the same block differ. Pure functions of (width, stamp, position in the block).
//
//   byte        7  6   5  4   3 2    1 0            the word at byte 8 of a block filled with stamp 12:
//   k64        00 00  5e ed  stamp  offset          0x00005eed000c0008, stored little end first
//   k32                5e  stamp:12  offset:12      words of 4 bytes; a last, shorter word is cut off
//
// A stamp or an offset that does not fit its field leaves its low bits there, and its high bits are mixed
// into the stamp field.
class PayloadPattern {
 public:
  explicit PayloadPattern(PointerWidth width, Coverage coverage = Coverage::kWhole)
      : width_(width), coverage_(coverage) {}

  // Fills payload[0..] as bytes 0.. of the block.
  void fill(std::span<std::byte> payload, std::uint32_t stamp) const;

  // Compares; `heap_offset` is where payload[0] lies in the heap and goes into the result.
  std::optional<Damage> compare(std::span<const std::byte> payload, std::uint32_t stamp,
                                std::uint64_t heap_offset) const;

  // The two fields of `address` when it lies where pattern words point to, or up to kReach beside: 16 bits of
  // stamp and of offset, 12 bits each for k32. An address beside a word may carry its neighbour's fields.
  static constexpr std::uint64_t kReach = 4096;
  struct Decoded {
    std::uint32_t stamp_bits = 0;
    std::uint32_t offset_bits = 0;
  };
  std::optional<Decoded> decode(std::uint64_t address) const;

  // True when a word at most `reach` bytes beside the decoded address was written for (stamp, block of `size`
  // bytes); with reach 0, exactly this word. Blocks with neighbouring stamps lie 64 KiB apart (4 KiB for
  // k32), so a small reach tells more.
  bool may_stem_from(const Decoded& decoded, std::uint32_t stamp, std::uint64_t size,
                     std::uint64_t reach = 0) const;

 private:
  PointerWidth width_;
  Coverage coverage_;
};

// The first byte that is not zero, and how many are not: for calloc and for memory past the heap's end. Of many bytes,
// those that a payload would have filled.
std::optional<Damage> compare_with_zero(std::span<const std::byte> bytes, std::uint64_t heap_offset);

}  // namespace heapjudge
