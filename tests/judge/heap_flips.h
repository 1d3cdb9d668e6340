// Bits of a small heap that must not pass its own checker when they are changed, for each reference.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace heapjudge {

// A heap with three blocks of 40 bytes, the middle one free.
struct ThreeBlocks {
  std::uint64_t word_at(std::uint64_t offset) const;

  std::span<std::byte> heap;
  std::array<std::uint64_t, 3> payloads;  // where they are in it
};

struct Flip {
  std::uint64_t offset;  // of a word in the heap
  std::uint64_t bits;
};

void apply(const ThreeBlocks& blocks, const Flip& flip);

// Both fences, and the tags at both ends of each block: implicit.
std::vector<Flip> flips_of_boundary_tags(const ThreeBlocks& blocks);

// The same, and the links of the free block: explicit.
std::vector<Flip> flips_of_tags_and_links(const ThreeBlocks& blocks);

// The lower tags, the head of the fast list that the free block is on, its link, and the top: bins.
std::vector<Flip> flips_of_fast_lists(const ThreeBlocks& blocks);

// The tag below each payload: bump.
std::vector<Flip> flips_of_lower_tags(const ThreeBlocks& blocks);

// The lower tags, the room that the heap begins with, the head of the free block's list, and its links:
// buddy.
std::vector<Flip> flips_of_buddies(const ThreeBlocks& blocks);

// The lower tags, the bits of rows and columns, two heads of lists, and what the free block holds: tlsf.
std::vector<Flip> flips_of_two_levels(const ThreeBlocks& blocks);

// Of the map of bitmap, all bits of used units, and of last units those at the end of a run, of free units
// and past the heap. (A last unit within a run makes a heap as good.)
std::vector<Flip> flips_of_map(const ThreeBlocks& blocks);

}  // namespace heapjudge
