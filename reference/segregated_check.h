// The checker of segregated.cc, which alone includes this, behind what it checks with.
#pragma once

#include <cstdio>
#include <optional>

namespace {

bool complain(int line, int invariant, void* place) {
  const auto offset = static_cast<std::size_t>(static_cast<std::byte*>(place) - heap.base);
  std::fprintf(stderr, "segregated.cc:%d: invariant %d does not hold at +0x%zx\n", line, invariant, offset);
  return false;
}

// What the walk over the blocks finds; what the lists and the map hold is compared with it.
struct Census {
  std::size_t free_blocks = 0;
  std::size_t zones = 0;
  std::size_t zones_of[kClasses] = {};
  std::size_t open_zones_of[kClasses] = {};  // with a free slot
};

// A payload may start there: what a link leads to is looked at only then.
bool is_inside(Link link) {
  return link != 0 && at(link) < heap.fence->start();
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

bool zone_is_sound(Zone* zone) {
  const Word size_class = zone->size_class();
  const Word slots = zone->slot_count();
  if (size_class >= kClasses || slots == 0 || slots > 64) return false;
  if (zone_size_for(slots, slot_size_of(size_class)) > zone->block_size()) return false;
  return (zone->free & ~zone->all_slots()) == 0;
}

bool zone_is_in_map(Zone* zone) {
  const Word granule = granule_of(zone);
  return granule + 8 < heap.mapped && map_byte(granule) == map_byte_for(zone);
}

bool take_census_of_zone(int line, Zone* zone, Census& census) {
  if (!zone_is_sound(zone)) return complain(line, 6, zone);
  if (!zone_is_in_map(zone)) return complain(line, 5, zone);
  ++census.zones;
  ++census.zones_of[zone->size_class()];
  if (zone->free != 0) ++census.open_zones_of[zone->size_class()];
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
std::optional<std::size_t> count_list(Link* list, std::size_t most) {
  std::size_t count = 0;
  for (Link* link = list; *link != 0; link = &block_at(*link)->older()) {
    if (++count > most || !is_inside(*link)) return std::nullopt;
    Block* const block = block_at(*link);
    if (block->used() || block->leads_here() != link) return std::nullopt;
    if (heap.index != nullptr && &heap.index->newest[bin_of(block->size())] != list) return std::nullopt;
  }
  return count;
}

std::optional<std::size_t> count_bins(std::size_t most) {
  if (heap.index == nullptr) return count_list(&heap.free_list, most);
  std::size_t count = 0;
  for (Word bin = 0; bin < kBins; ++bin) {
    const auto in_bin = count_list(&heap.index->newest[bin], most);
    const bool marked = (heap.index->occupied[bin / 64] >> bin % 64 & 1) != 0;
    if (!in_bin || (*in_bin != 0 && !marked)) return std::nullopt;
    count += *in_bin;
  }
  return count;
}

bool bins_are_sound(int line, const Census& census) {
  const auto count = count_bins(census.free_blocks);
  const bool sound = count == census.free_blocks && heap.free_blocks == census.free_blocks;
  return sound || complain(line, 4, heap.base);
}

bool map_is_sound(int line, const Census& census) {
  std::size_t zones = 0;
  for (Word granule = 0; granule < heap.mapped; ++granule) {
    if (map_byte(granule) != std::byte{0}) ++zones;
  }
  return zones == census.zones || complain(line, 5, heap.base);
}

bool class_is_sound(Word number, const Census& census) {
  std::size_t open = 0;
  Link previous = 0;
  for (Link link = heap.classes[number].zones; link != 0; previous = link, link = zone_at(link)->next) {
    if (++open > census.open_zones_of[number] || !is_inside(link)) return false;
    Zone* const zone = zone_at(link);
    if (zone_of(zone) != zone || zone->size_class() != number) return false;
    if (zone->free == 0 || zone->previous != previous) return false;
  }
  return open == census.open_zones_of[number] && heap.classes[number].made == census.zones_of[number];
}

bool classes_are_sound(int line, const Census& census) {
  for (Word number = 0; number < kClasses; ++number) {
    if (!class_is_sound(number, census)) return complain(line, 6, &heap.classes[number]);
  }
  return true;
}

}  // namespace
