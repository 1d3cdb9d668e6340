// What the heap of bins.cc, which alone includes this, is made of: blocks, the arena, and which bin a size belongs to.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <iterator>

#include "memlib.h"

namespace {

using Word = std::size_t;
constexpr Word kWord = sizeof(Word);
constexpr Word kAlignment = 2 * kWord;
constexpr Word kMinBlock = 4 * kWord;
constexpr Word kUsed = 1;
constexpr Word kBelowFree = 2;
constexpr Word kMapped = 4;
constexpr Word kMarks = kUsed | kBelowFree | kMapped;
constexpr Word kLargestRequest = PTRDIFF_MAX / 4;     // sums of two such stay positive for mem_sbrk
constexpr Word kLargestFast = 8 * kAlignment;
constexpr Word kFastLists = (kLargestFast - kMinBlock) / kAlignment + 1;
constexpr Word kSmallBins = 64;                       // the first two stay empty
constexpr Word kFirstLarge = kSmallBins * kAlignment;
constexpr Word kBins = kSmallBins + 32 + 16 + 8 + 4 + 2 + 1;
constexpr Word kMapBits = 8 * kWord;
constexpr Word kConsolidateFrom = Word{64} << 10;     // a free block of this size says that much has been freed

class Block {
 public:
  static Block* at(void* address) { return static_cast<Block*>(address); }
  static Block* of(void* payload) { return at(static_cast<std::byte*>(payload) - kWord); }

  std::byte* start() { return reinterpret_cast<std::byte*>(this); }
  std::byte* payload() { return start() + kWord; }
  Word size() const { return tag_ & ~kMarks; }
  Word payload_size() const { return size() - kWord; }
  bool used() const { return (tag_ & kUsed) != 0; }
  bool mapped() const { return (tag_ & kMapped) != 0; }
  bool follows_free() const { return (tag_ & kBelowFree) != 0; }

  Block* next() { return at(start() + size()); }
  Block* below() { return at(start() - word_below()); }  // the free one

  Word& word_below() { return *reinterpret_cast<Word*>(start() - kWord); }

  void set_used(Word size) {
    tag_ = size | kUsed | (tag_ & kBelowFree);
    next()->tag_ &= ~kBelowFree;
  }
  void set_free(Word size) {
    tag_ = size | (tag_ & kBelowFree);
    next()->word_below() = size;
    next()->tag_ |= kBelowFree;
  }
  void set_top() { tag_ = kUsed; }
  void set_mapped(Word size, Word from_start) {
    tag_ = size | kUsed | kMapped;
    word_below() = from_start;
  }

  Block*& before() { return links_[0]; }  // of free blocks only
  Block*& after() { return links_[1]; }   // and of those on fast lists

 private:
  Word tag_;
  Block* links_[2];  // the payload begins here
};
static_assert(sizeof(Word) == sizeof(void*) && sizeof(Block) + kWord <= kMinBlock);

// A bin is a ring of free blocks, known by its first one; nullptr when it is empty.
struct Arena {
  Block* fast[kFastLists];
  Block* unsorted;
  Block* bins[kBins];
  Word map[(kBins + kMapBits - 1) / kMapBits];
  Block* top;
  Block* remainder;  // of the block that a small request split last: the next ones are to lie beside it
};

Arena* arena;  // at the start of the heap. What lies outside: this pointer, set by mm_init

std::byte* heap_end() {
  return static_cast<std::byte*>(mem_heap_hi()) + 1;
}

constexpr Word round_up(Word n, Word unit) {
  return (n + unit - 1) & ~(unit - 1);
}

constexpr Word block_size_for(Word request) {
  return std::max(kMinBlock, round_up(request + kWord, kAlignment));
}

constexpr Word kMappedFrom = block_size_for(Word{128} << 10);

// Small bins are one unit wide. Then come 32 bins of 64 bytes, 16 of 512, 8 of 4 KiB and so on, and one for
// all that is larger.
constexpr Word bin_of(Word size) {
  if (size < kFirstLarge) return size / kAlignment;
  Word bin = kSmallBins;
  Word above = size - kFirstLarge;
  Word width = 64;
  for (Word bins = 32; bins > 1; bins /= 2, width *= 8) {
    if (above < bins * width) return bin + above / width;
    above -= bins * width;
    bin += bins;
  }
  return bin;
}
static_assert(bin_of(kFirstLarge - 1) == kSmallBins - 1 && bin_of(kFirstLarge) == kSmallBins);
static_assert(bin_of(kLargestRequest) == kBins - 1 && kAlignment <= 64);

Block*& fast_list_of(Word size) {
  return arena->fast[(size - kMinBlock) / kAlignment];
}

void set_bit(Word bin) {
  arena->map[bin / kMapBits] |= Word{1} << bin % kMapBits;
}

void clear_bit(Word bin) {
  arena->map[bin / kMapBits] &= ~(Word{1} << bin % kMapBits);
}

// The first bin from `bin` on that is not empty; kBins when there is none.
Word next_bin(Word bin) {
  for (Word word = bin / kMapBits; word < std::size(arena->map); ++word) {
    Word bits = arena->map[word];
    if (word == bin / kMapBits) bits &= ~Word{0} << bin % kMapBits;
    if (bits != 0) return word * kMapBits + static_cast<Word>(std::countr_zero(bits));
  }
  return kBins;
}

Block* first_block() {
  const Word bytes = round_up(sizeof(Arena) + kWord, kAlignment);
  return Block::at(static_cast<std::byte*>(mem_heap_lo()) + bytes - kWord);
}

}  // namespace
