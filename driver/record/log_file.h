// The log of one recording, on the reader's side.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>

#include "record/log_layout.h"

namespace heapjudge {

struct LogOptions {
  bool follow_children = false;
  std::uint64_t most_records = std::uint64_t{1} << 28;  // space in the file is only taken for what is written
};

// Invariant: the file exists and is mapped, and is as large as its header says. Programs write to it: nothing
// in it is taken for granted.
class LogFile {
 public:
  // Makes the file, for fewer records where so many do not fit. Throws std::runtime_error ("file: what").
  LogFile(std::filesystem::path path, const LogOptions& options);
  ~LogFile();
  LogFile(const LogFile&) = delete;
  LogFile& operator=(const LogFile&) = delete;

  const std::filesystem::path& path() const { return path_; }
  LogHeader& header() { return *header_; }
  const LogHeader& header() const { return *header_; }

  // Those whose numbers were given out; some may be unwritten.
  std::span<const LogRecord> records() const;

  // Requests for which the file had no room.
  std::uint64_t lost() const;

 private:
  std::filesystem::path path_;
  std::uint64_t capacity_ = 0;  // records; the header may be scribbled over
  void* mapping_ = nullptr;
  LogHeader* header_ = nullptr;
};

}  // namespace heapjudge
