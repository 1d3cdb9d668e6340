// What the debug information of a library tells: how functions are declared, which line a pc belongs to.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "submission/symbolize.h"

namespace heapjudge {

enum class ValueKind : std::uint8_t { kVoid, kPointer, kInteger, kBool, kOther };

constexpr bool is_number(ValueKind kind) { return kind == ValueKind::kInteger || kind == ValueKind::kBool; }

struct Signature {
  std::string name;
  ValueKind result = ValueKind::kVoid;
  std::size_t result_bytes = 0;  // of a number
  std::vector<ValueKind> parameters;
  bool prototyped = false;  // false: an old-style definition, whose callers may pass what they like
};

class DebugData {
 public:
  // Reads as data. A library without debug information is one without signatures and lines.
  explicit DebugData(const std::filesystem::path& library);
  ~DebugData();
  DebugData(const DebugData&) = delete;
  DebugData& operator=(const DebugData&) = delete;

  // Of every function that other files can call under its plain name.
  std::vector<Signature> signatures() const;

  // Innermost first, inlined calls as frames of their own. Empty when nothing is known; the outermost frame's
  // function is empty when only its line is.
  std::vector<SourceFrame> frames_at(std::uint64_t pc) const;

 private:
  struct Handle;
  std::unique_ptr<Handle> handle_;
};

}  // namespace heapjudge
