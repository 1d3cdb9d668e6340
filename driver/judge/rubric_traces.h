// The `traces` list of a rubric.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "judge/rubric.h"
#include "yaml/section.h"

namespace heapjudge {

// Leaves `into` as it is when the key is absent. Throws InputError for what is not P0 to P3.
void read_tier(const Section& section, std::string_view key, Tier& into);

// Paths are taken from `folder`. Throws InputError when the list is missing or empty, a file is not there, or
// two traces have the same name.
std::vector<TraceEntry> read_traces(const Section& top, const std::filesystem::path& folder);

}  // namespace heapjudge
