// Where a process that has locked itself in waits until the judge lets it go on.
#pragma once

#include <cstdint>

#include "wire/bell.h"

namespace heapjudge {

// Theory of operation.
//
//   judge                                      process
//                       ◄──────── told ─────── confines itself, writes `layers`
//     reads `layers`    ──────── open ───────► loads the submission
//
// Nothing of the submission runs before the gate is open, so what it says of its confinement can be believed.
struct ConfinementGate {
  std::uint32_t layers;  // ConfinementLayer bits
  Bell told;
  Bell open;
};

}  // namespace heapjudge
