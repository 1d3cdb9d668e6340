// Reference allocator: bins as in the C library of GNU, which put off what may turn out not to be needed.
//
// Theory of operation.
//
//   | arena | tag payload    | tag links ... size | tag payload    | top tag       room |
//           '--- in use ----''------ free -------''--- in use ----'
//
// Most blocks that are freed are soon asked for again, in the same size. So a small one is not merged when it
// is freed, nor even marked: it goes on the fast list of its size, and comes back from there. A larger one is
// merged with its free neighbours, but not sorted: it goes into the unsorted bin, and the next request that
// passes gets a chance to take it as it is. What that request does not want it puts into the bin for its size.
//
//   fast     7 lists of equal sizes, the newest first; their blocks count as in use
//   unsorted one bin, the oldest first
//   small    a bin for each size, the oldest first: what has long been free may be merged yet
//   large    bins for ranges of sizes, ever wider, each sorted by size: the first that fits is the best
//   top      the room between the last block and the end of the heap, in no bin: the last resort
//
// A map has a bit for each small or large bin, so the next one that holds anything is found without looking
// at those that do not. When nothing fits, not even the top, all fast blocks are merged (consolidated), and
// the search begins anew; after that, the heap grows, and so for a block that is resized at its end. A request of 128 KiB or more does not make it grow, but
// gets a range from mem_map, which goes back as soon as it is freed.
//
// A tag is the size of its block, plus kUsed while the block is in use, kBelowFree while the block below is
// free (then its last word is its size, to find it by), and kMapped when the block has a range of its own;
// the word below such a tag is its distance from the start of the range. The tag of the top has the size 0.
//
// Not as there: no caches for each thread, no trimming of the top, no room in advance, and a range that has to
// grow is copied, because there is no mremap.
//
// Invariants; mm_checkheap (bins_check.h) checks them by number.
//   1. The top lies in the heap, is marked as in use, and follows a block in use.
//   2. Blocks fill the room from the arena to the top; each size is a multiple of kAlignment, at least
//      kMinBlock; none is marked kMapped.
//   3. A tag is marked kBelowFree if and only if the block below is free; the last word of that is its size.
//   4. No free block has a free neighbour.
//   5. Each free block is once in the unsorted bin or in that of its size, and the bins hold no other; the link
//      back from each leads to the one before.
//   6. Large bins are sorted by rising size.
//   7. The bits of the map are set where a bin is not empty, and nowhere else.
//   8. Fast lists hold blocks of their size that are marked as in use, none of them twice.
#include "bins_layout.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

#include "memlib.h"
#include "mm.h"

namespace {

// Puts the block in front of `place`, which is in the bin already; an empty bin has no place.
void link_before(Block*& bin, Block* place, Block* block) {
  if (bin == nullptr) {
    bin = block->before() = block->after() = block;
    return;
  }
  block->after() = place;
  block->before() = place->before();
  place->before()->after() = block;
  place->before() = block;
}

void link_last(Block*& bin, Block* block) {
  link_before(bin, bin, block);  // in front of the first, in a ring
}

void link_by_size(Block*& bin, Block* block) {
  Block* place = bin;
  const bool is_largest = bin == nullptr || bin->before()->size() < block->size();
  while (!is_largest && place->size() < block->size()) place = place->after();
  link_before(bin, place, block);
  if (!is_largest && place == bin) bin = block;
}

void put_into_bin(Block* block) {
  const Word bin = bin_of(block->size());
  if (block->size() < kFirstLarge) {
    link_last(arena->bins[bin], block);
  } else {
    link_by_size(arena->bins[bin], block);
  }
  set_bit(bin);
}

// Takes a free block out of its bin. Only a bin that begins with it has to be told.
void unlink(Block* block) {
  const Word bin = bin_of(block->size());
  Block*& first = arena->unsorted == block ? arena->unsorted : arena->bins[bin];
  if (first == block) first = block->after() == block ? nullptr : block->after();
  if (arena->bins[bin] == nullptr) clear_bit(bin);
  block->before()->after() = block->after();
  block->after()->before() = block->before();
}

// Makes the block free, as large as its free neighbours allow: a part of the top, or in the unsorted bin.
// Returns how large it has become.
Word merge(Block* block) {
  Word size = block->size();
  if (block->follows_free()) {
    block = block->below();
    unlink(block);
    size += block->size();
  }
  Block* next = Block::at(block->start() + size);
  if (next == arena->top) {
    arena->top = block;
    block->set_top();
    return size + static_cast<Word>(heap_end() - next->start());
  }
  if (!next->used()) {
    unlink(next);
    size += next->size();
  }
  block->set_free(size);
  link_last(arena->unsorted, block);
  return size;
}

// Merges all blocks of the fast lists. False when there were none.
bool consolidate() {
  bool found = false;
  for (Block*& list : arena->fast) {
    while (list != nullptr) {
      Block* block = list;
      list = block->after();
      merge(block);
      found = true;
    }
  }
  return found;
}

// Keeps `size` bytes of a block in use; the rest becomes a free block, if it can be one.
void trim(Block* block, Word size) {
  const Word rest = block->size() - size;
  if (rest < kMinBlock) return;
  block->set_used(size);
  block->next()->set_used(rest);
  merge(block->next());
}

// Makes a block that is in no bin a block in use, and puts what it has to spare into the unsorted bin.
Block* carve(Block* block, Word size) {
  const Word rest = block->size() - size;
  if (rest < kMinBlock) {
    block->set_used(block->size());
    return block;
  }
  block->set_used(size);
  block->next()->set_free(rest);
  link_last(arena->unsorted, block->next());
  if (size < kFirstLarge) arena->remainder = block->next();
  return block;
}

Block* take_fast(Word size) {
  if (size > kLargestFast) return nullptr;
  Block*& list = fast_list_of(size);
  Block* block = list;
  if (block != nullptr) list = block->after();
  return block;
}

// Sorts what has been freed into the bins, until a block is met that is wanted as it is. Small requests in a
// row are cut from one block, as long as it is alone there.
Block* take_while_sorting(Word size) {
  while (Block* block = arena->unsorted) {
    const bool is_alone = block->after() == block;
    unlink(block);
    const bool goes_on = is_alone && block == arena->remainder && size < kFirstLarge;
    if (block->size() == size || (goes_on && block->size() >= size + kMinBlock)) return carve(block, size);
    put_into_bin(block);
  }
  return nullptr;
}

// The smallest block that is large enough; of equals in a small bin the oldest.
Block* take_best(Word size) {
  for (Word bin = next_bin(bin_of(size)); bin != kBins; bin = next_bin(bin + 1)) {
    Block* const first = arena->bins[bin];
    if (first->before()->size() < size) continue;  // the last is the largest
    Block* block = first;
    while (block->size() < size) block = block->after();
    unlink(block);
    return carve(block, size);
  }
  return nullptr;
}

Word room_in_top() {
  return static_cast<Word>(heap_end() - arena->top->payload());
}

Block* take_from_top(Word size) {
  if (room_in_top() < size) return nullptr;
  Block* block = arena->top;
  arena->top = Block::at(block->start() + size);
  arena->top->set_top();
  block->set_used(size);
  return block;
}

// Only what the top lacks is asked for. False, and the heap as it was, when it may not grow.
bool extend_top(Word size) {
  const Word room = room_in_top();
  if (room >= size) return true;
  return mem_sbrk(static_cast<std::intptr_t>(size - room)) != reinterpret_cast<void*>(-1);
}

Block* take_range(Word size) {
  const Word bytes = round_up(kWord + size, mem_pagesize());
  void* range = mem_map(bytes);
  if (range == nullptr) return nullptr;
  Block* block = Block::at(static_cast<std::byte*>(range) + kWord);
  block->set_mapped((bytes - kWord) & ~(kAlignment - 1), kWord);
  return block;
}

// A block in use of at least `size` bytes.
Block* take(Word size) {
  Block* block = take_fast(size);
  if (block != nullptr) return block;
  if (size < kFirstLarge && (block = arena->bins[bin_of(size)]) != nullptr) {
    unlink(block);
    return carve(block, size);
  }
  if (size >= kFirstLarge) consolidate();  // a large request comes when many small blocks have done their work
  do {
    if ((block = take_while_sorting(size)) != nullptr) return block;
    if ((block = take_best(size)) != nullptr) return block;
    if ((block = take_from_top(size)) != nullptr) return block;
  } while (consolidate());
  if (size >= kMappedFrom && (block = take_range(size)) != nullptr) return block;
  return extend_top(size) ? take_from_top(size) : nullptr;
}

void release(Block* block) {
  if (block->mapped()) {
    mem_unmap(block->start() - block->word_below());
  } else if (block->size() <= kLargestFast) {
    block->after() = std::exchange(fast_list_of(block->size()), block);
  } else if (merge(block) >= kConsolidateFrom) {
    consolidate();
  }
}

// Makes the block at least `size` bytes large where it stands: into a free neighbour, or into the top. False,
// and the block as it was, when that cannot be. What would be mapped anew does not make the heap grow.
bool grow_in_place(Block* block, Word size) {
  Block* next = block->next();
  if (next == arena->top) {
    const Word lacking = size - block->size();
    // Otherwise a block that grows and shrinks here would make the heap grow as often as it is freed.
    if (room_in_top() < lacking && consolidate()) return grow_in_place(block, size);
    if (size >= kMappedFrom ? room_in_top() < lacking : !extend_top(lacking)) return false;
    arena->top = Block::at(block->start() + size);
    arena->top->set_top();
    block->set_used(size);
    return true;
  }
  if (next->used() || block->size() + next->size() < size) return false;
  unlink(next);
  block->set_used(block->size() + next->size());
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

// A range is kept as long as it does not have a page too many.
void* resize_mapped(Block* block, Word request) {
  const Word size = block_size_for(request);
  if (size <= block->size() && block->size() - size < mem_pagesize()) return block->payload();
  void* payload = move(block, request);
  return payload == nullptr && size <= block->size() ? block->payload() : payload;
}

// Moves the start of a block up, so that its payload is aligned. What lies below becomes a free block; in a
// range it is lost.
Block* align(Block* block, Word alignment) {
  const auto payload = reinterpret_cast<std::uintptr_t>(block->payload());
  Word gap = round_up(payload, alignment) - payload;
  if (gap == 0) return block;
  if (block->mapped()) {
    Block* aligned = Block::at(block->start() + gap);
    aligned->set_mapped(block->size() - gap, block->word_below() + gap);
    return aligned;
  }
  if (gap < kMinBlock) gap += alignment;
  const Word whole = block->size();
  block->set_used(gap);
  Block* aligned = block->next();
  aligned->set_used(whole - gap);
  merge(block);
  return aligned;
}

}  // namespace

#include "bins_check.h"

extern "C" int mm_init(void) {
  const Word bytes = round_up(sizeof(Arena) + kWord, kAlignment);
  void* bottom = mem_sbrk(static_cast<std::intptr_t>(bytes));
  if (bottom == reinterpret_cast<void*>(-1)) return -1;
  arena = static_cast<Arena*>(bottom);
  *arena = Arena{};
  arena->top = first_block();
  arena->top->set_top();
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
  if (block->mapped()) return resize_mapped(block, size);
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

// The block is taken with room to spare.
extern "C" void* mm_memalign(std::size_t alignment, std::size_t size) {
  if (alignment <= kAlignment) return mm_malloc(size);
  if ((alignment & (alignment - 1)) != 0 || alignment > kLargestRequest) return nullptr;
  if (size == 0 || size > kLargestRequest) return nullptr;
  const Word needed = block_size_for(size);
  Block* block = take(needed + alignment + kMinBlock);
  if (block == nullptr) return nullptr;
  block = align(block, alignment);
  if (!block->mapped()) trim(block, needed);
  return block->payload();
}
