// The live blocks of a trace that is being decoded: by order of allocation, and by chance.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "check.h"
#include "trace/request.h"

namespace heapjudge {

// Invariant: count() blocks, each added and not removed since, linked in the order in which they were added.
// Every function takes the same short time, however many there are.
template <std::size_t kMostBlocks>
class LiveList {
 public:
  std::size_t count() const { return count_; }
  std::uint64_t bytes() const { return bytes_; }  // of all blocks together

  void clear() {
    count_ = 0;
    bytes_ = 0;
    oldest_ = newest_ = kNone;
  }

  // `block` is not in the list.
  void add(BlockId block, std::uint32_t size) {
    ensure(block < kMostBlocks, "a block beyond the list");
    blocks_[block] = {size, newest_, kNone, static_cast<Short>(count_)};
    (newest_ == kNone ? oldest_ : blocks_[newest_].after) = static_cast<Short>(block);
    newest_ = static_cast<Short>(block);
    places_[count_++] = static_cast<Short>(block);
    bytes_ += size;
  }

  // Here and below `block` is in the list.
  void remove(BlockId block) {
    const Block gone = blocks_[block];
    (gone.before == kNone ? oldest_ : blocks_[gone.before].after) = gone.after;
    (gone.after == kNone ? newest_ : blocks_[gone.after].before) = gone.before;
    const Short last = places_[--count_];
    places_[gone.place] = last;
    blocks_[last].place = gone.place;
    bytes_ -= gone.size;
  }

  void resize(BlockId block, std::uint32_t size) {
    bytes_ += size;
    bytes_ -= blocks_[block].size;
    blocks_[block].size = size;
  }

  std::uint32_t size_of(BlockId block) const { return blocks_[block].size; }

  BlockId at(std::size_t place) const { return places_[place]; }  // place < count(); in no order
  BlockId oldest() const { return id_of(oldest_); }               // kNoBlock when there is none
  BlockId newest() const { return id_of(newest_); }
  BlockId before(BlockId block) const { return id_of(blocks_[block].before); }
  BlockId after(BlockId block) const { return id_of(blocks_[block].after); }

 private:
  using Short = std::uint16_t;
  static constexpr Short kNone = 0xffff;
  static_assert(kMostBlocks < kNone);

  struct Block {
    std::uint32_t size;
    Short before, after;
    Short place;  // in places_
  };

  static BlockId id_of(Short block) { return block == kNone ? kNoBlock : block; }

  std::array<Block, kMostBlocks> blocks_;
  std::array<Short, kMostBlocks> places_;
  std::size_t count_ = 0;
  std::uint64_t bytes_ = 0;
  Short oldest_ = kNone;
  Short newest_ = kNone;
};

}  // namespace heapjudge
