// The traces of this folder that are made rather than recorded; traces/README.md says what each is for.
#pragma once

#include <filesystem>
#include <vector>

#include "trace/trace.h"

namespace heapjudge {

// All that lie in `folder`, which is traces/, each under the name of its file. Reads specs of folder/specs; throws
// InputError when one is not there or faulty.
std::vector<Trace> default_traces(const std::filesystem::path& folder);

// Sane requests (tier P0): one to begin with, then those of specs.
std::vector<Trace> sane_traces(const std::filesystem::path& folder);

// The contract beyond sane requests (tiers P1 to P3).
std::vector<Trace> contract_traces();

}  // namespace heapjudge
