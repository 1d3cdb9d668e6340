// The working folder of a process that runs under valgrind.
#pragma once

#include <filesystem>

namespace heapjudge {

// Owns a folder with copies of the host and of its memlib, so that a process without rights can open them wherever
// Heapjudge lies; valgrind's temporary files go there too. Whoever runs under valgrind may write to it: nothing in it is
// ever read by us. Throws std::runtime_error (or std::filesystem::filesystem_error) when it cannot be made.
class CountingFolder {
 public:
  CountingFolder(const std::filesystem::path& parent, const std::filesystem::path& host);
  ~CountingFolder();
  CountingFolder(const CountingFolder&) = delete;
  CountingFolder& operator=(const CountingFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace heapjudge
