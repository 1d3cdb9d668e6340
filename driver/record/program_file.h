// Whether a program can be recorded, as far as its file tells.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace heapjudge {

// Why the recorder cannot get into this program, for the end of a sentence: a 32-bit program, one that is
// linked statically. For a script, its interpreter is looked at. nullopt when nothing is in the way.
std::optional<std::string> why_not_recordable(const std::filesystem::path& program);

// True when the program runs with more rights than its caller, so that the loader ignores what is preloaded.
bool has_rights_of_its_own(const std::filesystem::path& program);

}  // namespace heapjudge
