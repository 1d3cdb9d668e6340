// Reads sizes and times with units, and finds the nearest known word.
#include "yaml/quantity.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <numeric>
#include <vector>

namespace heapjudge {
namespace {

struct Unit {
  std::string_view name;
  double factor;
};
constexpr std::array<Unit, 5> kByteUnits{
    {{"", 1}, {"B", 1}, {"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30}}};
constexpr std::array<Unit, 4> kSecondUnits{{{"", 1}, {"ms", 0.001}, {"s", 1}, {"min", 60}}};
constexpr std::array<Unit, 2> kShareUnits{{{"", 1}, {"%", 0.01}}};

std::variant<double, NotAQuantity> parse_quantity(std::string_view text, std::span<const Unit> units,
                                                  const std::string& unit_names) {
  const std::string_view number = text.substr(0, text.find_first_not_of("0123456789.+-eE"));
  const std::optional<double> amount = parse_number(number);
  if (!amount) return NotAQuantity{"'" + std::string(text) + "' is not a number with a unit"};
  std::string_view unit = text.substr(number.size());
  unit.remove_prefix(std::min(unit.find_first_not_of(' '), unit.size()));
  for (const Unit& known : units) {
    if (known.name == unit) return *amount * known.factor;
  }
  return NotAQuantity{"unknown unit '" + std::string(unit) + "': use " + unit_names};
}

// Levenshtein's distance: how many letters to change, add or drop.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({row[j] + 1, diagonal + 1, replaced});
    }
  }
  return row.back();
}

}  // namespace

std::optional<double> parse_number(std::string_view text) {
  double value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (text.empty() || error != std::errc{} || stop != end || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::variant<std::uint64_t, NotAQuantity> parse_bytes(std::string_view text) {
  const auto quantity = parse_quantity(text, kByteUnits, "B, KiB, MiB or GiB");
  if (const auto* problem = std::get_if<NotAQuantity>(&quantity)) return *problem;
  const double bytes = std::get<double>(quantity);
  if (bytes < 0 || bytes > 0x1p53 || bytes != std::floor(bytes)) {
    return NotAQuantity{"'" + std::string(text) + "' is not a whole number of bytes"};
  }
  return static_cast<std::uint64_t>(bytes);
}

std::variant<double, NotAQuantity> parse_seconds(std::string_view text) {
  return parse_quantity(text, kSecondUnits, "ms, s or min");
}

std::variant<double, NotAQuantity> parse_share(std::string_view text) {
  return parse_quantity(text, kShareUnits, "% or none");
}

std::optional<std::string> nearest_of(std::string_view word, std::span<const std::string_view> known) {
  constexpr std::size_t kLongestWord = 64;  // no key is half as long, and the distance takes quadratic time
  if (word.empty() || word.size() > kLongestWord) return std::nullopt;
  const std::string_view* best = nullptr;
  std::size_t best_distance = std::max<std::size_t>(2, word.size() / 3) + 1;
  for (const std::string_view& candidate : known) {
    const std::size_t d = distance(word, candidate);
    if (d < best_distance && d < candidate.size()) {
      best = &candidate;
      best_distance = d;
    }
  }
  if (best == nullptr) return std::nullopt;
  return std::string(*best);
}

}  // namespace heapjudge
