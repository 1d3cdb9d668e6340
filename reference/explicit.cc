// Reference allocator: an explicit list of the free blocks, the newest or the lowest first, with boundary tags.
//
// Theory of operation.
//
//   | fence | tag payload tag | tag links ... tag | tag payload tag | fence |
//           '---- in use ----'  '----- free -----'
//
// Tags and fences are those of implicit.cc. What is new: a free block keeps two links where its payload was,
// and the list they make holds the free blocks and nothing else. So a search looks at free blocks alone, and
// costs nothing for the many that are in use. A block leaves the list before it is changed in any way, and
// comes back, coalesced, when that is over: release() is the only way in.
//
// Where on the list is the choice. In front (lifo) costs nothing, and hands out again what the caches still
// hold; but the list soon leads across the heap at random, and so lie the blocks that are taken from it. By
// address costs a search at each release; then the lowest block that fits is taken, so that the holes gather at
// the end of the heap, where they grow together.
//
// Invariants; mm_checkheap checks them by number.
//   1. The first and the last word of the heap are fences.
//   2. Blocks fill the room between the fences; each size is a multiple of kAlignment, at least kMinBlock.
//   3. The two tags of a block are equal.
//   4. No free block has a free neighbour.
//   5. The list holds each free block once, and no other; the link back from each leads to the one before.
//   6. By address: each block on the list lies above the one before.
//
// Build with -DHEAPJUDGE_ORDER=lifo or address.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <utility>

#include "memlib.h"
#include "mm.h"

#ifndef HEAPJUDGE_ORDER
#define HEAPJUDGE_ORDER lifo
#endif

namespace {

enum class Order { lifo, address };  // spelled as on the command line
constexpr Order kOrder = Order::HEAPJUDGE_ORDER;

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

  Word tag() const { return tag_; }
  Word& end_tag() { return *reinterpret_cast<Word*>(start() + size() - kWord); }
  void set(Word size, Word used) {
    tag_ = size | used;
    end_tag() = size | used;
  }
  void make_fence() { tag_ = kUsed; }

  Block*& before() { return links_[0]; }  // on the list: of free blocks only
  Block*& after() { return links_[1]; }

 private:
  Word tag_below() { return *reinterpret_cast<Word*>(start() - kWord); }

  Word tag_;
  Block* links_[2];  // the payload begins here
};
static_assert(sizeof(Word) == sizeof(void*) && 2 * kWord % kAlignment == 0);
static_assert(sizeof(Block) + kWord <= kMinBlock, "the links and both tags fit the smallest block");

Block* head;  // what lies outside the heap: where the list begins, set by mm_init

Block* upper_fence() {
  return Block::at(static_cast<std::byte*>(mem_heap_hi()) + 1 - kWord);
}

Block* first_block() {
  return Block::at(static_cast<std::byte*>(mem_heap_lo()) + kWord);
}

constexpr Word round_up(Word n, Word unit) {
  return (n + unit - 1) & ~(unit - 1);
}

constexpr Word block_size_for(Word request) {
  return std::max(kMinBlock, round_up(request + kTags, kAlignment));
}

void link(Block* block) {
  Block* before = nullptr;
  Block* after = head;
  if constexpr (kOrder == Order::address) {
    while (after != nullptr && after < block) before = std::exchange(after, after->after());
  }
  block->before() = before;
  block->after() = after;
  (before == nullptr ? head : before->after()) = block;
  if (after != nullptr) after->before() = block;
}

void unlink(Block* block) {
  (block->before() == nullptr ? head : block->before()->after()) = block->after();
  if (block->after() != nullptr) block->after()->before() = block->before();
}

// Takes the next block, which is on no list, into this one.
void absorb_next(Block* block) {
  block->set(block->size() + block->next()->size(), block->tag() & kUsed);
}

// Makes the block free, as large as its free neighbours allow.
void release(Block* block) {
  block->set(block->size(), 0);
  if (!block->next()->used()) {
    unlink(block->next());
    absorb_next(block);
  }
  if (block->follows_free()) {
    block = block->previous();
    unlink(block);
    absorb_next(block);
  }
  link(block);
}

// Keeps `size` bytes of a block in use; the rest becomes a free block, if it can be one.
void trim(Block* block, Word size) {
  const Word rest = block->size() - size;
  if (rest < kMinBlock) return;
  block->set(size, kUsed);
  block->next()->set(rest, kUsed);
  release(block->next());
}

// A free block on no list, of at least `size` bytes, at the end of the heap. Only what the last free block
// lacks is asked for. nullptr, and the heap as it was, when it may not grow.
Block* extend(Word size) {
  Block* last = upper_fence();
  Word have = 0;
  if (last->follows_free()) {
    last = last->previous();
    have = last->size();
  }
  if (mem_sbrk(static_cast<std::intptr_t>(size - have)) == reinterpret_cast<void*>(-1)) return nullptr;
  if (have != 0) unlink(last);
  last->set(size, 0);  // without a free last block, the old fence becomes the tag of a new one
  last->next()->make_fence();
  return last;
}

// Off the list, when there is one.
Block* find(Word size) {
  Block* block = head;
  while (block != nullptr && block->size() < size) block = block->after();
  if (block != nullptr) unlink(block);
  return block;
}

// A block in use of at least `size` bytes, with as little to spare as can be.
Block* take(Word size) {
  Block* block = find(size);
  if (block == nullptr) block = extend(size);
  if (block == nullptr) return nullptr;
  block->set(block->size(), kUsed);
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
    const bool at_end = block->start() + room == upper_fence()->start();
    if (!at_end || extend(size - block->size()) == nullptr) return false;
  }
  absorb_next(block);
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

bool complain(int line, int invariant, Block* block) {
  const auto offset = static_cast<std::size_t>(block->start() - static_cast<std::byte*>(mem_heap_lo()));
  std::fprintf(stderr, "explicit.cc:%d: invariant %d does not hold at +0x%zx\n", line, invariant, offset);
  return false;
}

bool size_is_sound(Block* block) {
  const auto room = static_cast<Word>(upper_fence()->start() - block->start());
  return block->size() >= kMinBlock && block->size() <= room && block->size() % kAlignment == 0;
}

bool can_be_block(Block* block) {
  const auto distance = static_cast<Word>(block->start() - first_block()->start());
  return block >= first_block() && block < upper_fence() && distance % kAlignment == 0;
}

// Invariants 5 and 6, given the number of free blocks in the heap. A ring is found because it is longer.
bool list_is_sound(int line, std::size_t free_blocks) {
  Block* before = nullptr;
  for (Block* block = head; block != nullptr; before = block, block = block->after()) {
    if (free_blocks-- == 0 || !can_be_block(block)) return complain(line, 5, block);
    if (block->used() || block->before() != before) return complain(line, 5, block);
    if (kOrder == Order::address && block < before) return complain(line, 6, block);
  }
  return free_blocks == 0 || complain(line, 5, upper_fence());
}

}  // namespace

extern "C" int mm_init(void) {
  void* bottom = mem_sbrk(kAlignment);
  if (bottom == reinterpret_cast<void*>(-1)) return -1;
  Block::at(bottom)->make_fence();
  first_block()->make_fence();
  head = nullptr;
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
    const Word whole = below->size();
    below->set(gap, kUsed);
    block = below->next();
    block->set(whole - gap, kUsed);
    release(below);
  }
  trim(block, needed);
  return block->payload();
}

// True when all invariants hold; otherwise prints the first that does not, with the caller's line.
extern "C" bool mm_checkheap(int line) {
  Block* lower = Block::at(mem_heap_lo());
  if (lower->tag() != kUsed) return complain(line, 1, lower);
  std::size_t free_blocks = 0;
  Block* block = first_block();
  for (; block != upper_fence(); block = block->next()) {
    if (!size_is_sound(block)) return complain(line, 2, block);
    if (block->tag() != block->end_tag()) return complain(line, 3, block);
    if (!block->used() && block->follows_free()) return complain(line, 4, block);
    if (!block->used()) ++free_blocks;
  }
  if (block->tag() != kUsed) return complain(line, 1, block);
  return list_is_sound(line, free_blocks);
}
