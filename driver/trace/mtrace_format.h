// The log that glibc's mtrace() writes, as a source of traces.
#pragma once

#include <string_view>

#include "trace/transcript.h"

namespace heapjudge {

// True when the bytes begin as such a log does.
bool is_mtrace(std::string_view bytes);

// Reads a whole log. A last line without its end is what a crash left, and is passed over. Throws InputError
// ("name:line:column: what") for what is no such log.
Transcript read_mtrace(std::string_view name, std::string_view bytes, const TranscriptOptions& options = {});

// The same as a trace; its name is `name` without its folder.
Trace parse_mtrace(std::string_view name, std::string_view bytes, const TranscriptOptions& options = {});

}  // namespace heapjudge
