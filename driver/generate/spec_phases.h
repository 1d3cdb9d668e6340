// The `phases` of a spec.
#pragma once

#include <string>
#include <vector>

#include "generate/spec.h"
#include "yaml/section.h"

namespace heapjudge {

// Each entry is a mapping of one key, the name of the phase, or that name alone. Throws InputError with the
// place of what does not fit.
std::vector<Phase> read_phases(const std::string& file, const YamlNode& list);

}  // namespace heapjudge
