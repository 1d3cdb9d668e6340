// As what a result is written.
#pragma once

#include <cstdint>

#include "cli/option_table.h"

namespace heapjudge {

enum class Format : std::uint8_t { kText, kJson };

// Of a command with a row like kTextOrJsonRow.
inline Format read_format(const Given& given) {
  return given.text("--format") == "json" ? Format::kJson : Format::kText;
}

}  // namespace heapjudge
