// From the guard's own record of how a submission was left to what the judge calls an ending.
#pragma once

#include "fuzz/guard/guard.h"
#include "oracle/fault.h"
#include "subject/ending.h"

namespace heapjudge {

Ending ending_of(const Escape& escape);

// The rule that was broken.
Fault fault_of(const Escape& escape);

}  // namespace heapjudge
