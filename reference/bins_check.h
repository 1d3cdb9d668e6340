// The checker of bins.cc, which alone includes this, behind what it checks with.
#pragma once

#include <cstdio>

namespace {

bool complain(int line, int invariant, void* place) {
  const auto offset =
      static_cast<std::size_t>(static_cast<std::byte*>(place) - static_cast<std::byte*>(mem_heap_lo()));
  std::fprintf(stderr, "bins.cc:%d: invariant %d does not hold at +0x%zx\n", line, invariant, offset);
  return false;
}

// What the walk over the blocks finds; what lists and bins hold is compared with it.
struct Census {
  std::size_t used_blocks = 0;
  std::size_t free_blocks = 0;
};

// A block may start there: what a link leads to is looked at only then.
bool can_be_block(Block* block) {
  const auto distance = static_cast<Word>(block->start() - first_block()->start());
  return block >= first_block() && block < arena->top && distance % kAlignment == 0;
}

bool top_is_sound(int line) {
  std::byte* const top = arena->top->start();
  const bool is_inside = top >= first_block()->start() && top <= heap_end() - kWord;
  if (!is_inside || static_cast<Word>(heap_end() - top) % kAlignment != kWord) return complain(line, 1, arena);
  const bool is_marked = arena->top->size() == 0 && arena->top->used() && !arena->top->mapped();
  return is_marked && !arena->top->follows_free() ? true : complain(line, 1, top);
}

// Invariants 2 to 4.
bool blocks_are_sound(int line, Census& census) {
  bool below_is_free = false;
  for (Block* block = first_block(); block != arena->top; block = block->next()) {
    const auto room = static_cast<Word>(arena->top->start() - block->start());
    const bool size_is_sound =
        block->size() >= kMinBlock && block->size() <= room && block->size() % kAlignment == 0;
    if (!size_is_sound || block->mapped()) return complain(line, 2, block);
    if (block->follows_free() != below_is_free) return complain(line, 3, block);
    const bool is_free = !block->used();
    if (is_free && below_is_free) return complain(line, 4, block);
    if (is_free && block->next()->word_below() != block->size()) return complain(line, 3, block);
    ++(is_free ? census.free_blocks : census.used_blocks);
    below_is_free = is_free;
  }
  return true;
}

// Invariants 5 and 6 for one bin; a wrong way never ends unless steps are counted.
bool bin_is_sound(int line, Block* first, Word bin, Census& census) {
  Block* before = nullptr;
  for (Block* block = first; block != nullptr; before = block, block = block->after()) {
    if (before != nullptr && block == first) return first->before() == before || complain(line, 5, first);
    if (!can_be_block(block) || block->used() || census.free_blocks == 0) return complain(line, 5, arena);
    if (before != nullptr && block->before() != before) return complain(line, 5, block);
    const bool is_sorted_in = bin != kBins;
    if (is_sorted_in && bin_of(block->size()) != bin) return complain(line, 5, block);
    if (is_sorted_in && before != nullptr && before->size() > block->size()) return complain(line, 6, block);
    --census.free_blocks;
  }
  return first == nullptr || complain(line, 5, first);  // a ring does not end
}

bool bins_are_sound(int line, Census& census) {
  if (!bin_is_sound(line, arena->unsorted, kBins, census)) return false;
  for (Word bin = 0; bin < kBins; ++bin) {
    if (!bin_is_sound(line, arena->bins[bin], bin, census)) return false;
    const bool is_marked = (arena->map[bin / kMapBits] >> bin % kMapBits & 1) != 0;
    if (is_marked != (arena->bins[bin] != nullptr)) return complain(line, 7, arena->map);
  }
  if (kBins % kMapBits != 0 && arena->map[kBins / kMapBits] >> kBins % kMapBits != 0) {
    return complain(line, 7, arena->map);
  }
  return census.free_blocks == 0 || complain(line, 5, arena);
}

// Invariant 8. Two lists have no block in common, because its size tells which one it is on.
bool fast_lists_are_sound(int line, const Census& census) {
  for (Word list = 0; list < kFastLists; ++list) {
    std::size_t steps = 0;
    for (Block* block = arena->fast[list]; block != nullptr; block = block->after()) {
      if (++steps > census.used_blocks || !can_be_block(block)) return complain(line, 8, &arena->fast[list]);
      const bool belongs = block->used() && block->size() == kMinBlock + list * kAlignment;
      if (!belongs) return complain(line, 8, block);
    }
  }
  return true;
}

}  // namespace

// True when all invariants hold; otherwise prints the first that does not, with the caller's line.
extern "C" bool mm_checkheap(int line) {
  Census census;
  return top_is_sound(line) && blocks_are_sound(line, census) && bins_are_sound(line, census) &&
         fast_lists_are_sound(line, census);
}
