// Motifs: stretches of records that programs of bad luck would make, where allocators go wrong.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "fuzz/input_format.h"
#include "trace/random.h"
#include "trace/tier.h"

namespace heapjudge {

enum class Motif : std::uint8_t {
  kComb,           // a run of one size, every k-th freed, then sizes around the holes'
  kGrowPinned,     // one block grows while small ones are allocated behind it
  kExactFit,       // a hole between pins; as much, one less, one more
  kSplit,          // a hole, and a little less than it: what is left is too small for a block, or just not
  kDrainRefill,    // many sizes, all freed, the same again
  kFreeAllLarge,   // all freed, then nearly as much as there was in one piece
  kAlternate,      // small and large in turn, the large freed, then larger ones
  kLadder,         // sizes that rise by one grain each, freed up or down
  kStack,          // the newest is freed first
  kQueue,          // the oldest is freed first
  kClassEdges,     // the neighbours of a power of two, and frees between them
  kNeighbours,     // three neighbours freed in any order, then what they are together
  kAbsorbNext,     // a block grows into the hole behind it: exactly, less, more
  kAbsorbBefore,   // or has a hole before it
  kGrowAtEnd,      // the last block of the heap grows
  kSeesaw,         // one block shrinks and grows
  kTrim,           // a block shrinks, others move in behind it, and all are freed
  kChurn,          // one size, allocated and freed over and over
  kFill,           // some hundreds of live blocks, then anything
  kTrickle,        // the heap grows by one small block at a time, then by a large one
  kLargePieces,    // blocks of up to some MiB between small ones
  kFlood,          // more blocks of one size than a counter or a list takes, all freed, and asked for again
  kOddSizes,       // zero sizes and NULL between ordinary requests; from P1
  kClearedReuse,   // memory that was written to comes back by calloc; from P1
  kStartAfresh,    // the same before and after mm_init; from P1
  kRefusedGrowth,  // a large request while growths are refused, then after; from P2
  kRefusedResize,  // a block near the heap's end grows while some growths are refused; from P2
  kAlignedPieces,  // aligned blocks, and their neighbours freed; from P3
  kExtremes,       // what nobody can grant, between ordinary requests; from P3
};
inline constexpr std::size_t kMotifs = 29;

constexpr Tier tier_of(Motif motif) {
  if (motif >= Motif::kAlignedPieces) return Tier::kP3;
  if (motif >= Motif::kRefusedGrowth) return Tier::kP2;
  return motif >= Motif::kOddSizes ? Tier::kP1 : Tier::kP0;
}

// Appends one, of some records up to some hundred, to an input.
void append_motif(Motif motif, Random& random, std::vector<std::uint8_t>& input);

// One that inputs of the tier may hold.
Motif any_motif(Tier tier, Random& random);

// Appends one record.
void append_record(const Record& record, std::vector<std::uint8_t>& input);

}  // namespace heapjudge
