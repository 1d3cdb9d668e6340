// Reads how blocks are laid out.
#include "judge/rubric_layout.h"

#include <fmt/format.h>

namespace heapjudge {
namespace {

constexpr double kMostHeaderBytes = 256;
constexpr double kMostFlags = 16;

void read_whole(const Section& section, std::string_view key, std::uint32_t& into, const NumberRange& range) {
  double value = into;
  section.read_number(key, value, range);
  into = static_cast<std::uint32_t>(value);
  if (into == value) return;
  fail_at(section.file(), *section.find(key), fmt::format("'{}' must be a whole number", key));
}

}  // namespace

// `word`: bytes of a header or footer. `header`: bytes from the start of the header to the payload. `flags`: the lowest
// bits of the word, which are no part of the size. `allocated`: which of them marks a block that is not free, from 0.
// `size`: what the size counts. `footers`: which blocks repeat their header at their end. `walk`: what lies between live
// blocks is free blocks, end to end.
BlockLayout read_layout(const std::string& file, const YamlNode& node) {
  using Footers = BlockLayout::Footers;
  const Section section(file, node, {"word", "header", "flags", "allocated", "size", "footers", "walk"});
  BlockLayout layout;
  read_whole(section, "word", layout.word_bytes, {.least = 4, .most = 8});
  if (layout.word_bytes != 4 && layout.word_bytes != 8) fail_at(file, *section.find("word"), "'word' must be 4 or 8");
  layout.header_bytes = layout.word_bytes;
  layout.flag_bits = layout.word_bytes == 8 ? 4 : 3;
  read_whole(section, "header", layout.header_bytes, {.least = static_cast<double>(layout.word_bytes), .most = kMostHeaderBytes});
  read_whole(section, "flags", layout.flag_bits, {.least = 1, .most = kMostFlags});
  read_whole(section, "allocated", layout.allocated_bit, {.least = 0, .most = static_cast<double>(layout.flag_bits - 1)});
  section.read_choice<bool>("size", layout.size_is_of_payload, {{"block", false}, {"payload", true}});
  section.read_choice<Footers>("footers", layout.footers,
                               {{"none", Footers::kNone}, {"free", Footers::kFree}, {"all", Footers::kAll}});
  section.read_bool("walk", layout.walk);
  return layout;
}

}  // namespace heapjudge
