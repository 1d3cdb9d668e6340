// Reads the handwriting: headers, footers, links, epilogues.
#include "reports/hints_damage.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>

#include "reports/decode.h"
#include "reports/numbers.h"
#include "wire/payload_pattern.h"

namespace heapjudge {
namespace {

constexpr std::uint64_t kLinkBytes = 16;  // two pointers at the start of a free block
constexpr std::uint64_t kWord = 8;

bool is_heap_address(std::uint64_t word, const Finding& finding) {
  return word >= finding.heap_base && word - finding.heap_base <= finding.heap_limit_bytes;
}

bool looks_like_header(std::uint64_t word, const Finding& finding) {
  return word != 0 && (word & 6) == 0 && word <= finding.heap_limit_bytes;
}

// The word is one that the client wrote into an earlier stretch of the block's life.
bool holds_bytes_of(BlockId block, std::uint64_t word, const Finding& finding) {
  const PayloadPattern pattern(finding.heap_base >> 32 == 0 ? PointerWidth::k32 : PointerWidth::k64);
  const auto decoded = pattern.decode(word);
  return decoded &&
         std::any_of(finding.histories.begin(), finding.histories.end(), [&](const BlockHistory& h) {
           return h.block == block && h.born < finding.request &&
                  pattern.may_stem_from(*decoded, static_cast<std::uint32_t>(h.born), h.size);
         });
}

// A header or footer that is `at` bytes into a payload.
std::string hint_for_header_at(std::uint64_t at, const Violation& violation) {
  if (at < kWord) {
    return fmt::format(
        "a footer, or a header, lies over the first bytes of block {}: the place of the footer below it is "
        "computed from a size that is too large",
        violation.block);
  }
  if (at + kWord >= violation.size) {
    return "a footer, or the next block's header, lies in the last bytes of the payload: does the block's "
           "size count header, footer and rounding?";
  }
  return fmt::format(
      "a header or footer is written into the middle of block {}: a neighbour's size is wrong",
      violation.block);
}

}  // namespace

std::string hint_for_changed_bytes(const Finding& finding, const Violation& violation) {
  if (!violation.damage) return "";
  const auto word = first_word_of(*violation.damage, finding);
  if (!word) return "";
  const std::uint64_t at = (violation.damage->first_offset & ~std::uint64_t{3}) - violation.offset;
  if (finding.asked.op == Op::kRealloc && holds_bytes_of(finding.asked.block, *word, finding)) {
    return "more is copied than the new block holds: copy the smaller of the old payload and the new size";
  }
  if (*word == 1) {
    return "an epilogue header is written where the heap ended before: does the new block start where the "
           "old epilogue was, and does the last block end there?";
  }
  if (at < kLinkBytes && (is_heap_address(*word, finding) || *word == 0)) {
    return fmt::format(
        "the links of a free list are written into block {}, which is in use: it is still on a list, "
        "or was put there by a wrong coalesce",
        violation.block);
  }
  return looks_like_header(*word, finding) ? hint_for_header_at(at, violation) : "";
}

std::string hint_for_lost_bytes(const Finding& finding, const Violation& violation) {
  if (!violation.damage) return "";
  const std::uint64_t at = violation.damage->first_offset - violation.offset;
  const bool only_first = violation.damage->last_offset - violation.offset < kLinkBytes;
  const auto word = first_word_of(*violation.damage, finding);
  if (only_first && word && (*word == 0 || is_heap_address(*word, finding))) {
    return "only the first bytes are wrong, and hold a link: the old block was freed before its bytes were "
           "copied";
  }
  if (word && holds_bytes_of(violation.block, *word, finding)) {
    return fmt::format(
        "these are bytes that block {} held at another time or place: is the right number of bytes copied, "
        "from the old payload and not from an earlier place of it?",
        violation.block);
  }
  if (at < kWord) {
    return "nothing was kept from the first byte on: is the old payload copied at all, and from its start?";
  }
  return fmt::format(
      "the first {} are right: is the number of bytes to copy the smaller of the old payload and the "
      "new size?",
      bytes_text(at));
}

std::string hint_for_calloc(const Finding& finding, const Violation& violation) {
  if (!violation.damage) return "";
  const std::uint64_t at = violation.damage->first_offset - violation.offset;
  if (at >= finding.asked.size && finding.asked.count > 1) {
    return "the first element is zero and later ones are not: clear count * size bytes";
  }
  return "a block that was used before is handed out as it is: clear count * size bytes with memset";
}

bool is_far_past_the_end(const Finding& finding, const Violation& violation) {
  if (!violation.damage) return false;
  const std::uint64_t offset = violation.damage->first_offset;
  return finding.heap_limit_bytes - offset < offset - violation.heap_bytes;
}

std::string hint_for_write_past_end(const Finding& finding, const Violation& violation) {
  constexpr std::string_view kPastTheEnd =
      "a block's header, footer or links lie past what mem_sbrk has granted";
  if (!violation.damage) return std::string(kPastTheEnd);
  const Damage& damage = *violation.damage;
  if (is_far_past_the_end(finding, violation)) {
    return "nobody has asked for this memory: was it given back with mem_unmap before?";
  }
  const auto word = first_word_of(damage, finding);
  const bool at_the_end = damage.first_offset - violation.heap_bytes < kWord && damage.bytes <= kWord;
  if (at_the_end && word && (*word == 1 || looks_like_header(*word, finding))) {
    return "an epilogue header or a footer lies in the first word past the heap: ask mem_sbrk for its bytes "
           "too";
  }
  return std::string(kPastTheEnd);
}

}  // namespace heapjudge
