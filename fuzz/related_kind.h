// What was seen around a failing trace, as the fuzzing process tells it to the judge.
#pragma once

#include <cstdint>

namespace heapjudge {

// A kind of failure that small changes of the trace turn into. Changes of one sort, such as another size, count once.
struct RelatedKind {
  std::uint64_t kind = 0;
  std::uint32_t same = 0;  // sorts of changes by which it shows, and needs the same requests as the trace: see same_cause.h

  friend bool operator==(const RelatedKind&, const RelatedKind&) = default;
};

}  // namespace heapjudge
