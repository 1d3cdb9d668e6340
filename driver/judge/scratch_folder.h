// A folder for one run's temporary files, gone when the run is over.
#pragma once

#include <filesystem>

namespace heapjudge {

// Invariant: while the object lives, path() is an absolute path to a folder that no other run uses. The owner
// holds a lock on it, so that a later run can tell what a killed one left behind, and removes it.
class ScratchFolder {
 public:
  // Makes `parent` too, and removes the abandoned scratch folders in it. Throws std::runtime_error.
  explicit ScratchFolder(const std::filesystem::path& parent);
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
  int lock_ = -1;  // of the folder itself
};

// Removes the scratch folders in `parent` that this very process made: for the moment before it ends without
// unwinding. What is still being written to may stay; the next run removes it.
void remove_own_scratch(const std::filesystem::path& parent);

}  // namespace heapjudge
