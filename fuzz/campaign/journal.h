// A file of lines that survives being killed: each is on the disk before the next is begun.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace heapjudge {

// Invariant: the file ends with a whole line, or is empty. One process at a time holds it.
class Journal {
 public:
  // Opens the file, or makes it; a last line without its end, from a run that was killed, is dropped. Throws
  // InputError when another process holds it, and std::runtime_error when it cannot be read or written.
  explicit Journal(std::filesystem::path file);
  ~Journal();
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  const std::vector<std::string>& lines() const { return lines_; }  // those that were there when it was opened

  // Returns when the line is on the disk. `line` has no line feed. Throws std::runtime_error.
  void append(std::string_view line);

 private:
  void read_lines();
  void write(std::string_view bytes);

  std::filesystem::path file_;
  int fd_ = -1;
  std::vector<std::string> lines_;
};

}  // namespace heapjudge
