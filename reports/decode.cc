// Recognizes header words, heap addresses and the payload pattern.
#include "reports/decode.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstring>
#include <optional>

#include "reports/command_text.h"
#include "reports/numbers.h"
#include "wire/payload_pattern.h"

namespace heapjudge {
namespace {

constexpr std::uint64_t kFirstPage = 4096;
constexpr std::uint64_t kPastHeap = 1 << 20;
constexpr std::uint64_t kFirstAbove4GiB = std::uint64_t{1} << 32;

bool is_low_heap(const Finding& finding) {
  return finding.heap_base < kFirstAbove4GiB;
}

PayloadPattern pattern_of(const Finding& finding) {
  return PayloadPattern(is_low_heap(finding) ? PointerWidth::k32 : PointerWidth::k64);
}

std::optional<BlockId> block_of(const PayloadPattern::Decoded& decoded, const Finding& finding) {
  if (finding.pointer_from) return finding.pointer_from;
  const PayloadPattern pattern = pattern_of(finding);
  for (auto h = finding.histories.rbegin(); h != finding.histories.rend(); ++h) {
    if (pattern.may_stem_from(decoded, static_cast<std::uint32_t>(h->born), h->size)) return h->block;
  }
  return std::nullopt;
}

std::optional<std::string> as_heap_address(std::uint64_t word, const Finding& finding) {
  if (word < finding.heap_base || word - finding.heap_base > finding.heap_limit_bytes) return std::nullopt;
  return "the heap address " + heap_offset(word - finding.heap_base);
}

std::optional<std::string> as_pattern(std::uint64_t word, const Finding& finding) {
  const auto decoded = pattern_of(finding).decode(word);
  if (!decoded) return std::nullopt;
  const auto block = block_of(*decoded, finding);
  return block ? fmt::format("what the client wrote into block {}", *block)
               : std::string("what the client wrote into another block, or earlier");
}

std::optional<std::string> as_header(std::uint64_t word, const Finding& finding) {
  const std::uint64_t size = word & ~std::uint64_t{7};
  if (word > finding.heap_limit_bytes || (size == 0 && word != 1)) return std::nullopt;
  if (word == 1) return "\"size 0, allocated\", the value of an epilogue header";
  return fmt::format("\"size {}, {}\", as in a header or footer", size,
                     (word & 1) != 0 ? "allocated" : "free");
}

std::optional<std::string> as_text(std::uint64_t word) {
  char letters[sizeof word];
  std::memcpy(letters, &word, sizeof word);
  const bool all_letters =
      std::all_of(std::begin(letters), std::end(letters), [](char c) { return c >= 0x20 && c < 0x7f; });
  if (!all_letters) return std::nullopt;
  return "the text \"" + std::string(letters, sizeof letters) + "\"";
}

// "8 bytes before address 0"; addresses of 32 bits wrap around there.
std::string distance_from(std::uint64_t origin, std::uint64_t address) {
  const std::string name = origin == 0 ? "address 0" : "(void *)-1";
  if (address >= kFirstAbove4GiB - kFirstPage && address < kFirstAbove4GiB) address |= ~(kFirstAbove4GiB - 1);
  const std::uint64_t ahead = address - origin;
  if (ahead == 0) return name;
  return ahead < 2 * kFirstPage ? bytes_text(ahead) + " past " + name
                                : bytes_text(0 - ahead) + " before " + name;
}

using DamageBytes = decltype(Damage::found);

std::uint64_t load(const DamageBytes& bytes, std::size_t from, std::size_t count) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes.data() + from, count);
  return word;
}

std::optional<std::uint64_t> whole_word(const Damage& damage) {
  if (damage.shown < 4) return std::nullopt;
  return load(damage.found, 0, damage.shown < 8 ? 4 : 8);
}

// The bytes before the first wrong one are the expected ones: zeros, or those of the pattern, whose words count
// up by their size.
std::optional<std::uint64_t> completed_word(const Damage& damage, const Finding& finding) {
  const std::uint64_t right_bytes = damage.first_offset % 8;
  if (damage.shown < damage.found.size() || is_low_heap(finding)) return std::nullopt;
  const std::uint64_t next = load(damage.expected, 8 - right_bytes, 8);
  if (next != 0 && (next & 0xffff) < 8) return std::nullopt;
  const std::uint64_t mask = (std::uint64_t{1} << (8 * right_bytes)) - 1;
  return ((next == 0 ? 0 : next - 8) & mask) | load(damage.found, 0, 8) << (8 * right_bytes);
}

// On either side of address 0.
bool is_next_to_null(std::uint64_t address, const Finding& finding) {
  const std::uint64_t all_ones = is_low_heap(finding) && address < kFirstAbove4GiB ? 0xffffffff : UINT64_MAX;
  return address < kFirstPage || all_ones - address < kFirstPage;
}

// The upper half is gone, or filled with the sign.
bool is_cut_heap_address(std::uint64_t address, const Finding& finding) {
  const std::uint64_t upper = address >> 32;
  const std::uint64_t lower = address & (kFirstAbove4GiB - 1);
  const std::uint64_t meant = (finding.heap_base & ~(kFirstAbove4GiB - 1)) | lower;
  return !is_low_heap(finding) && (upper == 0 || upper == 0xffffffff) &&
         meant - finding.heap_base < finding.heap_limit_bytes;
}

AddressKind place_around_heap(std::uint64_t address, const Finding& finding) {
  if (finding.heap_base == 0) return AddressKind::kUnknown;
  if (address < finding.heap_base) {
    return finding.heap_base - address <= kFirstPage ? AddressKind::kBelowHeap : AddressKind::kUnknown;
  }
  const std::uint64_t offset = address - finding.heap_base;
  if (offset < finding.heap_limit_bytes) return AddressKind::kInHeap;
  return offset - finding.heap_limit_bytes < kPastHeap ? AddressKind::kAboveHeap : AddressKind::kUnknown;
}

bool all_zero(const Damage& damage) {
  return std::all_of(damage.found.begin(), damage.found.begin() + std::min<std::size_t>(damage.shown, 16),
                     [](std::uint8_t byte) { return byte == 0; });
}

}  // namespace

std::string meaning_of_word(std::uint64_t word, const Finding& finding) {
  if (word == 0) return "zero";
  if (auto text = as_heap_address(word, finding)) return *text;
  if (auto text = as_pattern(word, finding)) return *text;
  if (auto text = as_header(word, finding)) return *text;
  if (auto text = as_text(word)) return *text;
  return "";
}

std::optional<std::uint64_t> first_word_of(const Damage& damage, const Finding& finding) {
  const std::uint64_t right_bytes = damage.first_offset % 8;
  const std::uint64_t span = damage.last_offset - damage.first_offset + right_bytes;
  if (right_bytes < 4) {
    const auto word = right_bytes == 0 ? whole_word(damage) : completed_word(damage, finding);
    return word && span < 4 ? *word & 0xffffffff : word;
  }
  if (right_bytes == 4 && damage.shown >= 4) return load(damage.found, 0, 4);
  return std::nullopt;
}

std::string meaning_of_damage(const Damage& damage, const Finding& finding) {
  if (damage.shown > 0 && all_zero(damage)) return "zeros";
  const auto word = first_word_of(damage, finding);
  if (!word) return "";
  const std::string meaning = meaning_of_word(*word, finding);
  if (!meaning.empty()) return meaning;
  return as_header(*word & 0xffffffff, finding).value_or("");  // classic headers have 4 bytes
}

AddressKind kind_of_address(std::uint64_t address, const Finding& finding, const Identity& identity) {
  if (finding.truncated_pointer) {
    const bool asked_with_null = finding.fault == Fault::kEdgeContract;
    const bool may_be_null = address < kFirstPage;
    if (!may_be_null || (identity.pointer_cast_warnings > 0 && !asked_with_null)) return AddressKind::kTruncated;
  }
  if (is_next_to_null(address, finding)) {
    return address % 4 == 3 ? AddressKind::kNearMinusOne : AddressKind::kNearNull;
  }
  if (finding.pointer_from || pattern_of(finding).decode(address)) return AddressKind::kPattern;
  return place_around_heap(address, finding);
}

AddressKind kind_of_reply(const Violation& violation, const Finding& finding) {
  const std::uint64_t address = finding.heap_base + violation.offset;
  if (is_next_to_null(address, finding)) {
    return address % 4 == 3 ? AddressKind::kNearMinusOne : AddressKind::kNearNull;
  }
  if (is_cut_heap_address(address, finding)) return AddressKind::kTruncated;
  if (pattern_of(finding).decode(address)) return AddressKind::kPattern;
  return place_around_heap(address, finding);
}

std::string hint_for_truncation(const Identity& identity) {
  return "pointers are kept in 4 bytes (int, unsigned). Keep them in 8 (uintptr_t, or offsets from "
         "mem_heap_lo()); or grade it as the 32-bit program it is: " +
         command_for_32_bit(identity) + "; or put the heap below 2 GiB (heap: {base: low} in the rubric)";
}

std::string meaning_of_address(std::uint64_t address, const Finding& finding, const Identity& identity) {
  const std::string at = fmt::format("{:#x}", address);
  switch (kind_of_address(address, finding, identity)) {
    case AddressKind::kUnknown:
      return "";
    case AddressKind::kNearNull:
      return fmt::format("{} is {}: a NULL pointer was followed", at, distance_from(0, address));
    case AddressKind::kNearMinusOne:
      return fmt::format("{} is {}, which a refused mem_sbrk returns", at,
                         distance_from(UINT64_MAX, address));
    case AddressKind::kTruncated:
      return at + " looks like a heap address of which only the lower 4 bytes are left";
    case AddressKind::kPattern: {
      const auto decoded = pattern_of(finding).decode(address);
      const auto block = decoded ? block_of(*decoded, finding) : finding.pointer_from;
      return fmt::format("{} lies in the pattern the client wrote into {}: client data was used as a pointer",
                         at, block ? fmt::format("block {}", *block) : std::string("a block"));
    }
    case AddressKind::kBelowHeap:
      return fmt::format("{} lies {} below the heap's start", at, bytes_text(finding.heap_base - address));
    case AddressKind::kInHeap:
      return fmt::format("{} is {} of the heap's range", at, heap_offset(address - finding.heap_base));
    case AddressKind::kAboveHeap:
      return at + " lies past the largest possible heap";
  }
  return "";
}

}  // namespace heapjudge
