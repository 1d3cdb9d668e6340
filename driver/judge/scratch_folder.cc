// Folders named scratch-PID-XXXXXX.
#include "judge/scratch_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <string>
#include <system_error>

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPrefix = "scratch-";

std::string own_prefix() {
  return std::string(kPrefix) + std::to_string(::getpid()) + "-";
}

int open_folder(const fs::path& path) {
  return ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

// Calls visit for every folder of `parent` whose name starts so. Errors end it quietly: tidying up is a
// favour.
template <typename Visit>
void for_each_folder(const fs::path& parent, std::string_view prefix, Visit visit) {
  std::error_code error;
  for (fs::directory_iterator it(parent, error), end; !error && it != end; it.increment(error)) {
    if (it->path().filename().string().starts_with(prefix)) visit(it->path());
  }
}

void remove_if_abandoned(const fs::path& folder) {
  const int fd = open_folder(folder);
  if (fd < 0) return;
  std::error_code ignored;
  if (::flock(fd, LOCK_EX | LOCK_NB) == 0) fs::remove_all(folder, ignored);
  ::close(fd);
}

// Between mkdtemp and flock another run may take the folder for abandoned and remove it; then it is made
// again.
int make_locked(std::string& name_template) {
  const std::string pattern = name_template;
  for (int attempt = 0; attempt < 16; ++attempt) {
    name_template = pattern;
    if (::mkdtemp(name_template.data()) == nullptr) return -1;
    const int fd = open_folder(name_template);
    std::error_code gone;
    if (fd >= 0 && ::flock(fd, LOCK_SH) == 0 && fs::exists(name_template, gone)) return fd;
    if (fd >= 0) ::close(fd);
  }
  return -1;
}

}  // namespace

ScratchFolder::ScratchFolder(const fs::path& parent) {
  std::error_code error;
  fs::create_directories(parent, error);
  if (error) throw std::runtime_error(parent.string() + ": " + error.message());
  for_each_folder(parent, kPrefix, remove_if_abandoned);
  std::string name = (fs::absolute(parent) / (own_prefix() + "XXXXXX")).string();
  lock_ = make_locked(name);
  if (lock_ < 0) throw std::runtime_error(parent.string() + ": " + std::generic_category().message(errno));
  path_ = name;
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
  ::close(lock_);
}

void remove_own_scratch(const fs::path& parent) {
  for_each_folder(parent, own_prefix(), [](const fs::path& folder) {
    std::error_code error;
    for (int attempt = 0; attempt < 16; ++attempt) {  // a compiler that runs may be adding files to it
      fs::remove_all(folder, error);
      if (!error) return;
    }
  });
}

}  // namespace heapjudge
