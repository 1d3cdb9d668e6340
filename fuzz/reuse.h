// Whether what was freed is used again: traces that ask for it, and what makes one of them a wasteful one. Each compares a
// submission with itself.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "fuzz/heap_meter.h"
#include "judge/waste_sheet.h"
#include "trace/random.h"

namespace heapjudge {

// The requests so many times, one round after the other, above a small block that stays: what a round leaves live is freed
// at its end.
Trace in_rounds(const Trace& round, std::size_t rounds);

// Round by round the heap grows, and does not come to rest even after two thousand: each round loses something. A round of
// more than kLongestRound requests, or one that begins afresh (mm_init), is not looked at.
inline constexpr std::size_t kLongestRound = 96;
std::optional<WastefulTrace> loses_by_the_round(const Trace& round, HeapMeter& submission);

// Fills the heap with blocks of one size and frees them, then with blocks of another size, and so on, some 48 KiB each
// time, above a small block that stays.
Trace one_size_after_the_other(Random& random);

// Between two requests of the trace nothing but its first block is live, once or more: and the whole of it takes half as
// much heap again as the most that any part takes alone. (16 KiB are no waste.)
std::optional<WastefulTrace> keeps_for_a_size(const Trace& trace, HeapMeter& submission);

// Blocks of which some are freed while their neighbours stay.
enum class Comb : std::uint8_t {
  kFewSizes,   // and here and there a neighbour is freed, too
  kJoined,     // of one size; when all others are free, some of their neighbours are freed
  kManySizes,  // the same, of a size for each block
  kExact       // of one size, and what is asked for again is as large
};

// A comb, and at last as many blocks as were freed, the largest first: smaller by an eighth, or of just their sizes.
Trace comb_and_refill(Random& random, Comb comb);

// Mallocs, then frees, then mallocs for each of which there is a freed block, larger by an eighth or as large: with the
// largest first each finds its place, however it is chosen. And yet the heap grows by an eighth, and by kOwnTables.
std::optional<WastefulTrace> does_not_refill(const Trace& trace, HeapMeter& submission, Comb comb);

}  // namespace heapjudge
