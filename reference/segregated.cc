// Reference allocator: zones without headers for small blocks, best fit over segregated lists for the others.
//
// Theory of operation.
//
//   | tag payload | tag zone | tag payload | tag links ... size | tag payload | fence |
//   '-- in use ---'    |     '-- in use ---'  '---- free -----'
//                      '-> slot | slot | slot | ... links
//
// Speed and memory come first here, so this file is longer than the other references and says of each trick
// what it pays. Points are points of utilization; both were measured on recorded programs, on synthetic
// programs with mostly small blocks, and on small patterned traces.
//
// Rounding costs more memory than placement does, so most blocks of up to kLargestSmall bytes have no tag:
// they are slots of one size in a zone, which is itself a block in use, of up to 3.5 KiB. (Against a tag for
// each block: 3 to 5 points on recorded programs, 6 to 7 on synthetic ones, and 1.6 to 2 times as fast.) It
// also keeps small blocks, which tend to stay, from standing between large ones that go: where every second
// block is small and stays, 96 % of the heap is used instead of 54 %. What a zone has to know is in its tag
// and behind its last slot, where alignment leaves room: 16 bytes a zone, not 32. (1 point on synthetic
// programs, 0.3 on recorded ones.)
//
// A small block that is freed goes on the list of the slots of its size, newest first, and the next request
// of that size takes it from there: no zone is touched. Nobody else knows that it is free until the heap
// would have to grow. Then all such slots return to their zones, each a chain in the zone, and zones with
// nothing in use become ordinary free blocks. A list that has run dry takes over the chain of a whole zone at
// once. (Against a bit for each slot, set and cleared at each request: 1.2 times as fast on synthetic
// programs. And a zone is not limited to the bits of a word: 1 point when half of all blocks have 16 bytes.)
//
// Which zone does an address belong to? A map in the heap has a byte for each granule of kGranule bytes: 0,
// or where in the granule a zone starts. No zone is smaller than a granule, and none has a slot that starts
// beyond the seventh granule after its first. So the eight bytes of the map that end at an address's granule,
// read as one word, name the nearest zone below the address by their highest byte that is not 0: a load and a
// few shifts. (Zones that fill whole granules would need the load only, which is 1.1 times as fast; the room
// between them and other blocks costs 0.5 to 1.5 points.)
//
// Other blocks have a tag in front: the size, and whether the block and the one before it are in use. Only a
// free block repeats its size in its last word, where the block behind looks for it. Bins, each for one size
// or for an eighth of a doubling, lead to free blocks, with a bit for each bin that may hold one. A free
// block knows the link that leads to it, so that leaving a list needs no search and no branch. The heap grows
// by what is missing, never by a page.
//
// A search takes the best fit as long as it fits closely. Where none does, a rest is left that may be of no
// use, and it is better to have it low in the heap: then the lowest of the next few larger blocks is taken.
// (Best fit throughout costs 7 to 18 points where sixteen blocks grow side by side, and 30 to 45 where four
// do; first fit throughout costs 4 points where sizes are random. With random sizes it makes no difference of
// more than 0.5 points on the mean which end of a hole is taken, or which of equal holes. Where small and
// large blocks come and go like a stack or a queue the search costs a seventh of the speed.)
//
// Of each size up to kLargestKept, the block that was freed last is kept as it is for the next request, and
// merged with its neighbours when another of its size comes, or before the heap grows. (1.03 times as fast.
// Lists of them, as for slots, of sizes up to 1 KiB, cost 1 to 3 points and a seventh of the speed: what they
// hold is in the way of every merger until it is flushed, and is merged then all the same.)
//
// Invariants; mm_checkheap checks them by number.
//   1. Blocks fill the room up to the fence; sizes are multiples of kAlignment, at least kMinBlock.
//   2. Each block, and the fence, knows whether the block before it is in use; a free one ends with its size.
//   3. No free block has a free neighbour.
//   4. The bins hold each free block once, in the right bin, and no other; each knows the link that leads to
//      it; the bit of a bin that holds a block is set.
//   5. The map names all zones, and nothing else.
//   6. A zone counts the slots of its chain. It is on the list of its class once when it has some, and
//      otherwise on none; the link back from each leads to the one before.
//   7. What waits for the next request is in use as far as its neighbours know: the slots on the list of a
//      class and those never used lie in zones of that class, and a kept block has the size it is kept for.
#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <optional>
#include <utility>

#include "memlib.h"
#include "mm.h"

namespace {

// ---- What lies where.

using Word = std::size_t;
constexpr Word kWord = sizeof(Word);
constexpr Word kAlignment = 2 * kWord;
constexpr Word kLargestRequest = PTRDIFF_MAX / 4;  // sums of two such stay positive for mem_sbrk

constexpr Word kUsed = 1;
constexpr Word kFollowsUsed = 2;
constexpr Word kZone = 4;
constexpr Word kFlags = 7;

constexpr Word round_up(Word n, Word unit) {
  return (n + unit - 1) & ~(unit - 1);
}

constexpr Word log2_floor(Word n) {
  return static_cast<Word>(std::bit_width(n)) - 1;
}

// The place of a block or zone: the distance of its payload from the heap's start, in units of kAlignment.
// Half the size of a pointer. 0 is none.
using Link = std::uint32_t;
constexpr std::uint64_t kLargestHeap = std::uint64_t{kAlignment} << 32;

// A block that is no zone. The links and the last word are those of a free one.
class Block {
 public:
  static Block* at(void* address) { return static_cast<Block*>(address); }
  static Block* of(void* payload) { return at(static_cast<std::byte*>(payload) - kWord); }

  std::byte* start() { return reinterpret_cast<std::byte*>(this); }
  std::byte* payload() { return start() + kWord; }
  Word size() const { return tag_ & ~kFlags; }
  Word payload_size() const { return size() - kWord; }
  bool used() const { return (tag_ & kUsed) != 0; }
  bool follows_used() const { return (tag_ & kFollowsUsed) != 0; }
  bool is_zone() const { return (tag_ & kZone) != 0; }

  Block* next() { return at(start() + size()); }
  Block* previous() { return at(start() - *reinterpret_cast<Word*>(start() - kWord)); }  // only a free one
  Word& size_at_end() { return *reinterpret_cast<Word*>(start() + size() - kWord); }

  Word& tag() { return tag_; }
  // Tells the next block.
  void set_used(Word size) {
    tag_ = size | kUsed | (tag_ & kFollowsUsed);
    next()->tag_ |= kFollowsUsed;
  }
  void set_free(Word size) {
    tag_ = size | (tag_ & kFollowsUsed);
    size_at_end() = size;
    next()->tag_ &= ~kFollowsUsed;
  }
  // In the list of a bin. `leads_here` is the link that leads to this block: the bin's, or `older` of
  // another. So a block leaves its list without asking which bin it was in.
  Link& older() { return older_; }
  Link*& leads_here() { return leads_here_; }

 private:
  Word tag_;
  Link* leads_here_;
  Link older_;
};
constexpr Word kMinBlock = round_up(sizeof(Block) + sizeof(Link), kAlignment);
static_assert(kMinBlock == 4 * kWord,
              "a free block holds its tag, its links and its size again, and no more");
// Where the heap's first tag is. The word below it takes what is written to the block at link 0, which is
// none.
constexpr Word kFirstTag = kWord;

constexpr Word block_size_for(Word request) {
  return std::max(kMinBlock, round_up(request + kWord, kAlignment));
}

// Small blocks are of a class: their size in units of kAlignment.
constexpr Word kLargestSmall = 128;
constexpr Word kClasses = kLargestSmall / kAlignment;
using PerClass = std::array<Word, kClasses + 1>;  // of class 0 there is none

constexpr Word slot_size_of(Word size_class) {
  return size_class * kAlignment;
}

constexpr Word kGranule = 512;
constexpr Word kLargestZone = 7 * kGranule - kMinBlock;  // of slots
constexpr unsigned kClassShift = 16;                     // in a zone's tag; its size needs 16 bits only
constexpr Word kZoneHead = kWord + round_up(8 - kWord, kAlignment);

// A block with kZone. In a 64-bit program all this is in the tag.
struct [[gnu::may_alias]] Zone {
  std::uint16_t size_and_flags;
  std::uint16_t size_class;
  std::uint16_t idle;   // slots in the chain
  std::uint16_t chain;  // the place of the first of its free slots, each of which has the address of the next

  // On the list of the zones of a class that have a chain. They are behind the last slot.
  struct [[gnu::may_alias]] Links {
    Link next;
    Link previous;
  };

  static Zone* of(Block* block) { return reinterpret_cast<Zone*>(block); }
  Block* block() { return Block::at(this); }
  std::byte* payload() { return block()->payload(); }
  Word block_size() const { return size_and_flags & ~kFlags; }
  Block* next_block() { return Block::at(block()->start() + block_size()); }
  Links& links() { return *reinterpret_cast<Links*>(next_block()->start() - sizeof(Links)); }

  std::byte* first_slot() { return block()->start() + kZoneHead; }
  Word room() const { return block_size() - kZoneHead - sizeof(Links); }
  bool has_room_for(Word slots) const { return slots * slot_size_of(size_class) <= room(); }
  Word slots() const { return room() / slot_size_of(size_class); }
  // The place of a slot; 0 is none.
  std::uint16_t place_of(void* slot) {
    return static_cast<std::uint16_t>(
        (static_cast<std::byte*>(slot) - payload()) / std::ptrdiff_t{kAlignment} + 1);
  }
  void* slot_at(Word place) { return place == 0 ? nullptr : payload() + (place - 1) * kAlignment; }
};
static_assert(sizeof(Zone) == 8 && kZoneHead >= sizeof(Zone));

constexpr Word zone_size_for(Word slots, Word size_class) {
  return round_up(kZoneHead + slots * slot_size_of(size_class) + sizeof(Zone::Links), kAlignment);
}
constexpr Word kLargestZoneBlock = zone_size_for(kLargestZone / kAlignment, 1) + kMinBlock - kAlignment;
static_assert(kLargestZoneBlock < 1u << kClassShift);
static_assert(kGranule - kAlignment + kLargestZoneBlock - kWord - sizeof(Zone::Links) <= 8 * kGranule,
              "eight bytes of the map lead from the last slot to the zone");

// What waits in a zone for a small request.
struct Slots {
  std::byte* fresh;  // those never used, of the newest zone,
  std::byte* stop;   // up to here
  Link zones;        // that have a chain
  std::uint32_t zone_bytes;
  std::uint32_t beside;  // blocks that were taken beside zones
};

// Other free blocks: bins.
constexpr Word kExactBins = 64;
constexpr Word kFirstCoarse = kExactBins * kAlignment;
constexpr Word kBins = 192;
constexpr int kMostLooks = 8;
constexpr Word kClose = 8;  // a fit with at most so large a part of the size to spare is close
constexpr int kOthers = 4;
constexpr Word kLargestKept = 256;

// What lies outside the heap, set by mm_init: heads of lists and a few scalars.
struct Roots {
  std::byte* base;
  const std::byte* map;  // the byte of a granule is the last of the eight here
  Word mapped;           // granules
  Block* fence;
  Block* spare;                           // until the first small request
  std::array<void*, kClasses + 1> freed;  // of each class the newest slot; each has the address of the next
  std::array<Slots, kClasses + 1> slots;
  std::array<Block*, kLargestKept / kAlignment + 1> kept;  // by size
  std::uint64_t kept_sizes;                                // a bit for each that may be there
  std::array<std::uint64_t, kBins / 64> occupied;          // a bit for each bin that may hold a block
  std::array<Link, kBins> newest;
};
static_assert(sizeof(Roots) <= 2048);
static_assert(kLargestKept / kAlignment < 64, "a bit for each fits a word");
Roots heap;

Link link_to(void* payload) {
  return static_cast<Link>(static_cast<Word>(static_cast<std::byte*>(payload) - heap.base) / kAlignment);
}

std::byte* at(Link link) {
  return heap.base + Word{link} * kAlignment;
}

Block* block_at(Link link) {
  return Block::of(at(link));
}

Zone* zone_at(Link link) {
  return Zone::of(block_at(link));
}

Link link_to(Zone* zone) {
  return link_to(zone->payload());
}

Block* first_block() {
  return Block::at(heap.base + kFirstTag);
}

// Of a free slot.
void*& next_of(void* slot) {
  return *static_cast<void**>(slot);
}

// ---- Bins of free blocks.

constexpr Word bin_of(Word size) {
  if (size < kFirstCoarse) return size / kAlignment;
  const Word log2 = log2_floor(size);
  return std::min(kBins - 1, kExactBins + (log2 - log2_floor(kFirstCoarse)) * 8 + (size >> (log2 - 3)) - 8);
}
static_assert(bin_of(kFirstCoarse - kAlignment) + 1 == bin_of(kFirstCoarse));
static_assert(bin_of(2 * kFirstCoarse - kAlignment) + 1 == bin_of(2 * kFirstCoarse));

// Inlined, as the compiler would not by itself: 1.05 times as fast on large blocks.
[[gnu::always_inline]] inline void link(Block* block) {
  const Word bin = bin_of(block->size());
  heap.occupied[bin / 64] |= std::uint64_t{1} << bin % 64;
  Link& newest = heap.newest[bin];
  block->older() = newest;
  block->leads_here() = &newest;
  block_at(newest)->leads_here() = &block->older();  // nobody's, when the bin was empty
  newest = link_to(block->payload());
}

void unlink(Block* block) {
  *block->leads_here() = block->older();
  block_at(block->older())->leads_here() = block->leads_here();  // nobody's, behind the last one
}

// The smallest block of a list, which is not empty, that is large enough, or the best of the first so many.
inline Block* best_of(Link link, Word size, int looks) {
  Block* best = nullptr;
  Word best_size = ~Word{0};
  do {
    Block* const block = block_at(link);
    const Word has = block->size();
    if (has >= size && has < best_size) {
      best = block;
      best_size = has;
      if (has == size) break;
    }
    link = block->older();
  } while (link != 0 && --looks > 0);
  return best;
}

inline Block* best_in_bin(Word bin, Word size) {
  const Link newest = heap.newest[bin];
  if (bin < kExactBins) return block_at(newest);
  return best_of(newest, size, bin == kBins - 1 ? INT32_MAX : kMostLooks);
}

// From the bins behind this one, whose blocks are all large enough: one that fits closely, or else the lowest
// of the next few.
[[gnu::noinline]] Block* find_behind(Word bin, Word size) {
  const Word close = bin_of(size + size / kClose);
  Link lowest = ~Link{0};
  int looks = kOthers;
  Word word = ++bin / 64;
  if (word == kBins / 64) return nullptr;
  std::uint64_t bits = heap.occupied[word] & ~std::uint64_t{0} << bin % 64;
  while (true) {
    while (bits == 0) {
      if (++word == kBins / 64) return lowest == ~Link{0} ? nullptr : block_at(lowest);
      bits = heap.occupied[word];
    }
    bin = word * 64 + static_cast<Word>(std::countr_zero(bits));
    const Link newest = heap.newest[bin];
    if (newest == 0) {
      heap.occupied[word] &= ~(bits & -bits);  // nobody did so before
    } else {
      if (bin <= close) return best_in_bin(bin, size);
      lowest = std::min(lowest, newest);
      if (--looks == 0) return block_at(lowest);
    }
    bits &= bits - 1;
  }
}

inline Block* find(Word size) {
  const Word bin = bin_of(size);
  if (heap.newest[bin] != 0) {
    if (Block* const block = best_in_bin(bin, size)) return block;
  }
  return find_behind(bin, size);
}

// ---- Blocks.

// Makes the block free, as large as its free neighbours allow.
inline void release(Block* block) {
  Word size = block->size();
  Block* const next = block->next();
  if (!next->used()) {
    unlink(next);
    size += next->size();
  }
  if (!block->follows_used()) {
    block = block->previous();
    unlink(block);
    size += block->size();
  }
  block->set_free(size);
  link(block);
}

// Cuts a block in use in two; the second one has this size.
Block* cut(Block* block, Word rest) {
  block->tag() -= rest;
  Block* const second = block->next();
  second->tag() = rest | kUsed | kFollowsUsed;
  return second;
}

// Keeps `size` bytes of a block in use; the rest becomes a free block, if it can be one.
void trim(Block* block, Word size) {
  const Word rest = block->size() - size;
  if (rest >= kMinBlock) release(cut(block, rest));
}

inline Block* take_found(Block* block, Word size) {
  const Word rest = block->size() - size;
  unlink(block);
  if (rest < kMinBlock) {
    block->set_used(block->size());
    return block;
  }
  block->tag() -= rest - kUsed;
  Block* const left = block->next();  // its neighbours are in use
  left->tag() = kFollowsUsed;
  left->set_free(rest);
  link(left);
  return block;
}

// A block in use of `size` bytes at the end of the heap. Only what a free last block lacks is asked for.
// nullptr, and the heap as it was, when it may not grow.
[[gnu::noinline]] Block* extend(Word size) {
  Block* last = heap.fence;
  Word have = 0;
  if (!last->follows_used()) {
    last = last->previous();
    have = last->size();
    if (have >= size) return take_found(last, size);  // behind more blocks than a search looks at
  }
  if (static_cast<std::uint64_t>(last->start() - heap.base) + size >= kLargestHeap) return nullptr;
  if (mem_sbrk(static_cast<std::intptr_t>(size - have)) == reinterpret_cast<void*>(-1)) return nullptr;
  if (have != 0) unlink(last);
  heap.fence = Block::at(last->start() + size);
  heap.fence->tag() = kUsed;
  last->set_used(size);  // without a free last block, the old fence becomes the tag of this one
  return last;
}

bool flush();

// Asked each time the heap is to grow, which is often while a program starts.
inline bool is_worth_flushing() {
  auto any = heap.kept_sizes;
#pragma GCC unroll 16
  for (Word i = 1; i <= kClasses; ++i) any |= reinterpret_cast<Word>(heap.freed[i]);
  return any != 0;
}

// A block in use of at least `size` bytes, with as little to spare as can be.
[[gnu::noinline]] Block* take(Word size) {
  Block* block = find(size);
  if (block == nullptr && is_worth_flushing() && flush()) block = find(size);
  return block == nullptr ? extend(size) : take_found(block, size);
}

// ---- The map of zones.

std::byte& map_byte(Word granule) {
  return const_cast<std::byte&>(heap.map[granule + 7]);
}

Word granule_of(void* address) {
  return static_cast<Word>(static_cast<std::byte*>(address) - heap.base) / kGranule;
}

// Where in its granule the zone starts.
std::byte map_byte_for(Zone* zone) {
  return static_cast<std::byte>(link_to(zone) % (kGranule / kAlignment) + 1);
}

// Makes the map reach to the granules that a zone here may touch. False when there is no room for it.
bool map_reaches(Zone* zone) {
  const Word needed = granule_of(zone->payload()) + 9;
  if (needed <= heap.mapped) return true;
  Block* const block = take(block_size_for(needed + needed / 4 + 8 + 7));
  if (block == nullptr) return false;
  std::byte* const map = block->payload();
  std::memset(map, 0, block->payload_size());
  if (heap.mapped != 0) {
    std::memcpy(map, heap.map, heap.mapped + 7);
    release(Block::of(const_cast<std::byte*>(heap.map)));
  }
  heap.map = map;
  heap.mapped = block->payload_size() - 7;
  return true;
}

// The zone that holds the address, or nullptr when it is the payload of a block of its own, or nullptr.
inline Zone* zone_of(void* address) {
  const Word granule = granule_of(address);
  if (granule >= heap.mapped) return nullptr;
  std::uint64_t starts;
  std::memcpy(&starts, heap.map + granule, sizeof starts);
  while (starts != 0) {
    const auto bits = static_cast<unsigned>(std::countl_zero(starts)) & 56;  // 8 for each granule below
    const auto start = static_cast<Word>(starts << bits >> 56);
    std::byte* const zone = heap.base + granule * kGranule - bits * (kGranule / 8) + (start - 1) * kAlignment;
    const auto distance = static_cast<std::byte*>(address) - zone;
    if (distance >= 0) [[likely]] {
      Zone* const found = Zone::of(Block::of(zone));
      return static_cast<Word>(distance) < found->block_size() ? found : nullptr;
    }
    starts &= ~std::uint64_t{0} >> 8;  // it starts behind the address, in the same granule
  }
  return nullptr;
}
static_assert(std::endian::native == std::endian::little, "the last byte of the map is the highest");

// ---- Zones.

void push_zone(Slots& slots, Zone* zone) {
  zone->links() = {.next = slots.zones, .previous = 0};
  if (slots.zones != 0) zone_at(slots.zones)->links().previous = link_to(zone);
  slots.zones = link_to(zone);
}

void remove_zone(Slots& slots, Zone* zone) {
  const auto [next, previous] = zone->links();
  if (next != 0) zone_at(next)->links().previous = previous;
  (previous == 0 ? slots.zones : zone_at(previous)->links().next) = next;
}

// The newest zone of a class is half used on average, and each costs 16 bytes: the loss is least with zones
// as large as the root of what the class has already times 5.6.
Word slots_for(Word size_class, Word zone_bytes) {
  const Word bytes = Word{1} << (std::bit_width(zone_bytes) + 5) / 2;
  const Word slot_size = slot_size_of(size_class);
  return std::min((std::clamp(bytes, kGranule, kLargestZone) + slot_size - 1) / slot_size,
                  kLargestZone / slot_size);
}

// A hole for a zone, and in `slots` how many it is to have: rather a smaller zone in a hole that there is
// than a larger heap, and rather a larger zone than a small rest of the hole (0.1 points). nullptr, and
// `slots` as it was, when there is no hole.
Block* find_hole(Word size_class, Word& slots) {
  const Word least = slots_for(size_class, 0);
  Word fewer = slots;
  Block* block = find(zone_size_for(fewer, size_class));
  while (block == nullptr && fewer > least) {
    fewer = std::max(fewer / 2, least);
    block = find(zone_size_for(fewer, size_class));
  }
  if (block == nullptr) return nullptr;
  slots = fewer;
  const Word slot_size = slot_size_of(size_class);
  const Word rest = block->size() - zone_size_for(slots, size_class);
  if (rest < kGranule) slots = std::min(slots + rest / slot_size, kLargestZone / slot_size);
  return block;
}

// Gives the class slots that were never used.
[[gnu::noinline]] bool make_zone(Word size_class) {
  Slots& asked = heap.slots[size_class];
  Word slots = slots_for(size_class, asked.zone_bytes);
  Block* block = find_hole(size_class, slots);
  const Word size = zone_size_for(slots, size_class);
  block = block == nullptr ? extend(size) : take_found(block, size);
  if (block == nullptr) return false;
  Zone* const zone = Zone::of(block);
  if (!map_reaches(zone)) {
    release(block);
    return false;
  }
  asked.zone_bytes += static_cast<std::uint32_t>(block->size());
  block->tag() |= kZone | size_class << kClassShift;
  zone->idle = zone->chain = 0;
  map_byte(granule_of(zone->payload())) = map_byte_for(zone);
  asked.fresh = zone->first_slot();
  asked.stop = asked.fresh + zone->slots() * slot_size_of(size_class);
  return true;
}

void unmake_zone(Slots& slots, Zone* zone) {
  remove_zone(slots, zone);
  map_byte(granule_of(zone->payload())) = std::byte{0};
  Block* const block = zone->block();
  block->tag() &= (Word{1} << kClassShift) - 1 - kZone;
  slots.zone_bytes -= static_cast<std::uint32_t>(block->size());
  release(block);
}

void return_to(Zone* zone, void* slot, Slots& slots) {
  if (zone->chain == 0) push_zone(slots, zone);
  next_of(slot) = zone->slot_at(zone->chain);
  zone->chain = zone->place_of(slot);
  ++zone->idle;
}

// True when a zone became a free block.
bool flush_slots(Word size_class) {
  Slots& slots = heap.slots[size_class];
  Zone* const newest = slots.fresh == slots.stop ? nullptr : zone_of(slots.fresh);
  const Word fresh = static_cast<Word>(slots.stop - slots.fresh) / slot_size_of(size_class);
  bool any = false;
  void* next = nullptr;
  for (void* slot = std::exchange(heap.freed[size_class], nullptr); slot != nullptr; slot = next) {
    next = next_of(slot);
    Zone* const zone = zone_of(slot);
    return_to(zone, slot, slots);
    if (zone->has_room_for(zone->idle + (zone == newest ? fresh : 0) + 1)) continue;
    if (zone == newest) slots.fresh = slots.stop = nullptr;
    unmake_zone(slots, zone);
    any = true;
  }
  return any;
}

// Gives back what waits for the next request. True when there is a free block more, or a larger one.
[[gnu::noinline]] bool flush() {
  bool any = false;
  for (Word size_class = 1; size_class <= kClasses; ++size_class) {
    if (heap.freed[size_class] != nullptr) any |= flush_slots(size_class);
  }
  for (auto left = std::exchange(heap.kept_sizes, 0); left != 0; left &= left - 1) {
    Block* const block = std::exchange(heap.kept[static_cast<Word>(std::countr_zero(left))], nullptr);
    if (block == nullptr) continue;
    release(block);
    any = true;
  }
  return any;
}

// ---- Requests.

// The list of the class is empty. nullptr when its zones have no slot either.
inline void* take_slot(Slots& slots, Word size_class) {
  if (slots.fresh != slots.stop) return std::exchange(slots.fresh, slots.fresh + slot_size_of(size_class));
  if (slots.zones == 0) return nullptr;
  Zone* const zone = zone_at(slots.zones);
  void* const slot = zone->slot_at(zone->chain);
  heap.freed[size_class] = next_of(slot);
  zone->idle = zone->chain = 0;
  remove_zone(slots, zone);
  return slot;
}

void* payload_of(Block* block) {
  return block == nullptr ? nullptr : block->payload();
}

// A zone for a few blocks would be waste, so the first ones of a class are ordinary blocks: more of those
// whose tag fits what rounding leaves over. Room for the very first is set aside at the heap's start, where
// they are not in the way of a block that grows (12 points when one block grows to 28 KB), and after that
// they fill fragments, which are of use to small blocks only. (All together 1.2 points on small patterned
// traces.)
constexpr Word kSpare = 3 * kMinBlock;
constexpr Word kFragment = 128;
constexpr Word kBeside = 8;
constexpr Word kBesideForNothing = 16;

// There is no free slot. What a free block of just the right size can hold takes no room from others.
[[gnu::noinline]] void* malloc_beside_zones(Word size_class, Word request) {
  Slots& slots = heap.slots[size_class];
  const Word size = block_size_for(request);
  if (Block* const kept = std::exchange(heap.kept[size / kAlignment], nullptr)) return kept->payload();
  if (heap.spare != nullptr) release(std::exchange(heap.spare, nullptr));
  const bool costs_nothing = (request - 1) % kAlignment < kWord;
  const bool beside = slots.beside < (costs_nothing ? kBesideForNothing : kBeside);
  if (Block* const block = find(size);
      block != nullptr && block->size() <= (beside ? std::max(size, kFragment) : size)) {
    return take_found(block, size)->payload();
  }
  if (beside) {
    ++slots.beside;
    return payload_of(take(size));
  }
  if (is_worth_flushing()) flush();
  if (void* const slot = take_slot(slots, size_class)) return slot;
  return make_zone(size_class) ? take_slot(slots, size_class) : payload_of(take(size));
}

[[gnu::noinline]] void* malloc_small(Word size_class, Word request) {
  if (void* const slot = take_slot(heap.slots[size_class], size_class)) return slot;
  return malloc_beside_zones(size_class, request);
}

// Makes the block at least `size` bytes large where it stands: into a free neighbour, or over the end of the
// heap. False, and nothing changed, when that cannot be.
bool grow_in_place(Block* block, Word size) {
  Block* const next = block->next();
  const Word room = block->size() + (next->used() ? 0 : next->size());
  if (room >= size) {
    unlink(next);
    block->set_used(room);
    trim(block, size);
    return true;
  }
  if (block->start() + room != heap.fence->start()) return false;
  Block* const added = extend(size - block->size());
  if (added == nullptr) return false;
  block->set_used(size);
  return true;
}

// Moves the block down into the free one before it, when all else would make the heap grow; nullptr
// otherwise. Before that it would be a mistake: a block at the heap's end can grow there for nothing.
void* grow_downward(Block* block, Word size) {
  if (block->follows_used()) return nullptr;
  Block* const below = block->previous();
  Block* const next = block->next();
  const Word room = below->size() + block->size() + (next->used() ? 0 : next->size());
  if (room < size || find(size) != nullptr) return nullptr;
  const Word keep = block->payload_size();
  unlink(below);
  if (!next->used()) unlink(next);
  std::memmove(below->payload(), block->payload(), keep);
  below->set_used(room);
  trim(below, size);
  return below->payload();
}

void* move(void* payload, Word has, Word request) {
  void* const moved = mm_malloc(request);
  if (moved == nullptr) return nullptr;  // and the old block stays as it is
  std::memcpy(moved, payload, std::min(has, request));
  mm_free(payload);
  return moved;
}

void* resize_block(Block* block, Word request) {
  const Word size = block_size_for(request);
  if (size <= block->size()) {
    trim(block, size);
    return block->payload();
  }
  if (grow_in_place(block, size)) return block->payload();
  if (is_worth_flushing() && flush() && grow_in_place(block, size)) return block->payload();
  if (void* const lower = grow_downward(block, size)) return lower;
  return move(block->payload(), block->payload_size(), request);
}

// A slot stays as long as it is not too large by half.
void* resize_slot(Zone* zone, void* payload, Word request) {
  const Word has = slot_size_of(zone->size_class);
  return request <= has && request > has / 2 ? payload : move(payload, has, request);
}

// ---- The checker.

bool complain(int line, int invariant, void* place) {
  const auto offset = static_cast<std::size_t>(static_cast<std::byte*>(place) - heap.base);
  std::fprintf(stderr, "segregated.cc:%d: invariant %d does not hold at +0x%zx\n", line, invariant, offset);
  return false;
}

// What the walk over the blocks finds; what the lists and the map hold is compared with it.
struct Census {
  std::size_t free_blocks = 0;
  std::size_t zones = 0;
  PerClass chained_zones{};
  PerClass slots{};
  PerClass idle{};
};

bool is_inside(void* address) {
  return address >= first_block()->payload() && address < heap.fence->start() &&
         reinterpret_cast<std::uintptr_t>(address) % kAlignment == 0;
}

bool is_inside(Link link) {
  return link != 0 && is_inside(at(link));
}

bool size_is_sound(Block* block) {
  const Word size = block->is_zone() ? Zone::of(block)->block_size() : block->size();
  return size >= kMinBlock && size % kAlignment == 0 &&
         size <= static_cast<Word>(heap.fence->start() - block->start());
}

// Invariant 2, of the block and what is behind it.
bool neighbours_agree(Block* block, Block* next) {
  if (next->follows_used() != block->used()) return false;
  return block->used() || block->size_at_end() == block->size();
}

// It must be in a zone of this class.
bool is_slot(void* slot, Word size_class) {
  if (!is_inside(slot)) return false;
  Zone* const zone = zone_of(slot);
  if (zone == nullptr || zone->size_class != size_class) return false;
  const auto distance = static_cast<std::byte*>(slot) - zone->first_slot();
  return distance >= 0 && static_cast<Word>(distance) % slot_size_of(size_class) == 0 &&
         static_cast<Word>(distance) / slot_size_of(size_class) < zone->slots();
}

bool zone_is_in_map(Zone* zone) {
  const Word granule = granule_of(zone->payload());
  return granule + 8 < heap.mapped && map_byte(granule) == map_byte_for(zone);
}

bool chain_is_sound(Zone* zone) {
  Word count = 0;
  for (void* slot = zone->slot_at(zone->chain); slot != nullptr; slot = next_of(slot)) {
    if (++count > zone->idle || !is_slot(slot, zone->size_class) || zone_of(slot) != zone) return false;
  }
  return count == zone->idle;
}

bool zone_is_sound(Zone* zone) {
  return zone->size_class != 0 && zone->size_class <= kClasses && zone->slots() != 0 &&
         zone->block_size() <= kLargestZoneBlock;
}

bool take_census_of_zone(int line, Zone* zone, Census& census) {
  if (!zone_is_sound(zone)) return complain(line, 6, zone);
  if (!zone_is_in_map(zone)) return complain(line, 5, zone);
  if (!chain_is_sound(zone)) return complain(line, 6, zone);
  ++census.zones;
  if (zone->idle != 0) ++census.chained_zones[zone->size_class];
  census.slots[zone->size_class] += zone->slots();
  census.idle[zone->size_class] += zone->idle;
  return true;
}

bool take_census(int line, Census& census) {
  Block* block = first_block();
  if (!block->follows_used()) return complain(line, 2, block);
  while (block != heap.fence) {
    if (!size_is_sound(block) || (block->is_zone() && !block->used())) return complain(line, 1, block);
    Block* const next = block->is_zone() ? Zone::of(block)->next_block() : block->next();
    if (!neighbours_agree(block, next)) return complain(line, 2, block);
    if (!block->used() && !next->used()) return complain(line, 3, block);
    if (block->is_zone() && !take_census_of_zone(line, Zone::of(block), census)) return false;
    if (!block->used()) ++census.free_blocks;
    block = next;
  }
  return (block->tag() & ~kFollowsUsed) == kUsed || complain(line, 1, block);
}

// How many blocks are in the bin; nothing when one of them should not be. A ring is longer than `most`.
std::optional<std::size_t> count_bin(Word bin, std::size_t most) {
  std::size_t count = 0;
  for (Link* link = &heap.newest[bin]; *link != 0; link = &block_at(*link)->older()) {
    if (++count > most || !is_inside(*link)) return std::nullopt;
    Block* const block = block_at(*link);
    if (block->used() || block->leads_here() != link || bin_of(block->size()) != bin) return std::nullopt;
  }
  const bool marked = (heap.occupied[bin / 64] >> bin % 64 & 1) != 0;
  if (count != 0 && !marked) return std::nullopt;
  return count;
}

bool bins_are_sound(int line, const Census& census) {
  std::size_t count = 0;
  for (Word bin = 0; bin < kBins; ++bin) {
    const auto in_bin = count_bin(bin, census.free_blocks);
    if (!in_bin) return complain(line, 4, heap.base);
    count += *in_bin;
  }
  return count == census.free_blocks || complain(line, 4, heap.base);
}

bool map_is_sound(int line, const Census& census) {
  std::size_t zones = 0;
  for (Word granule = 0; granule < heap.mapped; ++granule) {
    if (map_byte(granule) != std::byte{0}) ++zones;
  }
  return zones == census.zones || complain(line, 5, heap.base);
}

bool zone_list_is_sound(Word size_class, const Census& census) {
  std::size_t count = 0;
  Link previous = 0;
  for (Link link = heap.slots[size_class].zones; link != 0;
       previous = link, link = zone_at(link)->links().next) {
    if (++count > census.chained_zones[size_class] || !is_inside(link)) return false;
    Zone* const zone = zone_at(link);
    if (zone_of(zone->payload()) != zone || zone->size_class != size_class) return false;
    if (zone->idle == 0 || zone->links().previous != previous) return false;
  }
  return count == census.chained_zones[size_class];
}

bool waiting_slots_are_sound(Word size_class, const Census& census) {
  const Slots& slots = heap.slots[size_class];
  Word count = census.idle[size_class];
  for (std::byte* slot = slots.fresh; slot != slots.stop; slot += slot_size_of(size_class)) {
    if (++count > census.slots[size_class] || !is_slot(slot, size_class)) return false;
  }
  for (void* slot = heap.freed[size_class]; slot != nullptr; slot = next_of(slot)) {
    if (++count > census.slots[size_class] || !is_slot(slot, size_class)) return false;
  }
  return true;
}

bool classes_are_sound(int line, const Census& census) {
  for (Word size_class = 1; size_class <= kClasses; ++size_class) {
    if (!zone_list_is_sound(size_class, census)) return complain(line, 6, heap.base);
    if (!waiting_slots_are_sound(size_class, census)) return complain(line, 7, heap.base);
  }
  return true;
}

bool kept_blocks_are_sound(int line) {
  for (Word i = 0; i < heap.kept.size(); ++i) {
    Block* const block = heap.kept[i];
    if (block == nullptr) continue;
    if (!is_inside(block->payload()) || zone_of(block->payload()) != nullptr)
      return complain(line, 7, heap.base);
    const bool marked = (heap.kept_sizes >> i & 1) != 0;
    if (!block->used() || block->size() != i * kAlignment || !marked) return complain(line, 7, block);
  }
  return true;
}

}  // namespace

extern "C" int mm_init(void) {
  constexpr Word kBytes = kFirstTag + kSpare + kWord;
  auto* const base = static_cast<std::byte*>(mem_sbrk(static_cast<std::intptr_t>(kBytes)));
  if (base == reinterpret_cast<std::byte*>(-1)) return -1;
  heap = {};
  heap.base = base;
  heap.spare = first_block();
  heap.spare->tag() = kSpare | kUsed | kFollowsUsed;
  heap.fence = heap.spare->next();
  heap.fence->tag() = kUsed | kFollowsUsed;
  return 0;
}

extern "C" void* mm_malloc(std::size_t size) {
  if (size - 1 < kLargestSmall) {
    const Word size_class = (size + kAlignment - 1) / kAlignment;
    void*& freed = heap.freed[size_class];
    if (freed == nullptr) return malloc_small(size_class, size);
    return std::exchange(freed, next_of(freed));
  }
  if (size - 1 >= kLargestRequest) return nullptr;  // 0 too
  const Word block_size = round_up(size + kWord, kAlignment);
  if (block_size <= kLargestKept) {
    if (Block* const kept = std::exchange(heap.kept[block_size / kAlignment], nullptr))
      return kept->payload();
  }
  return payload_of(take(block_size));
}

extern "C" void mm_free(void* payload) {
  if (Zone* const zone = zone_of(payload)) {
    next_of(payload) = std::exchange(heap.freed[zone->size_class], payload);
    return;
  }
  if (payload == nullptr) return;
  Block* block = Block::of(payload);
  if (const Word size = block->size(); size <= kLargestKept) {
    heap.kept_sizes |= std::uint64_t{1} << size / kAlignment;
    block = std::exchange(heap.kept[size / kAlignment], block);
    if (block == nullptr) return;
  }
  release(block);
}

extern "C" void* mm_realloc(void* payload, std::size_t size) {
  if (payload == nullptr) return mm_malloc(size);
  if (size == 0) {
    mm_free(payload);
    return nullptr;
  }
  if (size > kLargestRequest) return nullptr;
  Zone* const zone = zone_of(payload);
  return zone == nullptr ? resize_block(Block::of(payload), size) : resize_slot(zone, payload, size);
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
    Block* const below = block;
    block = cut(below, below->size() - gap);
    release(below);
  }
  trim(block, needed);
  return block->payload();
}

// True when all invariants hold; otherwise prints the first that does not, with the caller's line.
extern "C" bool mm_checkheap(int line) {
  Census census;
  return take_census(line, census) && bins_are_sound(line, census) && map_is_sound(line, census) &&
         classes_are_sound(line, census) && kept_blocks_are_sound(line);
}
