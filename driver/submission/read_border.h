// Keeps a tool from reading files that its input has no business with.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

namespace heapjudge {

// Invariant: prepared in full before the tool's process exists, so that enforce() makes system calls only.
// Where the kernel has no Landlock, the border is open.
class ReadBorder {
 public:
  // What may be read, files or folders with all below them, beside programs, libraries and system headers;
  // and the one folder that may be written. What does not exist is passed over.
  ReadBorder(const std::vector<std::filesystem::path>& readable, const std::filesystem::path& writable);
  ~ReadBorder();
  ReadBorder(const ReadBorder&) = delete;
  ReadBorder& operator=(const ReadBorder&) = delete;

  static bool is_available();

  // For the calling process and its children, for good. False when the kernel refuses.
  bool enforce() const;

 private:
  void allow(const std::filesystem::path& path, std::uint64_t access) const;

  int ruleset_ = -1;
};

}  // namespace heapjudge
