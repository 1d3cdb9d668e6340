// Tells when a submission's files were saved.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace heapjudge {

// Watches the folders of the sources and of the headers they may include, because editors replace files
// instead of writing to them. Only source files and headers count, and the files that were named.
class SourceWatch {
 public:
  // Throws InputError for what is not a submission of files, std::runtime_error where the system has no more
  // watches.
  explicit SourceWatch(const std::vector<std::filesystem::path>& submission);
  ~SourceWatch();
  SourceWatch(const SourceWatch&) = delete;
  SourceWatch& operator=(const SourceWatch&) = delete;

  // The names of what was saved since the last call, each once; waits for the first, and until nothing more
  // follows at once.
  std::vector<std::string> wait();

  // True when wait() would not wait.
  bool has_changed();

 private:
  void read_events();

  int fd_;
  std::vector<std::string> named_;  // files that count whatever their suffix is
  std::vector<std::string> saved_;
};

}  // namespace heapjudge
