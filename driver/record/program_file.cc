// Reads no more of a program than the head of its file.
#include "record/program_file.h"

#include <elf.h>
#include <sys/stat.h>
#include <sys/xattr.h>

#include <cstring>
#include <fstream>
#include <string_view>
#include <vector>

namespace heapjudge {
namespace {

constexpr std::size_t kHeadBytes = 1 << 16;

std::string head_of(const std::filesystem::path& path) {
  std::string bytes(kHeadBytes, '\0');
  std::ifstream file(path, std::ios::binary);
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  return bytes;
}

std::string_view interpreter_of_script(std::string_view head) {
  std::string_view line = head.substr(2, head.find('\n') - 2);
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  return line.substr(0, line.find_first_of(" \t\r"));
}

// The loader, which is what preloads, is named in a segment of its own.
bool names_a_loader(std::string_view head) {
  Elf64_Ehdr header{};
  if (head.size() < sizeof header) return false;
  std::memcpy(&header, head.data(), sizeof header);
  for (std::size_t i = 0; i < header.e_phnum; ++i) {
    const std::size_t offset = header.e_phoff + i * header.e_phentsize;
    Elf64_Phdr segment{};
    if (offset > head.size() || head.size() - offset < sizeof segment) break;
    std::memcpy(&segment, head.data() + offset, sizeof segment);
    if (segment.p_type == PT_INTERP) return true;
  }
  return false;
}

}  // namespace

std::optional<std::string> why_not_recordable(const std::filesystem::path& program) {
  std::string head = head_of(program);
  if (head.starts_with("#!")) head = head_of(interpreter_of_script(head));
  if (!head.starts_with(ELFMAG)) return std::nullopt;
  if (head.size() > EI_CLASS && head[EI_CLASS] == ELFCLASS32) {
    return "it is a 32-bit program, and the recorder is a 64-bit library";
  }
  if (!names_a_loader(head)) return "it is linked statically, so that nothing can stand before its malloc";
  return std::nullopt;
}

bool has_rights_of_its_own(const std::filesystem::path& program) {
  struct stat status {};
  if (::stat(program.c_str(), &status) != 0) return false;
  return (status.st_mode & (S_ISUID | S_ISGID)) != 0 ||
         ::getxattr(program.c_str(), "security.capability", nullptr, 0) > 0;
}

}  // namespace heapjudge
