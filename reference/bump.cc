// Reference allocator: hands out the heap from its bottom to its top and takes nothing back.
//
// Theory of operation.
//
//   | pad | tag payload | tag payload | ... | tag payload |     room     |
//         '-- block --'                                   ^ top          ^ end of the heap
//
// A request moves `top` up; that is all. No allocator answers faster and none needs more heap, so the others
// are measured between these two bounds. The tag, one word, is the size of its block: realloc has to know how
// much to copy. The newest block ends at `top`, so it alone can grow where it stands.
//
// Invariants; mm_checkheap checks them by number.
//   1. `top` lies in the heap, or at its end.
//   2. Blocks fill the room from the pad to `top`; each size is a multiple of kAlignment, and not zero.
#include <algorithm>
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
constexpr Word kPad = kAlignment - kWord;          // a pad and a tag make one alignment unit
constexpr Word kChunk = Word{1} << 16;             // asked for at once: mem_sbrk must not decide the speed
constexpr Word kLargestRequest = PTRDIFF_MAX / 4;  // sums of two such stay positive for mem_sbrk

class Block {
 public:
  static Block* at(void* address) { return static_cast<Block*>(address); }
  static Block* of(void* payload) { return at(static_cast<std::byte*>(payload) - kWord); }

  std::byte* start() { return reinterpret_cast<std::byte*>(this); }
  std::byte* payload() { return start() + kWord; }
  std::byte* end() { return start() + size_; }
  Word size() const { return size_; }
  Word payload_size() const { return size_ - kWord; }
  void set(Word size) { size_ = size; }

 private:
  Word size_;
};
static_assert(sizeof(Block) == kWord && sizeof(Word) == sizeof(void*));
static_assert((kPad + sizeof(Block)) % kAlignment == 0, "payloads are aligned when sizes are");

std::byte* top;  // what lies outside the heap: one pointer, set by mm_init

std::byte* heap_end() {
  return static_cast<std::byte*>(mem_heap_hi()) + 1;
}

constexpr Word round_up(Word n, Word unit) {
  return (n + unit - 1) & ~(unit - 1);
}

constexpr Word block_size_for(Word request) {
  return round_up(request + kWord, kAlignment);
}
static_assert(block_size_for(kWord) == kAlignment && block_size_for(kWord + 1) == 2 * kAlignment);

bool grow_heap(Word bytes) {
  return mem_sbrk(static_cast<std::intptr_t>(bytes)) != reinterpret_cast<void*>(-1);
}

// Moves `top` up by `size` bytes; where a whole chunk is refused, what is lacking may still be granted.
// False, and nothing changed, when the heap has no room and gets none.
bool advance_top(Word size) {
  const auto room = static_cast<Word>(heap_end() - top);
  if (room < size) {
    const Word lacking = size - room;
    if (!grow_heap(std::max(lacking, kChunk)) && !grow_heap(lacking)) return false;
  }
  top += size;
  return true;
}

Block* take(Word size) {
  Block* block = Block::at(top);
  if (!advance_top(size)) return nullptr;
  block->set(size);
  return block;
}

bool grow_in_place(Block* block, Word size) {
  if (block->end() != top || !advance_top(size - block->size())) return false;
  block->set(size);
  return true;
}

void* move(Block* block, Word request) {
  void* payload = mm_malloc(request);
  if (payload == nullptr) return nullptr;  // and the old block stays as it is
  return std::memcpy(payload, block->payload(), std::min(block->payload_size(), request));
}

bool complain(int line, int invariant, std::byte* where) {
  const auto offset = static_cast<std::size_t>(where - static_cast<std::byte*>(mem_heap_lo()));
  std::fprintf(stderr, "bump.cc:%d: invariant %d does not hold at +0x%zx\n", line, invariant, offset);
  return false;
}

}  // namespace

extern "C" int mm_init(void) {
  void* bottom = mem_sbrk(kPad);
  if (bottom == reinterpret_cast<void*>(-1)) return -1;
  top = static_cast<std::byte*>(bottom) + kPad;
  return 0;
}

extern "C" void* mm_malloc(std::size_t size) {
  if (size == 0 || size > kLargestRequest) return nullptr;
  Block* block = take(block_size_for(size));
  return block == nullptr ? nullptr : block->payload();
}

extern "C" void mm_free(void*) {}

extern "C" void* mm_realloc(void* payload, std::size_t size) {
  if (payload == nullptr) return mm_malloc(size);
  if (size == 0 || size > kLargestRequest) return nullptr;
  Block* block = Block::of(payload);
  const Word needed = block_size_for(size);
  if (needed <= block->size() || grow_in_place(block, needed)) return payload;
  return move(block, size);
}

extern "C" void* mm_calloc(std::size_t count, std::size_t size) {
  if (size != 0 && count > SIZE_MAX / size) return nullptr;
  void* payload = mm_malloc(count * size);
  return payload == nullptr ? nullptr : std::memset(payload, 0, count * size);
}

// What lies below the aligned payload becomes a block that nobody is given.
extern "C" void* mm_memalign(std::size_t alignment, std::size_t size) {
  if (alignment <= kAlignment) return mm_malloc(size);
  if ((alignment & (alignment - 1)) != 0 || alignment > kLargestRequest) return nullptr;
  if (size == 0 || size > kLargestRequest) return nullptr;
  const auto payload = reinterpret_cast<std::uintptr_t>(Block::at(top)->payload());
  const Word gap = round_up(payload, alignment) - payload;
  const Word needed = block_size_for(size);
  Block* block = take(gap + needed);
  if (block == nullptr) return nullptr;
  if (gap != 0) {
    block->set(gap);
    block = Block::at(block->end());
    block->set(needed);
  }
  return block->payload();
}

// True when all invariants hold; otherwise prints the first that does not, with the caller's line.
extern "C" bool mm_checkheap(int line) {
  std::byte* bottom = static_cast<std::byte*>(mem_heap_lo());
  if (top < bottom + kPad || top > heap_end()) return complain(line, 1, top);
  for (std::byte* at = bottom + kPad; at != top; at = Block::at(at)->end()) {
    const Word size = Block::at(at)->size();
    const auto room = static_cast<Word>(top - at);
    if (size == 0 || size > room || size % kAlignment != 0) return complain(line, 2, at);
  }
  return true;
}
