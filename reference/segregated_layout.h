// What lies where in the heap of segregated.cc, which alone includes this: blocks, zones, and the roots of it
// all.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace {

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
  Link older_;
  Link* leads_here_;
};
constexpr Word kMinBlock = round_up(sizeof(Block) + kWord, kAlignment);
// Room at the heap's start for what is written to the block at link 0, which is none.
constexpr Word kNobody = kAlignment;
static_assert(sizeof(Block) <= kWord + kNobody);
static_assert(kMinBlock == 4 * kWord,
              "a free block holds its tag, its links and its size again, and no more");

constexpr Word block_size_for(Word request) {
  return std::max(kMinBlock, round_up(request + kWord, kAlignment));
}

// Small blocks.
constexpr Word kLargestSmall = 128;
constexpr Word kClasses = kLargestSmall / kAlignment;
constexpr Word kBeforeZones = 8;  // ordinary blocks of a class
constexpr Word kFragment = 128;   // free blocks up to this size are of use to small blocks only
static_assert(kClasses <= 32, "a bit for each fits a word");
constexpr Word kSpare =
    3 * kMinBlock;  // for the first small blocks: where they are not in the way of a growing one
constexpr Word kGranule = 512;
constexpr Word kLargestZone = 3584;  // of slots

// What a zone's tag says besides its size, which needs 16 bits only.
constexpr unsigned kClassShift = 16;
constexpr unsigned kSlotsShift = 24;

// The payload of a block with kZone.
struct Zone {
  std::uint64_t free;  // a bit for each slot
  Link next;           // on the list of the zones of a class that have a free slot
  Link previous;

  static Zone* of(Block* block) { return reinterpret_cast<Zone*>(block->payload()); }
  std::byte* slots() { return reinterpret_cast<std::byte*>(this + 1); }
  Block* block() { return Block::of(this); }
  Word tag() { return block()->tag(); }
  Word block_size() { return tag() & 0xffff & ~kFlags; }
  Block* next_block() { return Block::at(block()->start() + block_size()); }
  Word size_class() { return tag() >> kClassShift & 0xff; }
  Word slot_count() { return tag() >> kSlotsShift & 0xff; }
  std::uint64_t all_slots() { return ~std::uint64_t{0} >> (64 - slot_count()); }
};
static_assert(sizeof(Zone) % kAlignment == 0, "slots are aligned as the zone is");

constexpr Word slot_size_of(Word size_class) {
  return (size_class + 1) * kAlignment;
}

constexpr Word zone_size_for(Word slot_count, Word slot_size) {
  return block_size_for(sizeof(Zone) + slot_count * slot_size);
}
constexpr Word kLargestZoneBlock = kLargestZone + sizeof(Zone) + kAlignment;
static_assert(kLargestZoneBlock < 1u << kClassShift);
static_assert(kGranule + sizeof(Zone) + kLargestZone - kLargestZone / 64 <= 8 * kGranule,
              "eight bytes of the map lead from the last slot to the zone");

struct SizeClass {
  Link zones;                // with a free slot
  std::uint32_t beside : 4;  // blocks that it took beside its zones, as far as kBeforeZones
  std::uint32_t made : 28;   // zones that there are
};

// Other blocks: bins.
constexpr Word kExactBins = 1024 / 16;
constexpr Word kBins = 192;
constexpr int kMostLooks = 32;

struct Index {
  std::uint64_t occupied[kBins / 64];
  Link newest[kBins];
};
// A table costs room, and with few free blocks one list is as fast.
constexpr Word kHeapForIndex = 32 * 1024;
constexpr std::uint32_t kFewFreeBlocks = 16;

// What lies outside the heap, set by mm_init.
struct Roots {
  std::byte* base;
  Block* fence;
  SizeClass* classes;
  Block* spare;               // until the first small request
  Index* index;               // nullptr: all free blocks are on one list
  Link free_list;             // that one
  std::uint32_t free_blocks;  // that are on lists
  std::uint32_t kept_empty;   // a bit for each class that may keep an empty zone
  const std::byte* map;       // the byte of a granule is the last of the eight here
  Word mapped;                // granules
};
Roots heap;

Link link_to(void* payload) {
  return static_cast<Link>(static_cast<Word>(static_cast<std::byte*>(payload) - heap.base) / kAlignment);
}

Block* first_block() {
  return Block::at(reinterpret_cast<std::byte*>(heap.classes) +
                   round_up(kClasses * sizeof(SizeClass), kAlignment) + kWord);
}

std::byte* at(Link link) {
  return heap.base + Word{link} * kAlignment;
}

Zone* zone_at(Link link) {
  return reinterpret_cast<Zone*>(at(link));
}

}  // namespace
