// The `.rep` text format, both dialects, with our extension; traces/README.md describes it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "trace/trace.h"

namespace heapjudge {

// Parses the bytes of a .rep file. Throws InputError with `name:line:column: what`.
Trace parse_trace(std::string_view name, std::string_view bytes);

// Prints so that parse_trace(print_trace(t)) == t.
std::string print_trace(const Trace& trace);

// Reads and parses a .rep, .rep.zst or .rep.gz file, told apart by their first bytes.
// Throws InputError for whatever is not a readable trace (missing, a directory, empty, binary, truncated).
Trace load_trace(const std::filesystem::path& path);

}  // namespace heapjudge
