// Steps of 1, 2, 5, 10 ... for requests, powers of two for bytes.
#include "reports/heap_axis.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <string_view>

#include "reports/numbers.h"

namespace heapjudge {

std::string tick_text(std::uint64_t bytes) {
  constexpr std::array<std::string_view, 4> kUnits{" T", " G", " M", " K"};
  for (std::size_t i = 0; i < kUnits.size(); ++i) {
    const std::uint64_t unit = std::uint64_t{1} << (40 - 10 * i);
    if (bytes >= unit && bytes % unit == 0) return grouped(bytes / unit) + std::string(kUnits[i]);
  }
  return grouped(bytes);
}

std::string decade_text(int exponent) {
  constexpr std::array<std::string_view, 3> kMantissas{"1 ", "10 ", "100 "};
  constexpr std::array<std::string_view, 4> kUnits{"ns", "us", "ms", "s"};
  const auto at = static_cast<std::size_t>(exponent);
  return std::string(kMantissas[at % 3]) + std::string(kUnits[std::min(at / 3, kUnits.size() - 1)]);
}

std::string request_text(std::size_t request) {
  return "#" + grouped(request);
}

std::vector<std::uint64_t> byte_ticks(std::uint64_t bytes, std::size_t most) {
  std::uint64_t step = std::bit_ceil(std::max<std::uint64_t>(1, bytes / most));
  while (bytes / step + 1 > most) step *= 2;
  std::vector<std::uint64_t> ticks;
  for (std::uint64_t at = 0; at <= bytes; at += step) ticks.push_back(at);
  return ticks;
}

// Inner ticks stay clear of both ends, where a number stands in any case.
std::vector<std::size_t> request_ticks(const RequestSpan& window, std::size_t most) {
  std::vector<std::size_t> ticks{window.first};
  const std::size_t requests = window.requests();
  std::size_t step = 1;
  for (std::size_t round = 0; requests / step + 2 > most; ++round)
    step = round % 3 == 1 ? step / 2 * 5 : step * 2;
  const std::size_t clear = requests / most / 2;
  for (std::size_t at = (window.first / step + 1) * step; at < window.last; at += step) {
    if (at - window.first > clear && window.last - at > clear) ticks.push_back(at);
  }
  if (window.last > window.first) ticks.push_back(window.last);
  return ticks;
}

}  // namespace heapjudge
