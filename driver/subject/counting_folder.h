// What a process that runs under valgrind opens by name.
#pragma once

#include <filesystem>

#include "subject/descriptor.h"

namespace heapjudge {

// A copy of a file in memory, that anybody may read and run. valgrind finds no file behind its name: so it does not read
// debug data there, on which it may choke, and a process without rights gets at it wherever the file lies. Throws
// std::runtime_error when it cannot be made.
Descriptor memory_copy(const std::filesystem::path& file);

// Owns a working folder for the process; valgrind's temporary files go there. Its names for the host and for memlib lead
// to descriptors of the process: see CountingPlaces. The process may write there: nothing in it is ever read by us.
// Throws std::runtime_error when it cannot be made.
class CountingFolder {
 public:
  CountingFolder(const std::filesystem::path& parent, const std::filesystem::path& host);
  ~CountingFolder();
  CountingFolder(const CountingFolder&) = delete;
  CountingFolder& operator=(const CountingFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  int host() const { return host_.get(); }
  int memlib() const { return memlib_.get(); }

 private:
  std::filesystem::path path_;
  Descriptor host_;
  Descriptor memlib_;
};

}  // namespace heapjudge
