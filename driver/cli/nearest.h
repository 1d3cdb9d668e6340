// The known name that a mistyped one was probably meant to be.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace heapjudge {

// The name with the fewest letters inserted, removed, replaced or swapped with their neighbour; none when
// even that takes more than a third of its letters (at least one is allowed). The first wins a tie.
std::optional<std::string> nearest(std::string_view typed, std::span<const std::string> names);

}  // namespace heapjudge
