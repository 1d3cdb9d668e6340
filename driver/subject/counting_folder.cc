#include "subject/counting_folder.h"

#include <stdlib.h>
#include <sys/mman.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

#include "subject/child_subject.h"
#include "subject/launch.h"

namespace heapjudge {

namespace {

namespace fs = std::filesystem;

constexpr unsigned kRunnable = 0x10;  // MFD_EXEC, which libc does not know yet; older kernels neither

int make_file_in_memory() {
  const int file = memfd_create("counted", MFD_CLOEXEC | kRunnable);
  return file >= 0 || errno != EINVAL ? file : memfd_create("counted", MFD_CLOEXEC);
}

std::string made_folder(const fs::path& parent) {
  std::string name = (fs::absolute(parent) / "counting-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error(name + ": " + std::strerror(errno));
  return name;
}

std::string in_process(int descriptor) { return "/proc/self/fd/" + std::to_string(descriptor); }

fs::path memlib_beside(const fs::path& host) {
  return host.parent_path() / (is_ilp32_program(host) ? "libheapjudge_memlib32.so" : "libheapjudge_memlib.so");
}

}  // namespace

Descriptor memory_copy(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  if (!stream) throw std::runtime_error("cannot read " + file.string());
  Descriptor copy(make_file_in_memory());
  for (std::size_t written = 0; written < bytes.size();) {
    const ssize_t count = write(copy.get(), bytes.data() + written, bytes.size() - written);
    if (count <= 0) throw std::runtime_error("cannot copy " + file.string() + " to memory");
    written += static_cast<std::size_t>(count);
  }
  return copy;
}

CountingFolder::CountingFolder(const fs::path& parent, const fs::path& host)
    : path_(made_folder(parent)), host_(memory_copy(host)), memlib_(memory_copy(memlib_beside(host))) {
  fs::create_symlink(in_process(kHostPlace), path_ / "host");
  fs::create_symlink(in_process(kMemlibPlace), path_ / memlib_beside(host).filename());
  fs::permissions(path_, fs::perms::all);  // the process will not be root
}

CountingFolder::~CountingFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

}  // namespace heapjudge
