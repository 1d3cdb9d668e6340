// Reads what AddressSanitizer and UndefinedBehaviorSanitizer have printed. Whoever printed it may have lied: it explains,
// and decides nothing.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "judge/fuzz_finding.h"

namespace heapjudge {

// The first error of each of the two, AddressSanitizer's before the other. `text` is what fuzz/sanitizer/host.cc leaves,
// and any bytes else; program counters are looked up in `library`.
std::vector<SanitizerError> sanitizer_errors_in(std::string_view text, const std::filesystem::path& library);

}  // namespace heapjudge
