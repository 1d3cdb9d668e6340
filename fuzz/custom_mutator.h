// What libFuzzer is told to do when it wants an input changed: see fuzz/engine.h.
#pragma once

#include "fuzz/engine.h"

namespace heapjudge {

// From now on the first inputs, and every other one later, are the source's; it must stay. Until then every other one
// is the generator's, of any tier.
void take_inputs_from(InputSource& source);

}  // namespace heapjudge
