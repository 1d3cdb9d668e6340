// How the blocks of a heap are laid out where a course prescribes it, and the ways in which one may not be.
#pragma once

#include <cstdint>

namespace heapjudge {

// Theory of operation.
//
//       header_bytes
//   | header |  ...  | payload ...                    | footer |  header of the next block
//   ^ word_bytes     ^ what the allocator returned    ^ word_bytes, at the block's end
//
// Header and footer are words of the processor's byte order, size | flags; the size is a multiple of 2^flag_bits.
struct BlockLayout {
  enum class Footers : std::uint8_t { kNone, kFree, kAll };  // which blocks have one

  std::uint32_t word_bytes = 8;         // 4 or 8
  std::uint32_t header_bytes = 8;       // from the header to the payload; at least word_bytes
  std::uint32_t flag_bits = 4;          // the lowest ones of the word, which are no part of the size
  std::uint32_t allocated_bit = 0;      // the one of them that is set in a block that is not free
  bool size_is_of_payload = false;      // the size counts neither header nor footer
  Footers footers = Footers::kNone;
  bool walk = false;                    // between live blocks lie free ones, end to end

  friend bool operator==(const BlockLayout&, const BlockLayout&) = default;
};

enum class LayoutRule : std::uint8_t {
  kNoHeader,        // the heap has no room for a header before the payload
  kMarkedFree,      // a live block is not marked as allocated
  kTooSmall,        // the size cannot hold the payload
  kPastTheEnd,      // by its size the block ends past the heap's end
  kIntoTheNext,     // or within the next live block
  kFooterDiffers,   // size or allocated bit of the footer are not the header's
  kMarkedAllocated, // a block that is not live is marked as allocated
  kLost             // by its size the block holds not even its header, so that no way leads on to the next
};

// Offsets are heap offsets.
struct LayoutBreach {
  LayoutRule rule = LayoutRule::kNoHeader;
  bool between_live = false;     // of what lies behind the live block, and is none
  std::uint64_t at = 0;          // of the word that is wrong; kNoHeader: of the payload
  std::uint64_t word = 0;        // as found
  std::uint32_t word_bytes = 8;
  std::uint64_t size = 0;        // that it tells
  bool allocated = false;        // likewise
  std::uint64_t block_bytes = 0; // of the whole block, by that size
  std::uint64_t expected = 0;    // kTooSmall: block_bytes at least; kPastTheEnd, kIntoTheNext: its end at most;
                                 // kFooterDiffers: the header's word; kMarkedFree, kMarkedAllocated: the bit

  friend bool operator==(const LayoutBreach&, const LayoutBreach&) = default;
};

}  // namespace heapjudge
