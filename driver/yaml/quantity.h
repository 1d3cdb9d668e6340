// Quantities as a person writes them in a YAML file: "100 MiB", "2 s", and keys as a person misspells them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace heapjudge {

// Why a text is not a quantity, in words that follow a place: "unknown unit 'MB': use B, KiB, MiB or GiB".
struct NotAQuantity {
  std::string why;
};

// "4096", "64 KiB", "1.5MiB". A result that is not a whole number of bytes or does not fit is refused.
std::variant<std::uint64_t, NotAQuantity> parse_bytes(std::string_view text);

// "2 s", "500 ms", "1 min", or a bare number of seconds.
std::variant<double, NotAQuantity> parse_seconds(std::string_view text);

// "55 %", or a bare 0.55.
std::variant<double, NotAQuantity> parse_share(std::string_view text);

// A finite number, nothing before or after it.
std::optional<double> parse_number(std::string_view text);

// The known word that `word` was probably meant to be, if one is close.
std::optional<std::string> nearest_of(std::string_view word, std::span<const std::string_view> known);

}  // namespace heapjudge
