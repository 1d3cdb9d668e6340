// What libFuzzer is told to do when it wants an input changed: see fuzz/engine.h.
#pragma once

#include "fuzz/engine.h"

namespace heapjudge {

// From now on the first inputs, and every other one later, are the source's; it must stay. Until then every other one
// is the generator's, of any tier.
void take_inputs_from(InputSource& source);

// From now on inputs are changed, and made of two, by this alone; it has the form of LLVMFuzzerMutate.
using ChangeBytes = std::size_t (*)(std::uint8_t* data, std::size_t size, std::size_t room);
void leave_changes_to(ChangeBytes change);

}  // namespace heapjudge
