// Changes fuzz inputs record by record, and makes one of two.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "trace/tier.h"

namespace heapjudge {

// Like LLVMFuzzerCustomMutator: `bytes` holds an input in its first `size` bytes, gets another one of the
// same kind, and its size is returned: at least a header, and no more than `bytes` (or what of it
// kMostInputBytes allows) holds. A `size` beyond `bytes` counts as all of it: -minimize_crash=1 asks so. The
// same for the same seed.
std::size_t mutate_input(std::span<std::uint8_t> bytes, std::size_t size, std::uint64_t seed);

// Like LLVMFuzzerCustomCrossOver: the header of either, and stretches of the records of both. Returns the
// size of what it has written to `out`.
std::size_t cross_inputs(std::span<const std::uint8_t> one, std::span<const std::uint8_t> other,
                         std::span<std::uint8_t> out, std::uint64_t seed);

}  // namespace heapjudge
