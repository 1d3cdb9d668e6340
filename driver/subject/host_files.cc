// Finds what a build of Heapjudge has made for the student's side.
#include <fstream>
#include <stdexcept>

#include "subject/child_subject.h"

namespace heapjudge {

HostFiles host_files(const std::filesystem::path& build_dir, bool ilp32) {
  const std::string suffix = ilp32 ? "32" : "";
  HostFiles files{build_dir / "student" / ("heapjudge_host" + suffix),
                  build_dir / "student" / ("libheapjudge_memlib" + suffix + ".so")};
  if (!std::filesystem::exists(files.host) || !std::filesystem::exists(files.memlib)) {
    throw std::runtime_error(ilp32 ? "this build has no 32-bit host: install gcc-multilib and g++-multilib, and "
                                     "build again"
                                   : "the host program is not built");
  }
  return files;
}

// ELF's class byte tells how wide addresses are.
bool is_ilp32_program(const std::filesystem::path& program) {
  std::ifstream file(program, std::ios::binary);
  char head[5] = {};
  file.read(head, sizeof head);
  if (!file) throw std::runtime_error("cannot read " + program.string());
  return head[4] == 1;
}

std::filesystem::path build_dir_of_this_program() {
  std::filesystem::path place = std::filesystem::read_symlink("/proc/self/exe");
  while (place.has_relative_path()) {
    place = place.parent_path();
    if (std::filesystem::exists(place / "student" / "heapjudge_host")) return place;
  }
  throw std::runtime_error("the host program is not built");
}

}  // namespace heapjudge
