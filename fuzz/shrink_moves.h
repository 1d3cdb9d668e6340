// Simpler traces next to a given one, for shrinking.
#pragma once

#include <array>
#include <cstddef>
#include <optional>

#include "fuzz/lifetimes.h"

namespace heapjudge {

// What a move makes of the trace at the request with this index, not yet repaired; none where it does not
// apply. Each has fewer requests than before, or as many and a plainer one, so that moves come to an end.
using Move = std::optional<Lifetimes> (*)(const Lifetimes&, std::size_t index);

// A block is asked for at once at the size to which it is resized here.
std::optional<Lifetimes> asked_for_at_once(const Lifetimes& requests, std::size_t index);

// One block in the place of this one and the one that is allocated next, as large as both.
std::optional<Lifetimes> joined_with_next(const Lifetimes& requests, std::size_t index);

// A malloc in the place of a calloc, an aligned request or a realloc of NULL; a new block for one that is
// resized.
std::optional<Lifetimes> as_malloc(const Lifetimes& requests, std::size_t index);

// A malloc of one byte in the place of one of none, a free in that of a realloc to nothing.
std::optional<Lifetimes> without_zero(const Lifetimes& requests, std::size_t index);

// One growth refused instead of several, one element of a calloc, or two where the product overflows to about the same,
// the least alignment.
std::optional<Lifetimes> with_less_beside(const Lifetimes& requests, std::size_t index);

inline constexpr std::array<Move, 5> kMoves{asked_for_at_once, joined_with_next, as_malloc, without_zero,
                                            with_less_beside};

// One block, as large as all, in the place of those that are born at first and after it, `count` of them; so
// many as there are.
Lifetimes joined(const Lifetimes& requests, std::size_t first_birth, std::size_t count);

// Of the blocks, only those of the last `count` requests.
Lifetimes with_last_blocks(const Lifetimes& requests, std::size_t count);

// Of what comes before the last request, only the births, each a malloc of `size` bytes; of its own size, for 0.
Lifetimes births_before_last(const Lifetimes& requests, std::uint64_t size);

// No block larger than that.
Lifetimes with_sizes_capped(const Lifetimes& requests, std::uint64_t most);

}  // namespace heapjudge
