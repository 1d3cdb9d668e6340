// Bytes that are not what they should be.
#pragma once

#include <array>
#include <cstdint>

namespace heapjudge {

// Payload bytes that are not what the judge put there. Offsets are heap offsets.
struct Damage {
  std::uint64_t first_offset = 0;           // the first byte that differs
  std::uint64_t last_offset = 0;            // the last one
  std::uint64_t bytes = 0;                  // how many differ in all
  std::array<std::uint8_t, 16> found{};     // from first_offset on, as found
  std::array<std::uint8_t, 16> expected{};  // from first_offset on, as put there
  std::uint8_t shown = 0;                   // how many of `found` and `expected` are meant

  friend bool operator==(const Damage&, const Damage&) = default;
};

}  // namespace heapjudge
