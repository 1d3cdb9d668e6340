// The part of a rubric that says how the blocks of a heap are laid out.
#pragma once

#include <string>

#include "oracle/block_layout.h"
#include "yaml/section.h"

namespace heapjudge {

// Throws InputError with `file:line:column: what`.
BlockLayout read_layout(const std::string& file, const YamlNode& node);

}  // namespace heapjudge
