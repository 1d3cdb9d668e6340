// The traces of findings, kept for whoever looks at them, and for the next search to try first.
#pragma once

#include <filesystem>
#include <string>

#include "fuzz/verdicts.h"

namespace heapjudge {

// Writes the trace of the finding to failures_folder(), and those of what it was also seen as to symptoms_folder(); what
// was told of the other way before goes there. `beginning` is that of their names, see fuzz_failure_name(). Says in the
// finding where they are. Throws what write_whole_file() throws.
void keep_traces(Told& told, const std::filesystem::path& state_dir, const std::string& beginning);

}  // namespace heapjudge
