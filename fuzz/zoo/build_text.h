// An allocator of the zoo, or a mutant of one, made ready to be searched.
#pragma once

#include <filesystem>
#include <string>

#include "fuzz/fuzz_build.h"
#include "judge/rubric.h"

namespace heapjudge {

// Writes the source to `mm.c` in that folder, which it makes, and builds it there. Throws std::runtime_error when that
// does not build.
FuzzBuild build_text(const Rubric& rubric, const std::filesystem::path& folder, const std::string& source);

}  // namespace heapjudge
