// How far a trace goes beyond sane requests, so that a shallow disagreement hides nothing deeper.
#pragma once

#include <cstdint>

namespace heapjudge {

// Each adds to the one before: P0 asks for sane sizes; P1 for zero sizes, NULL, mm_init again and calloc; P2 has
// growths of the heap refused; P3 asks for huge sizes, products that overflow and aligned blocks.
enum class Tier : std::uint8_t { kP0, kP1, kP2, kP3 };

}  // namespace heapjudge
