// The `fuzz` section of a rubric.
#pragma once

#include "judge/fuzz_rules.h"
#include "submission/build.h"
#include "yaml/section.h"

namespace heapjudge {

// Throws InputError with the place of what does not fit; so is the whole section with 32-bit submissions.
FuzzRules read_fuzz(const std::string& file, const YamlNode& node, Abi abi);

}  // namespace heapjudge
