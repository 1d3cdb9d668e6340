// Logarithms and powers of two in whole numbers: the same bits on every machine and with every library.
#pragma once

#include <cstdint>

namespace heapjudge {

// Numbers with 16 bits behind the point.
inline constexpr unsigned kFractionBits = 16;
inline constexpr std::int64_t kFixedOne = std::int64_t{1} << kFractionBits;

// log2(value) for value > 0, cut off after 16 bits.
std::int64_t fixed_log2(std::uint64_t value);

// 2^exponent, rounded down; 0 below an exponent of 0, UINT64_MAX from one of 64 on.
std::uint64_t fixed_exp2(std::int64_t exponent);

}  // namespace heapjudge
