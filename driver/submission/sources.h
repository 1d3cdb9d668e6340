// Which files of a submission are compiled, and where its headers are looked for.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace heapjudge {

struct SourceSet {
  std::vector<std::filesystem::path> sources;       // as given; of a folder: its C and C++ files by name
  std::vector<std::filesystem::path> include_dirs;  // where headers are looked for, in order
  std::vector<std::filesystem::path> folders;       // those of them that the submission was given in
  std::vector<std::string> notes;                   // one for each file left out, with the reason
  bool from_folder = false;
};

// `submission` is files, or one folder. Left out are a course's driver (memlib.c, mdriver.c, ...) and, of a
// folder, what another source includes, and programs that only call an allocator. Throws InputError for what
// cannot be a submission.
SourceSet collect_sources(const std::vector<std::filesystem::path>& submission);

bool is_cxx(const std::filesystem::path& source);

}  // namespace heapjudge
