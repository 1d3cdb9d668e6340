// The names of the reference allocators, and what to build for each.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace heapjudge {

struct Reference {
  std::string name;                      // as it was typed: "implicit:best"
  std::filesystem::path source;          // below Heapjudge's own folder: "reference/implicit.cc"
  std::vector<std::string> definitions;  // for the preprocessor: "HEAPJUDGE_FIT=best"

  // Its memory comes from the system, and not from memlib: it is launched without the filter of system calls
  // (SandboxRequest::seccomp), timed and never graded; judge/libc_heap.h measures its heap.
  bool uses_the_system = false;
};

inline constexpr std::string_view kLibcName = "libc";

// Every name, in the order in which they are best read. A name without a colon stands for its first variant.
std::span<const std::string_view> reference_names();

// Throws InputError, one line that lists the names, for a name that is none.
Reference reference_called(const std::string& name);

// The reference that is named where a submission's file is expected: a single word without a dot or a slash, and no
// such file or folder is there. Throws InputError for a word that is neither, and for libc.
std::optional<Reference> reference_instead_of_file(std::span<const std::filesystem::path> submission);

}  // namespace heapjudge
