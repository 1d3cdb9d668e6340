// Axes of pictures of a heap: bytes upward in powers of two, requests to the right.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "history/carpet.h"

namespace heapjudge {

std::string tick_text(std::uint64_t bytes);     // of a multiple of a power of two: "512 K", "0", "48"
std::string decade_text(int exponent);          // of 10^exponent nanoseconds, from 0 on: "100 ns", "1 us"
std::string request_text(std::size_t request);  // "#5 812"

// The multiples of a power of two up to `bytes`: at least two, at most `most` of them, 0 among them.
std::vector<std::uint64_t> byte_ticks(std::uint64_t bytes, std::size_t most);

// First, last, and round numbers between: at most `most`, by rising request.
std::vector<std::size_t> request_ticks(const RequestSpan& window, std::size_t most);

}  // namespace heapjudge
