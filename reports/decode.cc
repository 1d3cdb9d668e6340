// Recognizes header words, heap addresses and the payload pattern.
#include "reports/decode.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstring>
#include <optional>

#include "wire/payload_pattern.h"
#include "reports/numbers.h"
#include "reports/request_text.h"

namespace heapjudge {
namespace {

constexpr std::uint64_t kFirstPage = 4096;
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

std::uint64_t load(const Damage& damage, std::size_t bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, damage.found.data(), bytes);
  return word;
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

std::optional<std::uint64_t> first_word_of(const Damage& damage) {
  if (damage.first_offset % 8 == 0 && damage.shown >= 8) return load(damage, 8);
  if (damage.first_offset % 4 == 0 && damage.shown >= 4) return load(damage, 4);
  return std::nullopt;
}

std::string meaning_of_damage(const Damage& damage, const Finding& finding) {
  if (damage.shown > 0 && all_zero(damage)) return "zeros";
  const auto word = first_word_of(damage);
  if (!word) return "";
  const std::string meaning = meaning_of_word(*word, finding);
  if (!meaning.empty() || damage.shown < 8) return meaning;
  return as_header(*word & 0xffffffff, finding).value_or("");  // classic headers have 4 bytes
}

AddressKind kind_of_address(std::uint64_t address, const Finding& finding) {
  const std::uint64_t all_ones = is_low_heap(finding) && address < kFirstAbove4GiB ? 0xffffffff : UINT64_MAX;
  if (address < kFirstPage || all_ones - address < kFirstPage) {
    return address % 4 == 3 ? AddressKind::kNearMinusOne : AddressKind::kNearNull;
  }
  if (finding.truncated_pointer) return AddressKind::kTruncated;
  if (finding.pointer_from || pattern_of(finding).decode(address)) return AddressKind::kPattern;
  if (finding.heap_base == 0) return AddressKind::kUnknown;
  if (address < finding.heap_base) {
    return finding.heap_base - address <= kFirstPage ? AddressKind::kBelowHeap : AddressKind::kUnknown;
  }
  const std::uint64_t offset = address - finding.heap_base;
  if (offset < finding.heap_limit_bytes) return AddressKind::kInHeap;
  return offset - finding.heap_limit_bytes < (1u << 20) ? AddressKind::kAboveHeap : AddressKind::kUnknown;
}

std::string meaning_of_address(std::uint64_t address, const Finding& finding) {
  const std::string at = fmt::format("{:#x}", address);
  switch (kind_of_address(address, finding)) {
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
