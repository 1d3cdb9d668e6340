// Reference allocator: zones without headers for small blocks, best fit over segregated lists for the others.
//
// Theory of operation.
//
//   | classes | tag payload | tag zone | tag payload | tag links ... size | tag payload | fence |
//             '-- in use ---'    |     '-- in use ---'  '---- free -----'
//                                '-> | free slots, links | slot | slot | slot | ...
//
// Rounding costs more memory than placement does, so most blocks of up to kLargestSmall bytes have no tag:
// they are slots of one size in a zone, which is itself a block in use of up to 3.5 KiB, and a bit in the
// zone says whether a slot is free. It also keeps small blocks, which tend to stay, from standing between
// large ones that go. The first small blocks of each size are ordinary ones, as a zone for two blocks would
// be waste; room for them is set aside at the heap's start, where they are not in the way of a large block
// that grows. An empty zone becomes an ordinary free block, except the last one of its class, which goes
// before the heap has to grow.
//
// Which zone does an address belong to? A map in the heap has a byte for each granule of kGranule bytes: 0,
// or where in the granule a zone starts. No zone is smaller than a granule, and none has a slot that starts
// beyond the seventh granule after its first. So the eight bytes of the map that end at an address's granule,
// read as one word, name the nearest zone below the address by their highest byte that is not 0: a load and a
// few shifts.
//
// Other blocks have a tag in front: the size, and whether the block and the one before it are in use. Only a
// free block repeats its size in its last word, where the block behind looks for it. A search takes the best
// fit. Bins, each for one size or for an eighth of a doubling, lead to it, with a bit for each bin that may
// hold a block; until there are enough free blocks to pay for the table of bins, one list holds them all.
//
// What makes it fast is not in one place: slots are taken and given back without a look at their neighbours;
// a free block knows the link that leads to it, so that leaving a list needs no search and no branch; and
// nothing is put off. (A cache of just-freed blocks, coalesced later, was tried: it cost time and saved no
// memory.)
//
// Invariants; mm_checkheap checks them by number.
//   1. Blocks fill the room up to the fence; sizes are multiples of kAlignment, at least kMinBlock.
//   2. Each block, and the fence, knows whether the block before it is in use; a free one ends with its size.
//   3. No free block has a free neighbour.
//   4. The bins hold each free block once, in the right bin, and no other; each knows the link that leads to
//      it; the bit of a bin that holds a block is set.
//   5. The map names all zones, and nothing else.
//   6. A zone's free slots are among those it has. A zone with a free one is on the list of its class once;
//      no other is; the link back from each leads to the one before.
#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

#include "memlib.h"
#include "mm.h"
#include "segregated_layout.h"

namespace {

// ---- Bins of free blocks.

constexpr Word log2_floor(Word n) {
  return static_cast<Word>(std::bit_width(n)) - 1;
}

constexpr Word bin_of(Word size) {
  if (size < 1024) return size / 16;
  const Word log2 = log2_floor(size);
  return std::min(kBins - 1, kExactBins + (log2 - 10) * 8 + (size >> (log2 - 3)) % 8);
}
static_assert(bin_of(1023) + 1 == bin_of(1024) && bin_of(2047) + 1 == bin_of(2048));

Block* block_at(Link link) {
  return Block::of(at(link));
}

Link& bin_for(Word size) {
  if (heap.index == nullptr) return heap.free_list;
  const Word bin = bin_of(size);
  heap.index->occupied[bin / 64] |= std::uint64_t{1} << bin % 64;
  return heap.index->newest[bin];
}

void link(Block* block) {
  Link& bin = bin_for(block->size());
  block->older() = bin;
  block->leads_here() = &bin;
  block_at(bin)->leads_here() = &block->older();  // nobody's, when the bin was empty
  bin = link_to(block->payload());
  ++heap.free_blocks;
}

void unlink(Block* block) {
  *block->leads_here() = block->older();
  block_at(block->older())->leads_here() = block->leads_here();  // nobody's, behind the last one
  --heap.free_blocks;
}

// The smallest block of the list that is large enough, or the best of the first so many.
Block* best_of(Link link, Word size, int looks) {
  Block* best = nullptr;
  Word best_size = ~Word{0};
  for (; link != 0 && looks > 0; --looks) {
    Block* const block = block_at(link);
    link = block->older();
    const Word has = block->size();
    if (has < size || has >= best_size) continue;
    best = block;
    best_size = has;
    if (has == size) break;
  }
  return best;
}

// The first bin from this one on that holds a block, or kBins.
inline Word occupied_bin_from(Word bin) {
  if (bin >= kBins) return kBins;
  Word word = bin / 64;
  std::uint64_t bits = heap.index->occupied[word] & ~std::uint64_t{0} << bin % 64;
  while (bits == 0) {
    if (++word == kBins / 64) return kBins;
    bits = heap.index->occupied[word];
  }
  return word * 64 + static_cast<Word>(std::countr_zero(bits));
}

[[gnu::noinline]] Block* find_in_bins(Word bin, Word size) {
  while (bin < kBins) {
    const Link newest = heap.index->newest[bin];
    if (newest == 0)
      heap.index->occupied[bin / 64] &= ~(std::uint64_t{1} << bin % 64);  // nobody did so before
    Block* const block = best_of(newest, size, bin == kBins - 1 ? INT32_MAX : kMostLooks);
    if (block != nullptr) return block;
    bin = occupied_bin_from(bin + 1);
  }
  return nullptr;
}

// Most searches end in the first bin, whose blocks are all of one size.
inline Block* find(Word size) {
  if (heap.index == nullptr) return best_of(heap.free_list, size, INT32_MAX);
  Word bin = bin_of(size);
  if (const Link newest = heap.index->newest[bin]; newest != 0 && block_at(newest)->size() == size)
    return block_at(newest);
  return find_in_bins(occupied_bin_from(bin), size);
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

// Keeps `size` bytes of a block in use; the rest becomes a free block, if it can be one.
void trim(Block* block, Word size) {
  const Word rest = block->size() - size;
  if (rest < kMinBlock) return;
  block->tag() -= rest;
  Block* const freed = block->next();
  freed->tag() = rest | kUsed | kFollowsUsed;
  release(freed);
}

// A block in use of `size` bytes at the end of the heap. Only what a free last block lacks is asked for.
// nullptr, and the heap as it was, when it may not grow.
[[gnu::noinline]] Block* extend(Word size) {
  Block* last = heap.fence;
  Word have = 0;
  if (!last->follows_used()) {
    last = last->previous();
    have = last->size();
  }
  if (static_cast<std::uint64_t>(last->start() - heap.base) + size >= kLargestHeap) return nullptr;
  if (mem_sbrk(static_cast<std::intptr_t>(size - have)) == reinterpret_cast<void*>(-1)) return nullptr;
  if (have != 0) unlink(last);
  heap.fence = Block::at(last->start() + size);
  heap.fence->tag() = kUsed;
  last->set_used(size);  // without a free last block, the old fence becomes the tag of this one
  return last;
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

bool flush();

// The table of bins is worth its room as soon as there is something to search.
void make_index();

// A block in use of at least `size` bytes, with as little to spare as can be.
inline Block* take(Word size) {
  if (heap.index == nullptr && heap.free_blocks > kFewFreeBlocks) make_index();
  Block* block = find(size);
  if (block == nullptr && flush()) block = find(size);
  return block == nullptr ? extend(size) : take_found(block, size);
}

[[gnu::noinline]] void make_index() {
  if (heap.fence->start() < heap.base + kHeapForIndex) return;
  const Word size = block_size_for(sizeof(Index));
  Block* const found = find(size);
  Block* const block = found == nullptr ? extend(size) : take_found(found, size);
  if (block == nullptr) return;
  Link rest = heap.free_list;
  heap.free_blocks = 0;
  heap.index = static_cast<Index*>(std::memset(block->payload(), 0, sizeof(Index)));
  while (rest != 0) {
    Block* const moved = block_at(rest);
    rest = moved->older();
    link(moved);
  }
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
  const Word needed = granule_of(zone) + 9;
  if (needed <= heap.mapped) return true;
  const Word granules = needed + needed / 2 + 8;
  Block* const block = take(block_size_for(granules + 7));
  if (block == nullptr) return false;
  std::byte* const map = block->payload();
  std::memset(map, 0, block->payload_size());
  if (heap.mapped != 0) {
    std::memcpy(map, heap.map, heap.mapped + 7);
    release(Block::of(const_cast<std::byte*>(heap.map)));
  }
  heap.map = map;
  heap.mapped = granules;
  return true;
}

// The zone that holds the address, or nullptr when it is the payload of a block of its own.
inline Zone* zone_of(void* address) {
  const Word granule = granule_of(address);
  if (granule >= heap.mapped) return nullptr;
  std::uint64_t starts;
  std::memcpy(&starts, heap.map + granule, sizeof starts);
  while (starts != 0) {
    const auto below = static_cast<Word>(std::countl_zero(starts)) / 8;
    const auto start = static_cast<Word>(starts >> (56 - 8 * below) & 0xff) - 1;
    auto* const zone = reinterpret_cast<Zone*>(heap.base + (granule - below) * kGranule + start * kAlignment);
    const auto distance = static_cast<std::byte*>(address) - reinterpret_cast<std::byte*>(zone);
    if (distance >= 0) return static_cast<Word>(distance) < zone->block_size() - kWord ? zone : nullptr;
    starts &= ~(std::uint64_t{0xff} << 56);  // it starts behind the address, in the same granule
  }
  return nullptr;
}
static_assert(std::endian::native == std::endian::little, "the last byte of the map is the highest");

// ---- Zones.

void push_zone(SizeClass& size_class, Zone* zone) {
  zone->previous = 0;
  zone->next = size_class.zones;
  if (zone->next != 0) zone_at(zone->next)->previous = link_to(zone);
  size_class.zones = link_to(zone);
}

void remove_zone(SizeClass& size_class, Zone* zone) {
  if (zone->next != 0) zone_at(zone->next)->previous = zone->previous;
  (zone->previous == 0 ? size_class.zones : zone_at(zone->previous)->next) = zone->next;
}

// About an eighth of what the class has already: the newest zone of a class is half empty on average.
Word slots_for(Word slot_size, Word zones) {
  const Word bytes = std::clamp<Word>(256 * zones, kGranule, kLargestZone);
  return std::min<Word>({64, kLargestZone / slot_size, (bytes + slot_size - 1) / slot_size});
}

// Rather a smaller zone in a hole that there is than a larger heap.
Word slots_in_reach(Word planned, Word slot_size) {
  const Word least = slots_for(slot_size, 0);
  Word slots = planned;
  while (find(zone_size_for(slots, slot_size)) == nullptr) {
    if (slots == least) return planned;
    slots = std::max(slots / 2, least);
  }
  return slots;
}

[[gnu::noinline]] Zone* make_zone(Word size_class) {
  const Word slot_size = slot_size_of(size_class);
  SizeClass& made_for = heap.classes[size_class];
  const Word slots = slots_in_reach(slots_for(slot_size, made_for.made), slot_size);
  Block* const block = take(zone_size_for(slots, slot_size));
  if (block == nullptr) return nullptr;
  Zone* const zone = Zone::of(block);
  if (!map_reaches(zone)) {
    release(block);
    return nullptr;
  }
  block->tag() |= kZone | size_class << kClassShift | slots << kSlotsShift;
  zone->free = zone->all_slots();
  map_byte(granule_of(zone)) = map_byte_for(zone);
  ++made_for.made;
  push_zone(made_for, zone);
  return zone;
}

void unmake_zone(SizeClass& size_class, Zone* zone) {
  remove_zone(size_class, zone);
  --size_class.made;
  map_byte(granule_of(zone)) = std::byte{0};
  Block* const block = zone->block();
  block->tag() &= 0xffff & ~kZone;
  release(block);
}

// Gives back the empty zones that were kept. True when there were any.
[[gnu::noinline]] bool flush() {
  bool any = false;
  for (std::uint32_t left = std::exchange(heap.kept_empty, 0); left != 0; left &= left - 1) {
    SizeClass& size_class = heap.classes[std::countr_zero(left)];
    if (size_class.zones == 0) continue;
    Zone* const zone = zone_at(size_class.zones);
    if (zone->free != zone->all_slots()) continue;
    unmake_zone(size_class, zone);
    any = true;
  }
  return any;
}

void* take_slot(SizeClass& size_class, Zone* zone, Word slot_size) {
  const auto slot = static_cast<Word>(std::countr_zero(zone->free));
  zone->free &= zone->free - 1;
  if (zone->free == 0) {
    size_class.zones = zone->next;
    if (zone->next != 0) zone_at(zone->next)->previous = 0;
  }
  return zone->slots() + slot * slot_size;
}

// Dividing by a slot size is multiplying by this: exact for what a zone can hold.
constexpr unsigned kReciprocalShift = 16;
constexpr auto kReciprocals = [] {
  std::array<std::uint32_t, kClasses> reciprocals{};
  for (Word i = 0; i < kClasses; ++i)
    reciprocals[i] = static_cast<std::uint32_t>((1u << kReciprocalShift) / (i + 1) + 1);
  return reciprocals;
}();

Word slot_at(Word distance, Word size_class) {
  return distance / kAlignment * kReciprocals[size_class] >> kReciprocalShift;
}
static_assert(kLargestZone / kAlignment < (1u << kReciprocalShift) / kClasses,
              "the error stays below one slot");

void free_slot(Zone* zone, void* payload) {
  const Word tag = zone->tag();
  const Word number = tag >> kClassShift & 0xff;
  SizeClass& size_class = heap.classes[number];
  const auto distance = static_cast<Word>(static_cast<std::byte*>(payload) - zone->slots());
  const std::uint64_t before = zone->free;
  zone->free |= std::uint64_t{1} << slot_at(distance, number);
  if (before == 0) {
    push_zone(size_class, zone);
  } else if (zone->free == zone->all_slots()) {
    if (zone->next == 0 && zone->previous == 0) {
      heap.kept_empty |= 1u << number;
    } else {
      unmake_zone(size_class, zone);
    }
  }
}

// ---- Requests.

void* malloc_block(Word request) {
  Block* const block = take(block_size_for(request));
  return block == nullptr ? nullptr : block->payload();
}

// There is no free slot. What a free block of just the right size can hold takes no room from others, and
// before there are zones the same is true of any fragment.
[[gnu::noinline]] void* malloc_beside_zones(Word size_class, Word request) {
  SizeClass& asked = heap.classes[size_class];
  const Word size = block_size_for(request);
  if (heap.spare != nullptr) release(std::exchange(heap.spare, nullptr));
  const Word most = asked.beside < kBeforeZones ? std::max(size, kFragment) : size;
  if (Block* const block = find(size); block != nullptr && block->size() <= most) {
    return take_found(block, size)->payload();
  }
  if (asked.beside < kBeforeZones) {
    ++asked.beside;
  } else if (Zone* const zone = make_zone(size_class); zone != nullptr) {
    return take_slot(asked, zone, slot_size_of(size_class));
  }
  return malloc_block(request);
}

void* malloc_small(Word request) {
  const Word number = (request - 1) / kAlignment;
  SizeClass& size_class = heap.classes[number];
  if (size_class.zones == 0) return malloc_beside_zones(number, request);
  return take_slot(size_class, zone_at(size_class.zones), slot_size_of(number));
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
  if (void* const lower = grow_downward(block, size)) return lower;
  return move(block->payload(), block->payload_size(), request);
}

// A slot stays as long as it is not too large by half.
void* resize_slot(Zone* zone, void* payload, Word request) {
  const Word has = slot_size_of(zone->size_class());
  return request <= has && request > has / 2 ? payload : move(payload, has, request);
}

}  // namespace

#include "segregated_check.h"

extern "C" int mm_init(void) {
  const Word classes = round_up(kClasses * sizeof(SizeClass), kAlignment);
  const Word bytes = kNobody + classes + kSpare + kAlignment;
  auto* const base = static_cast<std::byte*>(mem_sbrk(static_cast<std::intptr_t>(bytes)));
  if (base == reinterpret_cast<std::byte*>(-1)) return -1;
  heap = {};
  heap.base = base;
  heap.classes = static_cast<SizeClass*>(std::memset(static_cast<void*>(base + kNobody), 0, classes));
  heap.spare = first_block();
  heap.spare->tag() = kSpare | kUsed | kFollowsUsed;
  heap.fence = heap.spare->next();
  heap.fence->tag() = kUsed | kFollowsUsed;
  return 0;
}

extern "C" void* mm_malloc(std::size_t size) {
  if (size - 1 < kLargestSmall) return malloc_small(size);
  if (size == 0 || size > kLargestRequest) return nullptr;
  return malloc_block(size);
}

extern "C" void mm_free(void* payload) {
  if (payload == nullptr) return;
  Zone* const zone = zone_of(payload);
  if (zone != nullptr) return free_slot(zone, payload);
  release(Block::of(payload));
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
    const Word whole = below->size();
    below->tag() -= whole - gap;
    block = below->next();
    block->tag() = (whole - gap) | kUsed | kFollowsUsed;
    release(below);
  }
  trim(block, needed);
  return block->payload();
}

// True when all invariants hold; otherwise prints the first that does not, with the caller's line.
extern "C" bool mm_checkheap(int line) {
  Census census;
  return take_census(line, census) && bins_are_sound(line, census) && map_is_sound(line, census) &&
         classes_are_sound(line, census);
}
