// Reference allocator: a bit for each unit of the heap, and the first run of zeros that is long enough.
//
// Theory of operation.
//
//   units   | map | block   |   free    | block | block     |   free  |
//   used       1    1  1  1   0  0  0  0  1  1    1  1  1  1  0  0  0
//   last       1    0  0  1   0  0  0  0  0  1    0  0  0  1  0  0  0
//
// The heap is a row of units of 16 bytes. A bit in `used` says whether a unit belongs to a block, and a bit
// in `last` ends the block, so blocks that touch can be told apart. Blocks have no tags: the map, at a
// quarter of a byte for each unit, is all that is known of them. Nothing is ever split or merged; to free a
// block is to clear its bits. Searching costs the length of the map, although whole words of it are passed at
// a step.
//
// An entry of the map describes 64 units and is itself as large as one. The map is a block of the heap like
// any other. When the heap outgrows it, the heap grows by a map twice as large as well; the old one becomes
// free.
//
// Invariants; mm_checkheap checks them by number.
//   1. The heap is a whole number of units, and the map has entries for all of them.
//   2. The map is a block: the units it lies in are used, and of them the final one alone is a last one.
//   3. No bit is set for a unit past the heap's end.
//   4. The last unit of a block is used, and a free unit comes only after a last unit or a free one.
//   5. `used_units` is the number of units that are used.
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
constexpr Word kUnit = 16;
constexpr Word kEntryUnits = 64;                   // described by one entry
constexpr Word kLargestRequest = PTRDIFF_MAX / 4;  // sums of two such stay positive for mem_sbrk

struct Entry {
  std::uint64_t used;
  std::uint64_t last;
};
static_assert(sizeof(Entry) == kUnit, "a map of n entries is a block of n units");
static_assert(8 * sizeof(Entry::used) == kEntryUnits && kUnit % (2 * sizeof(Word)) == 0);

// Units [from, to) of the heap.
struct Run {
  Word from;
  Word to;
};

// What lies outside the heap, set by mm_init.
Entry* map;
Word entries;
Word used_units;

std::byte* unit_address(Word unit) {
  return static_cast<std::byte*>(mem_heap_lo()) + unit * kUnit;
}

Word unit_of(void* address) {
  return static_cast<Word>(static_cast<std::byte*>(address) - unit_address(0)) / kUnit;
}

Word heap_units() {
  return mem_heapsize() / kUnit;
}

constexpr Word round_up(Word n, Word unit) {
  return (n + unit - 1) & ~(unit - 1);
}

constexpr Word units_for(Word bytes) {
  return round_up(bytes, kUnit) / kUnit;
}

// The lowest unit of [from, end) whose bit is set in the words that `word_of` makes of entries; `end`
// without.
template <class WordOf>
Word find_bit(Word from, Word end, WordOf word_of) {
  while (from < end) {
    const std::uint64_t ahead = word_of(map[from / kEntryUnits]) >> from % kEntryUnits;
    if (ahead != 0) return std::min(end, from + static_cast<Word>(std::countr_zero(ahead)));
    from += kEntryUnits - from % kEntryUnits;
  }
  return end;
}

Word next_used(Word from, Word end) {
  return find_bit(from, end, [](const Entry& entry) { return entry.used; });
}

Word next_free(Word from, Word end) {
  return find_bit(from, end, [](const Entry& entry) { return ~entry.used; });
}

Word next_last(Word from, Word end) {
  return find_bit(from, end, [](const Entry& entry) { return entry.last; });
}

Run block_at(void* payload) {
  const Word from = unit_of(payload);
  return {from, next_last(from, heap_units()) + 1};
}

// Changes the used bits of a run, an entry at a time.
void turn_over(Run run) {
  while (run.from < run.to) {
    const Word bit = run.from % kEntryUnits;
    const Word count = std::min(kEntryUnits - bit, run.to - run.from);
    map[run.from / kEntryUnits].used ^= ~std::uint64_t{0} >> (kEntryUnits - count) << bit;
    run.from += count;
  }
}

void turn_over_last(Word unit) {
  map[unit / kEntryUnits].last ^= std::uint64_t{1} << unit % kEntryUnits;
}

// Makes a block of free units.
void claim(Run run) {
  turn_over(run);
  turn_over_last(run.to - 1);
  used_units += run.to - run.from;
}

void release(Run block) {
  turn_over(block);
  turn_over_last(block.to - 1);
  used_units -= block.to - block.from;
}

// The block ends elsewhere; where it becomes longer, the units it gains are free.
void resize(Run block, Word to) {
  release(block);
  claim({block.from, to});
}

// The lowest unit from `from` on at whose address the alignment holds.
Word align(Word from, Word alignment) {
  const auto address = reinterpret_cast<std::uintptr_t>(unit_address(from));
  return from + (round_up(address, alignment) - address) / kUnit;
}

// A map for twice the units up to `end`, right behind them.
Run next_map(Word end) {
  return {end, end + 2 * end / kEntryUnits + 1};
}

// The heap has just grown over `place`, and the bits there are not known to anybody.
void move_map(Run place) {
  const Run old_place{unit_of(map), unit_of(map) + entries};
  auto* moved = reinterpret_cast<Entry*>(unit_address(place.from));
  std::memset(moved, 0, (place.to - place.from) * kUnit);
  std::memcpy(moved, map, entries * sizeof(Entry));
  map = moved;
  entries = place.to - place.from;
  release(old_place);
  claim(place);
}

// Lets the heap reach up to `end`, with a larger map where it takes one. False, and nothing changed, when it
// may not grow.
bool extend(Word end) {
  const bool fits = end <= entries * kEntryUnits;
  const Word heap_end = fits ? end : next_map(end).to;
  const Word lacking = (heap_end - heap_units()) * kUnit;
  if (mem_sbrk(static_cast<std::intptr_t>(lacking)) == reinterpret_cast<void*>(-1)) return false;
  if (!fits) move_map(next_map(end));
  return true;
}

// The first run of `units` free units at an aligned address. It may end past the heap's end: there the units
// are free for the asking.
Run find(Word units, Word alignment) {
  const Word end = heap_units();
  Word from = align(next_free(0, end), alignment);
  while (from < end) {
    const Word to = next_used(from, end);
    if (to == end || to - from >= units) break;
    from = align(next_free(to, end), alignment);
  }
  return {from, from + units};
}

void* take(Word units, Word alignment) {
  const Run run = find(units, alignment);
  if (run.to > heap_units() && !extend(run.to)) return nullptr;
  claim(run);
  return unit_address(run.from);
}

// Into free units right behind, or over the end of the heap. False, and nothing changed, when that cannot be.
bool grow_in_place(Run block, Word to) {
  const Word end = heap_units();
  if (next_used(block.to, std::min(to, end)) < std::min(to, end)) return false;
  if (to > end && !extend(to)) return false;
  resize(block, to);
  return true;
}

void* move(void* from, Word request) {
  void* to = mm_malloc(request);
  if (to == nullptr) return nullptr;  // and the old block stays as it is
  const Run block = block_at(from);
  std::memcpy(to, from, std::min((block.to - block.from) * kUnit, request));
  release(block);
  return to;
}

bool complain(int line, int invariant, Word unit) {
  std::fprintf(stderr, "bitmap.cc:%d: invariant %d does not hold at +0x%zx\n", line, invariant, unit * kUnit);
  return false;
}

bool is_used(Word unit) {
  return (map[unit / kEntryUnits].used >> unit % kEntryUnits & 1) != 0;
}

bool is_last(Word unit) {
  return (map[unit / kEntryUnits].last >> unit % kEntryUnits & 1) != 0;
}

}  // namespace

extern "C" int mm_init(void) {
  void* bottom = mem_sbrk(kUnit);
  if (bottom == reinterpret_cast<void*>(-1)) return -1;
  map = static_cast<Entry*>(bottom);
  *map = {0, 0};
  entries = 1;
  used_units = 0;
  claim({0, entries});
  return 0;
}

extern "C" void* mm_malloc(std::size_t size) {
  if (size == 0 || size > kLargestRequest) return nullptr;
  return take(units_for(size), kUnit);
}

extern "C" void mm_free(void* payload) {
  if (payload != nullptr) release(block_at(payload));
}

extern "C" void* mm_realloc(void* payload, std::size_t size) {
  if (payload == nullptr) return mm_malloc(size);
  if (size == 0) {
    mm_free(payload);
    return nullptr;
  }
  if (size > kLargestRequest) return nullptr;
  const Run block = block_at(payload);
  const Word to = block.from + units_for(size);
  if (to > block.to) return grow_in_place(block, to) ? payload : move(payload, size);
  resize(block, to);
  return payload;
}

extern "C" void* mm_calloc(std::size_t count, std::size_t size) {
  if (size != 0 && count > SIZE_MAX / size) return nullptr;
  void* payload = mm_malloc(count * size);
  return payload == nullptr ? nullptr : std::memset(payload, 0, count * size);
}

// A block may begin at any unit, so an alignment costs no room at all.
extern "C" void* mm_memalign(std::size_t alignment, std::size_t size) {
  if ((alignment & (alignment - 1)) != 0 || alignment > kLargestRequest) return nullptr;
  if (size == 0 || size > kLargestRequest) return nullptr;
  return take(units_for(size), std::max(alignment, kUnit));
}

// True when all invariants hold; otherwise prints the first that does not, with the caller's line.
extern "C" bool mm_checkheap(int line) {
  const Word end = heap_units();
  if (end * kUnit != mem_heapsize() || end > entries * kEntryUnits) return complain(line, 1, end);
  const Word map_unit = unit_of(map);
  const Word map_end = map_unit + entries;
  if (next_free(map_unit, map_end) != map_end) return complain(line, 2, map_unit);
  if (next_last(map_unit, map_end) != map_end - 1) return complain(line, 2, map_unit);
  const Word described = entries * kEntryUnits;
  if (next_used(end, described) != described || next_last(end, described) != described)
    return complain(line, 3, end);
  Word used = 0;
  for (Word unit = 0; unit < end; ++unit) {
    if (is_last(unit) && !is_used(unit)) return complain(line, 4, unit);
    const bool goes_on = is_used(unit) && !is_last(unit);
    if (goes_on && (unit + 1 == end || !is_used(unit + 1))) return complain(line, 4, unit);
    if (is_used(unit)) ++used;
  }
  return used == used_units || complain(line, 5, end);
}
