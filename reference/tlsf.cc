// Reference allocator: two-level segregated fit, every request in constant time.
//
// Theory of operation.
//
//   | books | tag payload    | tag links ... size | tag payload    | fence |
//           '--- in use ----''------ free -------''--- in use ----'
//
// Free blocks are kept in lists by size. The first level is the power of two that a size lies in, a row; the
// second cuts each row into kColumns lists of equal width. Sizes below kSmall share a row, with a list for
// each. Bits say which lists of a row are not empty, and which rows have such a list, so the next list that
// is not empty is two instructions away.
//
// A request is rounded up to where the next list begins. Then any block of the first list that is not empty
// will do, and no list is ever searched. That is good fit rather than best fit: a block that is just large
// enough, in a list that holds smaller ones too, is passed over.
//
// A tag is the size of its block, plus kUsed while the block is in use and kBelowFree while the block below
// is free. Only then is the size of that block needed, to find it, so only free blocks spend a word on it,
// their last. The fence is a tag of size 0 that is in use for ever.
//
// Invariants; mm_checkheap checks them by number.
//   1. The last word of the heap is a fence.
//   2. Blocks fill the room up to the fence; each size is a multiple of kAlignment, at least kMinBlock.
//   3. A tag is marked kBelowFree if and only if the block below is free; the last word of that is its size.
//   4. No free block has a free neighbour.
//   5. The list for its size holds each free block once, and the lists hold no other; the link back from each
//      leads to the one before.
//   6. The bits of rows and columns are set where a list is not empty, and nowhere else.
#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>

#include "memlib.h"
#include "mm.h"

namespace {

using Word = std::size_t;
constexpr Word kWord = sizeof(Word);
constexpr Word kAlignment = 2 * kWord;
constexpr Word kMinBlock = 4 * kWord;
constexpr Word kUsed = 1;
constexpr Word kBelowFree = 2;
constexpr Word kMarks = kUsed | kBelowFree;
constexpr Word kColumns = 16;
constexpr Word kSmall = kColumns * kAlignment;  // from here on, rows are powers of two
constexpr Word kRows = kWord == 8 ? 29 : 25;
constexpr Word kLargestBlock = kSmall << (kRows - 1);  // what is smaller has a list: to 64 GiB, or 2 GiB
constexpr Word kLargestRequest = kLargestBlock / 4;    // an alignment may need as much again

class Block {
 public:
  static Block* at(void* address) { return static_cast<Block*>(address); }
  static Block* of(void* payload) { return at(static_cast<std::byte*>(payload) - kWord); }

  std::byte* start() { return reinterpret_cast<std::byte*>(this); }
  std::byte* payload() { return start() + kWord; }
  Word tag() const { return tag_; }
  Word size() const { return tag_ & ~kMarks; }
  Word payload_size() const { return size() - kWord; }
  bool used() const { return (tag_ & kUsed) != 0; }
  bool follows_free() const { return (tag_ & kBelowFree) != 0; }

  Block* next() { return at(start() + size()); }
  Block* previous() { return at(start() - size_below()); }  // if that one is free
  Word size_below() { return *reinterpret_cast<Word*>(start() - kWord); }

  void set_size(Word size) { tag_ = size | (tag_ & kMarks); }
  void start_used(Word size) { tag_ = size | kUsed; }  // above a block in use
  void mark_used() {
    tag_ |= kUsed;
    next()->tag_ &= ~kBelowFree;
  }
  void mark_free() {
    tag_ &= ~kUsed;
    next()->tag_ |= kBelowFree;
    *reinterpret_cast<Word*>(next()->start() - kWord) = size();
  }

  Block*& newer() { return links_[0]; }  // of free blocks only
  Block*& older() { return links_[1]; }

 private:
  Word tag_;
  Block* links_[2];  // the payload begins here
};
static_assert(sizeof(Word) == sizeof(void*) && kMinBlock % kAlignment == 0);
static_assert(sizeof(Block) + kWord <= kMinBlock, "tag, links and size fit the smallest block");
static_assert(kMarks < kAlignment, "sizes leave the marks' bits alone");

// At the bottom of the heap. The first tag follows, a word below an alignment unit.
struct Books {
  std::uint32_t rows;               // with a list that is not empty
  std::uint32_t columns[kRows];     // whose list is not empty, for each row
  Block* newest[kRows * kColumns];  // of each list
};
static_assert(kRows < 32 && kColumns <= 32, "the bits fit");

Books* books() {
  return static_cast<Books*>(mem_heap_lo());
}

constexpr Word round_up(Word n, Word unit) {
  return (n + unit - 1) & ~(unit - 1);
}

constexpr Word kFirstBlock = round_up(sizeof(Books) + kWord, kAlignment) - kWord;

Block* first_block() {
  return Block::at(static_cast<std::byte*>(mem_heap_lo()) + kFirstBlock);
}

Block* fence() {
  return Block::at(static_cast<std::byte*>(mem_heap_hi()) + 1 - kWord);
}

constexpr Word block_size_for(Word request) {
  return std::max(kMinBlock, round_up(request + kWord, kAlignment));
}
static_assert(block_size_for(3 * kWord) == kMinBlock && block_size_for(3 * kWord + 1) == 6 * kWord);

// Of the list for `size`.
constexpr Word width_at(Word size) {
  return size < kSmall ? kAlignment : std::bit_floor(size) / kColumns;
}

constexpr Word list_of(Word size) {
  if (size < kSmall) return size / kAlignment;
  const auto row = static_cast<Word>(std::bit_width(size) - std::bit_width(kSmall) + 1);
  return row * kColumns + size / width_at(size) - kColumns;
}
static_assert(list_of(kSmall - kAlignment) + 1 == list_of(kSmall));
static_assert(list_of(2 * kSmall - 1) + 1 == list_of(2 * kSmall));
static_assert(list_of(kLargestBlock - 1) + 1 == kRows * kColumns);

void link(Block* block) {
  const Word list = list_of(block->size());
  Block*& newest = books()->newest[list];
  block->newer() = nullptr;
  block->older() = newest;
  if (newest != nullptr) newest->newer() = block;
  newest = block;
  books()->columns[list / kColumns] |= 1u << list % kColumns;
  books()->rows |= 1u << list / kColumns;
}

void unlink(Block* block) {
  const Word list = list_of(block->size());
  Block*& newest = books()->newest[list];
  (block->newer() == nullptr ? newest : block->newer()->older()) = block->older();
  if (block->older() != nullptr) block->older()->newer() = block->newer();
  if (newest != nullptr) return;
  std::uint32_t& columns = books()->columns[list / kColumns];
  columns &= ~(1u << list % kColumns);
  if (columns == 0) books()->rows &= ~(1u << list / kColumns);
}

// Makes the block free, as large as its free neighbours allow.
void release(Block* block) {
  if (!block->next()->used()) {
    unlink(block->next());
    block->set_size(block->size() + block->next()->size());
  }
  if (block->follows_free()) {
    Block* below = block->previous();
    unlink(below);
    below->set_size(below->size() + block->size());
    block = below;
  }
  block->mark_free();
  link(block);
}

// Keeps `size` bytes of a block in use; the rest becomes a free block, if it can be one.
void trim(Block* block, Word size) {
  const Word rest = block->size() - size;
  if (rest < kMinBlock) return;
  block->set_size(size);
  block->next()->start_used(rest);
  release(block->next());
}

// The newest block of the first list whose blocks are all large enough; off the list, when there is one.
Block* find(Word size) {
  const Word from = list_of(size + width_at(size) - kAlignment);
  Word row = from / kColumns;
  std::uint32_t columns = books()->columns[row] & ~0u << from % kColumns;
  if (columns == 0) {
    const std::uint32_t rows = books()->rows & ~0u << (row + 1);
    if (rows == 0) return nullptr;
    row = static_cast<Word>(std::countr_zero(rows));
    columns = books()->columns[row];
  }
  Block* block = books()->newest[row * kColumns + static_cast<Word>(std::countr_zero(columns))];
  unlink(block);
  return block;
}

// A block of at least `size` bytes at the end of the heap, on no list. Only what the last free block lacks is
// asked for: nothing, when find passed it over. nullptr, and the heap as it was, when it may not grow.
Block* extend(Word size) {
  Block* last = fence();
  Word have = 0;
  if (last->follows_free()) {
    last = last->previous();
    have = last->size();
  }
  if (have < size) {
    if (mem_sbrk(static_cast<std::intptr_t>(size - have)) == reinterpret_cast<void*>(-1)) return nullptr;
    fence()->start_used(0);
  }
  if (have != 0) unlink(last);
  last->set_size(std::max(have, size));  // without a free last block, the old fence becomes the tag of one
  return last;
}

// A block in use of at least `size` bytes, with as little to spare as can be.
Block* take(Word size) {
  Block* block = find(size);
  if (block == nullptr) block = extend(size);
  if (block == nullptr) return nullptr;
  block->mark_used();
  trim(block, size);
  return block;
}

// Makes the block at least `size` bytes large where it stands: into a free neighbour, or over the end of the
// heap. False, and nothing changed, when that cannot be.
bool grow_in_place(Block* block, Word size) {
  Block* next = block->next();
  const Word room = block->size() + (next->used() ? 0 : next->size());
  if (room >= size) {
    unlink(next);
  } else {
    const bool at_end = block->start() + room == fence()->start();
    if (!at_end || extend(size - block->size()) == nullptr) return false;
  }
  block->set_size(block->size() + next->size());
  block->mark_used();
  trim(block, size);
  return true;
}

void* move(Block* block, Word request) {
  void* payload = mm_malloc(request);
  if (payload == nullptr) return nullptr;  // and the old block stays as it is
  std::memcpy(payload, block->payload(), std::min(block->payload_size(), request));
  release(block);
  return payload;
}

bool complain(int line, int invariant, void* where) {
  const auto offset =
      static_cast<std::size_t>(static_cast<std::byte*>(where) - reinterpret_cast<std::byte*>(books()));
  std::fprintf(stderr, "tlsf.cc:%d: invariant %d does not hold at +0x%zx\n", line, invariant, offset);
  return false;
}

bool size_is_sound(Block* block) {
  const auto room = static_cast<Word>(fence()->start() - block->start());
  return block->size() >= kMinBlock && block->size() <= room && block->size() % kAlignment == 0;
}

// Invariants 5 and 6, given the number of free blocks in the heap. A ring is found because it is longer.
bool lists_are_sound(int line, std::size_t free_blocks) {
  std::uint32_t rows = 0;
  std::uint32_t columns[kRows] = {};
  for (Word list = 0; list < kRows * kColumns; ++list) {
    Block* newer = nullptr;
    for (Block* block = books()->newest[list]; block != nullptr; newer = block, block = block->older()) {
      const bool in_heap = block >= first_block() && block < fence();
      if (!in_heap || free_blocks-- == 0) return complain(line, 5, block);
      if (block->used() || list_of(block->size()) != list) return complain(line, 5, block);
      if (block->newer() != newer) return complain(line, 5, block);
      rows |= 1u << list / kColumns;
      columns[list / kColumns] |= 1u << list % kColumns;
    }
  }
  if (free_blocks != 0) return complain(line, 5, fence());
  const bool bits_agree = rows == books()->rows && std::ranges::equal(columns, books()->columns);
  return bits_agree || complain(line, 6, books());
}

}  // namespace

extern "C" int mm_init(void) {
  if (mem_sbrk(kFirstBlock + kWord) == reinterpret_cast<void*>(-1)) return -1;
  std::memset(books(), 0, sizeof(Books));
  fence()->start_used(0);
  return 0;
}

extern "C" void* mm_malloc(std::size_t size) {
  if (size == 0 || size > kLargestRequest) return nullptr;
  Block* block = take(block_size_for(size));
  return block == nullptr ? nullptr : block->payload();
}

extern "C" void mm_free(void* payload) {
  if (payload != nullptr) release(Block::of(payload));
}

extern "C" void* mm_realloc(void* payload, std::size_t size) {
  if (payload == nullptr) return mm_malloc(size);
  if (size == 0) {
    mm_free(payload);
    return nullptr;
  }
  if (size > kLargestRequest) return nullptr;
  Block* block = Block::of(payload);
  const Word needed = block_size_for(size);
  if (needed > block->size()) return grow_in_place(block, needed) ? payload : move(block, size);
  trim(block, needed);
  return payload;
}

extern "C" void* mm_calloc(std::size_t count, std::size_t size) {
  if (size != 0 && count > SIZE_MAX / size) return nullptr;
  void* payload = mm_malloc(count * size);
  return payload == nullptr ? nullptr : std::memset(payload, 0, count * size);
}

// The block is taken with room to spare; what lies below the aligned payload becomes a free block.
extern "C" void* mm_memalign(std::size_t alignment, std::size_t size) {
  if (alignment <= kAlignment) return mm_malloc(size);
  if ((alignment & (alignment - 1)) != 0 || alignment > kLargestRequest) return nullptr;
  if (size == 0 || size > kLargestRequest) return nullptr;
  const Word needed = block_size_for(size);
  Block* block = take(needed + alignment + kMinBlock);
  if (block == nullptr) return nullptr;
  const auto payload = reinterpret_cast<std::uintptr_t>(block->payload());
  Word gap = round_up(payload, alignment) - payload;
  if (gap != 0) {
    if (gap < kMinBlock) gap += alignment;
    Block* below = block;
    block = Block::at(below->start() + gap);
    block->start_used(below->size() - gap);
    below->set_size(gap);
    release(below);
  }
  trim(block, needed);
  return block->payload();
}

// True when all invariants hold; otherwise prints the first that does not, with the caller's line.
extern "C" bool mm_checkheap(int line) {
  std::size_t free_blocks = 0;
  Block* block = first_block();
  bool below_free = false;
  for (; block != fence(); block = block->next()) {
    if (!size_is_sound(block)) return complain(line, 2, block);
    if (block->follows_free() != below_free) return complain(line, 3, block);
    if (!block->used() && below_free) return complain(line, 4, block);
    below_free = !block->used();
    if (!below_free) continue;
    ++free_blocks;
    if (block->next()->size_below() != block->size()) return complain(line, 3, block);
  }
  if (block->tag() != (below_free ? kMarks : kUsed)) return complain(line, 1, block);
  return lists_are_sound(line, free_blocks);
}
