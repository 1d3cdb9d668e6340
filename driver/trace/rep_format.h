// The `.rep` text format, both dialects, with our extension; traces/README.md describes it.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "trace/trace.h"

namespace heapjudge {

// What a file may hold: a trace at the limit keeps a grading busy for minutes, and one of ten million
// requests is a mistake. A header that says more is an error, and costs no memory.
inline constexpr std::size_t kMostRequests = std::size_t{1} << 23;
inline constexpr std::size_t kMostSpareIds = std::size_t{1} << 20;    // ids beyond one for each request
inline constexpr std::size_t kMostTraceBytes = std::size_t{1} << 28;  // of the file, packed and unpacked

// Parses the bytes of a .rep file; the trace's name is `name` without its folder. Throws InputError with
// `name:line:column: what`.
Trace parse_trace(std::string_view name, std::string_view bytes);

// Everything that is wrong with the bytes of a .rep file, one `name:line:column: what` each, at most `most`
// of them; empty when parse_trace() takes it. After a fault in the header nothing else is looked at; a line
// with a fault is otherwise passed over.
std::vector<std::string> faults_of_trace(std::string_view name, std::string_view bytes,
                                         std::size_t most = 100);

// Prints so that parse_trace(print_trace(t)) == t, for a trace within the limits above.
std::string print_trace(const Trace& trace);

// The bytes of a .rep, .rep.zst or .rep.gz file, unpacked; told apart by their first bytes. Throws InputError
// for what cannot be read or unpacked.
std::string load_trace_bytes(const std::filesystem::path& path);

// Reads and parses such a file.
// Throws InputError for whatever is not a readable trace (missing, a directory, empty, binary, truncated).
Trace load_trace(const std::filesystem::path& path);

}  // namespace heapjudge
