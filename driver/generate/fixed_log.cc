// Bit by bit: squaring a number doubles its logarithm.
#include "generate/fixed_log.h"

#include <array>
#include <bit>
#include <limits>

namespace heapjudge {
namespace {

using Wide = unsigned __int128;

constexpr unsigned kMantissaBits = 62;  // numbers from 1 to below 4 fit
constexpr std::uint64_t kMantissaOne = std::uint64_t{1} << kMantissaBits;

constexpr std::uint64_t root_of(Wide value) {
  std::uint64_t root = 0;
  for (std::uint64_t bit = std::uint64_t{1} << 63; bit != 0; bit >>= 1) {
    const Wide tried = root | bit;
    if (tried * tried <= value) root |= bit;
  }
  return root;
}

// kRoots[i] is 2^(2^-(i+1)), with kMantissaBits behind the point.
constexpr std::array<std::uint64_t, kFractionBits> kRoots = [] {
  std::array<std::uint64_t, kFractionBits> roots{};
  std::uint64_t last = 2 * kMantissaOne;
  for (std::uint64_t& root : roots) root = last = root_of(Wide{last} << kMantissaBits);
  return roots;
}();

// [i] is 2^(i / 2^(8 * (part + 1))): the eight bits of the fraction that `part` stands for, at once.
constexpr std::array<std::uint64_t, 256> powers_of(unsigned part) {
  std::array<std::uint64_t, 256> powers{};
  for (unsigned i = 0; i < powers.size(); ++i) {
    powers[i] = kMantissaOne;
    for (unsigned bit = 0; bit < 8; ++bit) {
      if ((i >> (7 - bit) & 1) == 0) continue;
      powers[i] = static_cast<std::uint64_t>(Wide{powers[i]} * kRoots[8 * part + bit] >> kMantissaBits);
    }
  }
  return powers;
}
constexpr std::array<std::uint64_t, 256> kHighPowers = powers_of(0);
constexpr std::array<std::uint64_t, 256> kLowPowers = powers_of(1);

}  // namespace

std::int64_t fixed_log2(std::uint64_t value) {
  const int whole = static_cast<int>(std::bit_width(value)) - 1;
  std::uint64_t mantissa = value << (63 - whole) >> (63 - kMantissaBits);
  std::int64_t result = whole;
  for (unsigned bit = 0; bit < kFractionBits; ++bit) {
    mantissa = static_cast<std::uint64_t>(Wide{mantissa} * mantissa >> kMantissaBits);
    const bool doubled = mantissa >= 2 * kMantissaOne;
    mantissa >>= static_cast<unsigned>(doubled);
    result = 2 * result + static_cast<std::int64_t>(doubled);
  }
  return result;
}

std::uint64_t fixed_exp2(std::int64_t exponent) {
  if (exponent < 0) return 0;
  const auto whole = static_cast<unsigned>(exponent >> kFractionBits);
  if (whole >= 64) return std::numeric_limits<std::uint64_t>::max();
  const auto high = static_cast<std::size_t>(exponent >> 8 & 0xff);
  const auto low = static_cast<std::size_t>(exponent & 0xff);
  const Wide mantissa = Wide{kHighPowers[high]} * kLowPowers[low] >> kMantissaBits;
  return static_cast<std::uint64_t>(mantissa << whole >> kMantissaBits);
}

}  // namespace heapjudge
