// Reference allocator: binary buddies.
//
// Theory of operation.
//
//   | books | block 32 | block 32 |   block 64   |          block 128           | ...
//           0          32         64             128                            256   place
//
// The size of a block is a power of two, and its place, counted from the first block, is a multiple of its
// size. So a block has one buddy, the other half of the block that both were split from, and finds it by
// turning over one bit of its place: no tag at the upper end, no search. The price is that requests are
// rounded up to a power of two, tag included.
//
// Splitting a block that is too large leaves its upper half, then the upper half of the lower half, and so
// on. A block that becomes free takes in its buddy as long as that one is whole and free. The heap grows as
// if by blocks given back, each as large as its place allows.
//
// A tag is the size of its block, plus kUsed while it is in use. A payload that was asked for at an alignment
// may lie in the middle of its block; the word below it then is the distance to the block, plus kInside.
//
// Invariants; mm_checkheap checks them by number.
//   1. Blocks fill the heap above the books; each size is a power of two, at least kMinBlock.
//   2. The place of a block is a multiple of its size.
//   3. No free block has a free buddy of its size.
//   4. List k holds each free block of size 2^k once, and no other; the link back from each leads to the one
//      before.
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
constexpr Word kInside = 2;
constexpr Word kOrders = 8 * kWord;                // a list for each power of two; the first stay empty
constexpr Word kLargestRequest = PTRDIFF_MAX / 8;  // a block and the room below it stay positive for mem_sbrk

class Block {
 public:
  static Block* at(void* address) { return static_cast<Block*>(address); }

  static Block* of(void* payload) {
    Block* below = at(static_cast<std::byte*>(payload) - kWord);
    return (below->tag_ & kInside) == 0 ? below : at(below->start() - (below->tag_ & ~kInside));
  }

  std::byte* start() { return reinterpret_cast<std::byte*>(this); }
  std::byte* payload() { return start() + kWord; }
  Word size() const { return tag_ & ~kUsed; }
  bool used() const { return (tag_ & kUsed) != 0; }
  bool is_free_of(Word size) const { return tag_ == size; }

  void set(Word size, Word used) { tag_ = size | used; }
  void make_way_back(Word distance) { tag_ = distance | kInside; }

  Block*& newer() { return links_[0]; }  // of free blocks only
  Block*& older() { return links_[1]; }

 private:
  Word tag_;
  Block* links_[2];  // the payload begins here
};
static_assert(sizeof(Word) == sizeof(void*) && kMinBlock % kAlignment == 0);
static_assert(sizeof(Block) <= kMinBlock, "the tag and the links fit the smallest block");
static_assert((kUsed | kInside) < kAlignment, "sizes and distances leave the marks' bits alone");

// At the bottom of the heap. The first block follows.
struct Books {
  Word room;               // bytes in blocks
  Block* newest[kOrders];  // of each list
  Word first_tag;  // where the first block begins; an alignment unit ends there, so payloads are aligned
};

Books* books() {
  return static_cast<Books*>(mem_heap_lo());
}

std::byte* first_place() {
  return reinterpret_cast<std::byte*>(&books()->first_tag);
}
constexpr Word kBooks = offsetof(Books, first_tag);
static_assert((kBooks + kWord) % kAlignment == 0, "the first payload is aligned");

Word place_of(Block* block) {
  return static_cast<Word>(block->start() - first_place());
}

Block* block_at(Word place) {
  return Block::at(first_place() + place);
}

Block*& newest_of(Word size) {
  return books()->newest[std::countr_zero(size)];
}

constexpr Word round_up(Word n, Word unit) {
  return (n + unit - 1) & ~(unit - 1);
}

constexpr Word block_size_for(Word request) {
  return std::max(kMinBlock, std::bit_ceil(request + kWord));
}
static_assert(block_size_for(3 * kWord) == kMinBlock && block_size_for(3 * kWord + 1) == 2 * kMinBlock);

void link(Block* block) {
  Block*& newest = newest_of(block->size());
  block->newer() = nullptr;
  block->older() = newest;
  if (newest != nullptr) newest->newer() = block;
  newest = block;
}

void unlink(Block* block) {
  (block->newer() == nullptr ? newest_of(block->size()) : block->newer()->older()) = block->older();
  if (block->older() != nullptr) block->older()->newer() = block->newer();
}

// The free buddy that a block of `size` bytes at `place` would merge with, or nullptr.
Block* free_buddy(Word place, Word size) {
  const Word other = place ^ size;
  if (other >= books()->room || books()->room - other < size) return nullptr;
  Block* buddy = block_at(other);
  return buddy->is_free_of(size) ? buddy : nullptr;
}

// Makes `size` bytes at `place` free, with all the buddies they complete.
void release(Word place, Word size) {
  for (; Block* buddy = free_buddy(place, size); size *= 2) {
    unlink(buddy);
    place &= ~size;
  }
  block_at(place)->set(size, 0);
  link(block_at(place));
}

// Halves a block in use until it is as small as `size` allows.
void split(Block* block, Word size) {
  while (block->size() > size) {
    const Word half = block->size() / 2;
    block->set(half, kUsed);
    release(place_of(block) + half, half);
  }
}

// What the room must become for a free block of `size` bytes at its end. The last place for one that is there
// already does when all above it is free.
Word room_for(Word size) {
  const Word room = books()->room;
  const Word place = room & ~(size - 1);
  Word at = place;
  while (at < room && !block_at(at)->used()) at += block_at(at)->size();
  return at == room ? place + size : round_up(room, size) + size;
}

// No block at `place` is larger: the lowest bit that is set.
Word largest_at(Word place) {
  return place == 0 ? SIZE_MAX : place & (~place + 1);
}

// Makes a free block of at least `size` bytes. False, and the heap as it was, when it may not grow.
bool extend(Word size) {
  const Word goal = room_for(size);
  Word& room = books()->room;
  if (mem_sbrk(static_cast<std::intptr_t>(goal - room)) == reinterpret_cast<void*>(-1)) return false;
  while (room < goal) {
    const Word place = room;
    const Word piece = std::bit_floor(std::min(goal - place, largest_at(place)));
    room += piece;
    release(place, piece);
  }
  return true;
}

// The newest of the smallest free blocks that are large enough.
Block* find(Word size) {
  for (auto order = static_cast<Word>(std::countr_zero(size)); order < kOrders; ++order) {
    if (books()->newest[order] != nullptr) return books()->newest[order];
  }
  return nullptr;
}

// A block in use of `size` bytes, a power of two.
Block* take(Word size) {
  Block* block = find(size);
  if (block == nullptr && extend(size)) block = find(size);
  if (block == nullptr) return nullptr;
  unlink(block);
  block->set(block->size(), kUsed);
  split(block, size);
  return block;
}

// Takes in the buddies above until the block has `size` bytes. False, and nothing changed, when one is used.
bool grow_in_place(Block* block, Word size) {
  const Word place = place_of(block);
  if (place % size != 0) return false;
  for (Word have = block->size(); have < size; have *= 2) {
    if (free_buddy(place, have) == nullptr) return false;
  }
  for (Word have = block->size(); have < size; have *= 2) unlink(free_buddy(place, have));
  block->set(size, kUsed);
  return true;
}

void* move(void* from, Word request) {
  void* to = mm_malloc(request);
  if (to == nullptr) return nullptr;  // and the old block stays as it is
  Block* block = Block::of(from);
  const auto below = static_cast<Word>(static_cast<std::byte*>(from) - block->start());
  std::memcpy(to, from, std::min(block->size() - below, request));
  mm_free(from);
  return to;
}

bool complain(int line, int invariant, Block* block) {
  const auto offset = static_cast<std::size_t>(block->start() - static_cast<std::byte*>(mem_heap_lo()));
  std::fprintf(stderr, "buddy.cc:%d: invariant %d does not hold at +0x%zx\n", line, invariant, offset);
  return false;
}

bool size_is_sound(Block* block) {
  const Word left = books()->room - place_of(block);
  return block->size() >= kMinBlock && block->size() <= left && std::has_single_bit(block->size());
}

// Invariant 4, given the number of free blocks of a size. A ring is found because it is longer than that.
bool list_is_sound(int line, Word size, std::size_t free_blocks) {
  Block* newer = nullptr;
  for (Block* block = newest_of(size); block != nullptr; newer = block, block = block->older()) {
    const bool in_heap = place_of(block) < books()->room;
    if (!in_heap || free_blocks-- == 0) return complain(line, 4, block);
    if (!block->is_free_of(size) || block->newer() != newer) return complain(line, 4, block);
  }
  return free_blocks == 0 || complain(line, 4, block_at(books()->room));
}

}  // namespace

extern "C" int mm_init(void) {
  if (mem_sbrk(kBooks) == reinterpret_cast<void*>(-1)) return -1;
  std::memset(books(), 0, kBooks);
  return 0;
}

extern "C" void* mm_malloc(std::size_t size) {
  if (size == 0 || size > kLargestRequest) return nullptr;
  Block* block = take(block_size_for(size));
  return block == nullptr ? nullptr : block->payload();
}

extern "C" void mm_free(void* payload) {
  if (payload == nullptr) return;
  Block* block = Block::of(payload);
  release(place_of(block), block->size());
}

extern "C" void* mm_realloc(void* payload, std::size_t size) {
  if (payload == nullptr) return mm_malloc(size);
  if (size == 0) {
    mm_free(payload);
    return nullptr;
  }
  if (size > kLargestRequest) return nullptr;
  Block* block = Block::of(payload);
  const auto below = static_cast<Word>(static_cast<std::byte*>(payload) - block->payload());
  const Word needed = block_size_for(below + size);
  if (needed > block->size()) return grow_in_place(block, needed) ? payload : move(payload, size);
  split(block, needed);
  return payload;
}

extern "C" void* mm_calloc(std::size_t count, std::size_t size) {
  if (size != 0 && count > SIZE_MAX / size) return nullptr;
  void* payload = mm_malloc(count * size);
  return payload == nullptr ? nullptr : std::memset(payload, 0, count * size);
}

// The block has room for the payload wherever the alignment puts it.
extern "C" void* mm_memalign(std::size_t alignment, std::size_t size) {
  if (alignment <= kAlignment) return mm_malloc(size);
  if ((alignment & (alignment - 1)) != 0 || alignment > kLargestRequest) return nullptr;
  if (size == 0 || size > kLargestRequest) return nullptr;
  Block* block = take(block_size_for(alignment - kAlignment + size));
  if (block == nullptr) return nullptr;
  const auto lowest = reinterpret_cast<std::uintptr_t>(block->payload());
  const Word below = round_up(lowest, alignment) - lowest;
  std::byte* payload = block->payload() + below;
  if (below != 0) Block::at(payload - kWord)->make_way_back(below);
  split(block, block_size_for(below + size));
  return payload;
}

// True when all invariants hold; otherwise prints the first that does not, with the caller's line.
extern "C" bool mm_checkheap(int line) {
  std::size_t free_blocks[kOrders] = {};
  if (books()->room != mem_heapsize() - kBooks) return complain(line, 1, block_at(books()->room));
  for (Word place = 0; place != books()->room; place += block_at(place)->size()) {
    Block* block = block_at(place);
    if (!size_is_sound(block)) return complain(line, 1, block);
    if (place % block->size() != 0) return complain(line, 2, block);
    if (block->used()) continue;
    if (free_buddy(place, block->size()) != nullptr) return complain(line, 3, block);
    ++free_blocks[std::countr_zero(block->size())];
  }
  for (Word order = 0; order < kOrders; ++order) {
    if (!list_is_sound(line, Word{1} << order, free_blocks[order])) return false;
  }
  return true;
}
