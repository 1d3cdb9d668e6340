// One table; what follows the colon becomes a preprocessor definition.
#include "judge/reference_name.h"

#include <algorithm>
#include <array>
#include <system_error>

#include "yaml/quantity.h"
#include "trace/input_error.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 15> kNames{
    "implicit", "implicit:first", "implicit:next",    "implicit:best", "implicit:worst",
    "explicit", "explicit:lifo",  "explicit:address", "segregated",    "buddy",
    "bitmap",   "tlsf",           "bins",           "bump",
    kLibcName};

// The choice that a source leaves open.
struct Choice {
  std::string_view source;
  std::string_view definition;
};
constexpr std::array<Choice, 2> kChoices{{{"implicit", "HEAPJUDGE_FIT"}, {"explicit", "HEAPJUDGE_ORDER"}}};

bool is_known(std::string_view name) { return std::ranges::find(kNames, name) != kNames.end(); }

[[noreturn]] void refuse(const std::string& name, const std::string& why) {
  std::string known;
  for (const std::string_view each : kNames) known += (known.empty() ? "" : ", ") + std::string(each);
  const auto meant = nearest_of(name, kNames);
  throw InputError(name + ": " + why + (meant ? "; did you mean '" + *meant + "'?" : "") +
                   " (the references are " + known + ")");
}

bool is_word(const std::string& text) {
  return !text.empty() && text.find_first_of("./\\") == std::string::npos;
}

Reference known_reference(const std::string& name) {
  const std::size_t colon = name.find(':');
  const std::string source = name.substr(0, colon);
  Reference reference{name, fs::path("reference") / (source + ".cc"), {}, name == kLibcName};
  if (colon != std::string::npos) {
    const auto choice = std::ranges::find(kChoices, source, &Choice::source);
    reference.definitions.push_back(std::string(choice->definition) + "=" + name.substr(colon + 1));
  }
  return reference;
}

}  // namespace

std::span<const std::string_view> reference_names() { return kNames; }

Reference reference_called(const std::string& name) {
  if (!is_known(name)) refuse(name, "no reference is called so");
  return known_reference(name);
}

std::optional<Reference> reference_instead_of_file(std::span<const fs::path> submission) {
  if (submission.size() != 1) return std::nullopt;
  const std::string word = submission.front().string();
  std::error_code error;
  if (!is_word(word) || fs::exists(fs::symlink_status(word, error))) return std::nullopt;
  if (!is_known(word)) refuse(word, "no such file, and no reference is called so");
  if (word == kLibcName) throw InputError(word + ": never graded, because its blocks lie outside of the judge's heap");
  return known_reference(word);
}

}  // namespace heapjudge
