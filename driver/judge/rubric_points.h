// The `points` section of a rubric.
#pragma once

#include "judge/rubric.h"
#include "yaml/section.h"

namespace heapjudge {

// Leaves what the section does not name as it is in `rubric`. Throws InputError with the place of what does
// not fit.
void read_points(const std::string& file, const YamlNode& node, Rubric& rubric);

}  // namespace heapjudge
