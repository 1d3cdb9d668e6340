// Whether two traces ask for the same.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "trace/trace.h"

namespace heapjudge {

enum class DifferenceKind : std::uint8_t {
  kRequest,   // another kind of request, or another size, count or alignment
  kBlock,     // the same of another block
  kLeftEnds,  // the left one ends here
  kRightEnds
};

struct Difference {
  DifferenceKind kind = DifferenceKind::kRequest;
  std::size_t request = 0;  // from 1; of both
};

// The first request in which the traces differ, when ids are mere names: which ids a trace uses, and when it
// uses one again, does not count. Headers do not count either.
std::optional<Difference> first_difference(const Trace& left, const Trace& right);

}  // namespace heapjudge
