// Output pinned by files under tests/golden.
#pragma once

#include <string>
#include <vector>

namespace heapjudge {

// Expects `text` to be what tests/golden/`name` holds. With HEAPJUDGE_UPDATE_GOLDEN=1 in the environment it
// writes the file instead; read the difference before you commit it.
void expect_golden(const std::string& name, const std::string& text);

std::vector<std::string> lines_of(const std::string& text);

}  // namespace heapjudge
