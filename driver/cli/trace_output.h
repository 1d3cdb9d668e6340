// Where traces go.
#pragma once

#include <filesystem>
#include <optional>

#include "trace/trace.h"

namespace heapjudge {

// To a file, whole or not at all, packed when its name ends in .gz or .zst; without one, to the standard
// output. Throws std::runtime_error when it cannot be written, and InputError for a trace that no reader
// would take.
void write_trace(const Trace& trace, const std::optional<std::filesystem::path>& output);

}  // namespace heapjudge
