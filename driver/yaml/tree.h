// YAML as a plain tree that remembers places, so that only one file needs to know the YAML library.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace heapjudge {

// Invariant: a mapping has as many keys as values; keys[i] belongs to values[i], in the order of the file.
struct YamlNode {
  enum class Kind : std::uint8_t { kNull, kScalar, kSequence, kMapping };

  Kind kind = Kind::kNull;
  std::size_t line = 1;  // both counted from 1
  std::size_t column = 1;
  std::string text;              // of a scalar
  std::vector<YamlNode> keys;    // of a mapping
  std::vector<YamlNode> values;  // of a mapping or a sequence
};

inline constexpr std::size_t kMaxYamlBytes = 256u << 10;
inline constexpr std::size_t kMaxYamlDepth = 16;

// Parses one document. Throws InputError with `name:line:column: what` for a syntax error, a second document,
// an alias (a file that refers to itself could grow without end), bytes that are not text, too deep a
// nesting, and more than kMaxYamlBytes. `kind` is what the messages call the file.
YamlNode parse_yaml(std::string_view name, std::string_view bytes, std::string_view kind);

// What an error says when it repeats words of the file: control characters as \xNN, so that it stays one
// line.
std::string on_one_line(std::string_view text);

}  // namespace heapjudge
