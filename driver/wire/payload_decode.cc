// From an address back to the pattern word that it was read from.
#include <algorithm>

#include "wire/payload_pattern.h"
#include "wire/payload_words.h"

namespace heapjudge {

namespace {

template <typename Layout>
std::optional<PayloadPattern::Decoded> decode_word(std::uint64_t address) {
  constexpr std::uint64_t kSpan = std::uint64_t{1} << (2 * Layout::kFieldBits);
  constexpr std::uint64_t kField = (std::uint64_t{1} << Layout::kFieldBits) - 1;
  const std::uint64_t distance = address - std::uint64_t{Layout::kPrefix} * kSpan;
  if (distance + PayloadPattern::kReach >= kSpan + 2 * PayloadPattern::kReach) return std::nullopt;
  return PayloadPattern::Decoded{
      .stamp_bits = static_cast<std::uint32_t>(distance >> Layout::kFieldBits & kField),
      .offset_bits = static_cast<std::uint32_t>(distance & kField)};
}

template <typename Layout>
bool word_may_stem_from(const PayloadPattern::Decoded& decoded, std::uint32_t stamp, std::uint64_t size,
                        std::uint64_t reach) {
  constexpr std::uint64_t kFields = (std::uint64_t{1} << (2 * Layout::kFieldBits)) - 1;
  const std::uint64_t fields = std::uint64_t{decoded.stamp_bits} << Layout::kFieldBits | decoded.offset_bits;
  for (std::uint64_t at = 0; at < size; at += Layout::kSegmentBytes) {
    const std::uint64_t first = Layout::first_word(stamp, at / Layout::kSegmentBytes);
    const std::uint64_t last_offset = std::min(size - at, Layout::kSegmentBytes) - 1;
    const std::uint64_t last_word = last_offset - last_offset % Layout::kStep;
    const std::uint64_t distance = (fields - first) & kFields;
    if (reach == 0 && distance % Layout::kStep != 0) return false;
    if (((distance + reach) & kFields) <= last_word + 2 * reach) return true;
  }
  return false;
}

}  // namespace

std::optional<PayloadPattern::Decoded> PayloadPattern::decode(std::uint64_t address) const {
  switch (width_) {
    case PointerWidth::k64:
      return decode_word<Words64>(address);
    case PointerWidth::k32:
      return decode_word<Words32>(address);
  }
  return std::nullopt;
}

bool PayloadPattern::may_stem_from(const Decoded& decoded, std::uint32_t stamp, std::uint64_t size,
                                   std::uint64_t reach) const {
  switch (width_) {
    case PointerWidth::k64:
      return word_may_stem_from<Words64>(decoded, stamp, size, reach);
    case PointerWidth::k32:
      return word_may_stem_from<Words32>(decoded, stamp, size, reach);
  }
  return false;
}

}  // namespace heapjudge
