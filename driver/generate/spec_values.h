// The values that stand in specs: counts, chances, sizes and their distributions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "generate/distribution.h"
#include "yaml/section.h"

namespace heapjudge {

struct CountRange {
  std::size_t least = 1;
  std::size_t most = std::size_t{1} << 23;  // more than a trace holds
};

// Each leaves `into` as it is when the key is absent, and throws InputError with the place of what does not
// fit.
void read_count(const Section& section, std::string_view key, std::size_t& into,
                const CountRange& range = {});
void read_seed(const Section& section, std::string_view key, std::uint64_t& into);
void read_chance(const Section& section, std::string_view key, Chance& into);
void read_any_bytes(const Section& section, std::string_view key, std::uint64_t& into);
void read_byte_range(const Section& section, std::string_view key, std::uint64_t& least, std::uint64_t& most);
void read_count_range(const Section& section, std::string_view key, std::size_t& least, std::size_t& most);

// A size (64, 4 KiB), a range ([16, 64]), or a mapping that names a distribution.
void read_distribution(const Section& section, std::string_view key, Distribution& into);
void read_distribution(const Section& section, std::string_view key, std::optional<Distribution>& into);

}  // namespace heapjudge
