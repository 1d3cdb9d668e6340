// Reference allocator: an implicit list of blocks with boundary tags, and four ways to choose a block.
//
// Theory of operation.
//
//   | fence | tag payload tag | tag payload tag | ... | tag payload tag | fence |
//           '----- block -----'
//
// A tag is one word: the size of its block with both tags, plus 1 while the block is in use. A block carries
// its tag at both ends, so both neighbours are found by arithmetic and freeing needs no search: that is the
// whole of coalescing. The fences are tags of size 0 that are in use for ever; because of them no block has
// to ask whether it is the first or the last. A fence and a tag together make one alignment unit, so every
// payload is aligned when the heap's start and every size are.
//
// Invariants; mm_checkheap checks them by number.
//   1. The first and the last word of the heap are fences.
//   2. Blocks fill the room between the fences; each size is a multiple of kAlignment, at least kMinBlock.
//   3. The two tags of a block are equal.
//   4. No free block has a free neighbour.
//   5. `rover` is the start of a block, or the upper fence.
//
// Build with -DHEAPJUDGE_FIT=first, next, best or worst. Allocation costs one step per block of the heap.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>

#include "memlib.h"
#include "mm.h"

#ifndef HEAPJUDGE_FIT
#define HEAPJUDGE_FIT first
#endif

namespace {

enum class Fit { first, next, best, worst };  // spelled as on the command line
constexpr Fit kFit = Fit::HEAPJUDGE_FIT;

using Word = std::size_t;
constexpr Word kWord = sizeof(Word);
constexpr Word kAlignment = 2 * kWord;
constexpr Word kTags = 2 * kWord;  // what a block costs
constexpr Word kMinBlock = kTags + kAlignment;
constexpr Word kUsed = 1;
constexpr Word kLargestRequest = PTRDIFF_MAX / 4;  // sums of two such stay positive for mem_sbrk

class Block {
 public:
  static Block* at(void* address) { return static_cast<Block*>(address); }
  static Block* of(void* payload) { return at(static_cast<std::byte*>(payload) - kWord); }

  std::byte* start() { return reinterpret_cast<std::byte*>(this); }
  std::byte* payload() { return start() + kWord; }
  Word size() const { return tag_ & ~kUsed; }
  Word payload_size() const { return size() - kTags; }
  bool used() const { return (tag_ & kUsed) != 0; }

  Block* next() { return at(start() + size()); }
  Block* previous() { return at(start() - (tag_below() & ~kUsed)); }  // not for the first block
  bool follows_free() { return (tag_below() & kUsed) == 0; }

  Word& tag() { return tag_; }
  Word& end_tag() { return *reinterpret_cast<Word*>(start() + size() - kWord); }
  void set(Word size, Word used) {
    tag_ = size | used;
    end_tag() = size | used;
  }
  void make_fence() { tag_ = kUsed; }

 private:
  Word tag_below() { return *reinterpret_cast<Word*>(start() - kWord); }

  Word tag_;
};
static_assert(sizeof(Block) == kWord && sizeof(Word) == sizeof(void*));
static_assert(kMinBlock % kAlignment == 0 && (kWord + sizeof(Block)) % kAlignment == 0);

Block* first;  // what lies outside the heap: two pointers, both set by mm_init
Block* rover;  // where next fit goes on

Block* upper_fence() {
  return Block::at(static_cast<std::byte*>(mem_heap_hi()) + 1 - kWord);
}

constexpr Word round_up(Word n, Word unit) {
  return (n + unit - 1) & ~(unit - 1);
}

constexpr Word block_size_for(Word request) {
  return std::max(kMinBlock, round_up(request + kTags, kAlignment));
}
static_assert(block_size_for(1) == kMinBlock && block_size_for(kAlignment + 1) == kMinBlock + kAlignment);

// Keeps `size` bytes of the block; the rest becomes a free block, if it can be one.
void split(Block* block, Word size) {
  const Word rest = block->size() - size;
  if (rest < kMinBlock) return;
  block->set(size, block->tag() & kUsed);
  block->next()->set(rest, 0);
}

// Takes the next block, which is free, into this one.
void absorb_next(Block* block) {
  if (rover == block->next()) rover = block;
  block->set(block->size() + block->next()->size(), block->tag() & kUsed);
}

// Restores invariant 4 around a block that has just become free.
void coalesce(Block* block) {
  if (!block->next()->used()) absorb_next(block);
  if (block->follows_free()) absorb_next(block->previous());
}

void release(Block* block) {
  block->set(block->size(), 0);
  coalesce(block);
}

// A free block of at least `size` bytes at the end of the heap. Only what the last free block lacks is asked
// for. nullptr, and the heap as it was, when it may not grow.
Block* extend(Word size) {
  Block* last = upper_fence();
  Word have = 0;
  if (last->follows_free()) {
    last = last->previous();
    have = last->size();
  }
  if (mem_sbrk(static_cast<std::intptr_t>(size - have)) == reinterpret_cast<void*>(-1)) return nullptr;
  if (rover > last) rover = last;  // it stood at the old fence
  last->set(size, 0);              // without a free last block, the old fence becomes the tag of a new one
  last->next()->make_fence();
  return last;
}

// The first block of [from, to) that is free and large enough.
Block* first_fit(Word size, Block* from, Block* to) {
  for (Block* block = from; block != to; block = block->next()) {
    if (!block->used() && block->size() >= size) return block;
  }
  return nullptr;
}

// Of all that are large enough, the one that `better` puts first; the lowest of equals.
template <class Better>
Block* fit_by(Word size, Better better) {
  Block* chosen = nullptr;
  for (Block* block = first; block->size() != 0; block = block->next()) {
    if (block->used() || block->size() < size) continue;
    if (chosen == nullptr || better(block->size(), chosen->size())) chosen = block;
  }
  return chosen;
}

Block* find(Word size) {
  if constexpr (kFit == Fit::first) return first_fit(size, first, upper_fence());
  if constexpr (kFit == Fit::best) return fit_by(size, [](Word a, Word b) { return a < b; });
  if constexpr (kFit == Fit::worst) return fit_by(size, [](Word a, Word b) { return a > b; });
  Block* ahead = first_fit(size, rover, upper_fence());
  return ahead != nullptr ? ahead : first_fit(size, first, rover);
}

// A block in use of at least `size` bytes, with as little to spare as can be.
Block* take(Word size) {
  Block* block = find(size);
  if (block == nullptr) block = extend(size);
  if (block == nullptr) return nullptr;
  split(block, size);
  block->set(block->size(), kUsed);
  rover = block->next();
  return block;
}

// Makes the block at least `size` bytes large where it stands: into a free neighbour, or over the end of the
// heap. False, and nothing changed, when that cannot be.
bool grow_in_place(Block* block, Word size) {
  Block* next = block->next();
  const Word room = block->size() + (next->used() ? 0 : next->size());
  if (room < size) {
    const bool at_end = block->start() + room == upper_fence()->start();
    if (!at_end || extend(size - block->size()) == nullptr) return false;
  }
  absorb_next(block);
  split(block, size);
  return true;
}

void shrink(Block* block, Word size) {
  if (block->size() - size < kMinBlock) return;
  split(block, size);
  coalesce(block->next());
}

void* move(Block* block, Word request) {
  void* payload = mm_malloc(request);
  if (payload == nullptr) return nullptr;  // and the old block stays as it is
  std::memcpy(payload, block->payload(), std::min(block->payload_size(), request));
  release(block);
  return payload;
}

bool complain(int line, int invariant, Block* block) {
  const auto offset = static_cast<std::size_t>(block->start() - static_cast<std::byte*>(mem_heap_lo()));
  std::fprintf(stderr, "implicit.cc:%d: invariant %d does not hold at +0x%zx\n", line, invariant, offset);
  return false;
}

bool size_is_sound(Block* block) {
  const auto room = static_cast<Word>(upper_fence()->start() - block->start());
  return block->size() >= kMinBlock && block->size() <= room && block->size() % kAlignment == 0;
}

}  // namespace

extern "C" int mm_init(void) {
  void* bottom = mem_sbrk(kAlignment);
  if (bottom == reinterpret_cast<void*>(-1)) return -1;
  Block::at(bottom)->make_fence();
  first = rover = Block::at(static_cast<std::byte*>(bottom) + kWord);
  first->make_fence();
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
  shrink(block, needed);
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
    split(below, gap);
    block = below->next();
    block->set(block->size(), kUsed);
    release(below);
  }
  shrink(block, needed);
  return block->payload();
}

// True when all invariants hold; otherwise prints the first that does not, with the caller's line.
extern "C" bool mm_checkheap(int line) {
  Block* lower = Block::at(mem_heap_lo());
  if (lower->tag() != kUsed) return complain(line, 1, lower);
  bool met_rover = rover == upper_fence();
  Block* block = first;
  for (; block != upper_fence(); block = block->next()) {
    if (!size_is_sound(block)) return complain(line, 2, block);
    if (block->tag() != block->end_tag()) return complain(line, 3, block);
    if (!block->used() && block->follows_free()) return complain(line, 4, block);
    met_rover = met_rover || block == rover;
  }
  if (block->tag() != kUsed) return complain(line, 1, block);
  return met_rover || complain(line, 5, rover);
}
