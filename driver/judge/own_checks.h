// What the answers of a submission's own heap checker mean.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "oracle/violation.h"

namespace heapjudge {

// Courses differ on whether a checker returns 0 for a sound heap or for a broken one. What it returns on the empty heap,
// right after mm_init, is therefore taken for "sound", and a number of another sign (negative, 0, positive) for a
// complaint. One that returns nothing is heard only when it ends the process.
class OwnChecks {
 public:
  explicit OwnChecks(std::size_t result_bytes) : result_bytes_(result_bytes) {}

  // Its answer, of which only the result's bytes count.
  std::optional<Violation> judge(std::uint64_t returned);

 private:
  std::size_t result_bytes_;
  std::optional<std::int64_t> after_init_;
};

}  // namespace heapjudge
