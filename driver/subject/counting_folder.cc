#include "subject/counting_folder.h"

#include <stdlib.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <string>

namespace heapjudge {

namespace {

namespace fs = std::filesystem;

constexpr fs::perms kForAll = fs::perms(0755);

std::string made_folder(const fs::path& parent) {
  std::string name = (fs::absolute(parent) / "counting-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error(name + ": " + std::strerror(errno));
  return name;
}

void copy_for_all(const fs::path& file, const fs::path& to) {
  fs::copy_file(file, to);
  fs::permissions(to, kForAll);
}

}  // namespace

CountingFolder::CountingFolder(const fs::path& parent, const fs::path& host) : path_(made_folder(parent)) {
  copy_for_all(host, path_ / "host");
  for (const char* memlib : {"libheapjudge_memlib.so", "libheapjudge_memlib32.so"}) {
    const fs::path file = host.parent_path() / memlib;
    if (fs::exists(file)) copy_for_all(file, path_ / memlib);
  }
  fs::permissions(path_, fs::perms::all);  // the process will not be root
}

CountingFolder::~CountingFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

}  // namespace heapjudge
