// As what a result is written.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>

#include "cli/option_table.h"

namespace heapjudge {

// All are for `grade`; other commands know fewer.
enum class Format : std::uint8_t { kText, kJson, kJunit, kGradescope, kAutolab, kGithub, kCsv, kMarkdown };

inline constexpr std::string_view kGradeFormats = "text|json|junit|gradescope|autolab|github|csv|markdown";

// One of kGradeFormats by its name.
std::optional<Format> format_named(std::string_view name);

// Of a command with an option --format of such names.
Format read_format(const Given& given);

// --also FORMAT=FILE.
struct AlsoWritten {
  Format format = Format::kText;
  std::filesystem::path file;

  friend bool operator==(const AlsoWritten&, const AlsoWritten&) = default;
};

// Throws InputError for what is not FORMAT=FILE.
AlsoWritten read_also(std::string_view text);

}  // namespace heapjudge
