#include "fuzz/size_source.h"

#include <algorithm>

namespace heapjudge {
namespace {

constexpr std::array<std::uint32_t, 8> kPages{4096, 8192, 1024, 16384, 2048, 12288, 65536, 131072};

// What an allocator may keep in a chunk beside the payload: bytes below a power of two or a page.
constexpr std::array<std::uint32_t, 8> kBeside{8, 16, 24, 32, 40, 48, 64, 128};

// Half of the edges themselves, half of them so far below; of what is smaller than that, itself.
constexpr std::uint64_t edge(std::uint64_t bytes, unsigned operand) {
  const std::uint64_t beside = (operand & 8) != 0 ? kBeside[operand % kBeside.size()] : 0;
  return bytes > beside ? bytes - beside : bytes;
}

// Of a page: for one in 32 from one to eight.
constexpr unsigned doublings(unsigned operand) { return (operand & 0xf8u) == 0xf8u ? 1 + (operand >> 12) % 8 : 0; }

constexpr unsigned kMostUnits = 16;

constexpr std::uint64_t unit_of(Scale scale) {
  switch (scale) {
    case Scale::kPages: return 4096;
    case Scale::kChunks: return 65536;
    case Scale::kUsual:
    case Scale::kCrowd: return 0;
  }
  return 0;
}

constexpr std::uint64_t eighths(std::uint64_t bytes, unsigned operand) {
  return bytes * (1 + operand % 16) / 8;
}

}  // namespace

void SizeSource::reset(const InputHeader& header, std::uint64_t allowance, std::uint64_t largest) {
  allowance_ = left_ = allowance;
  largest_ = largest;
  unit_ = unit_of(header.scale);
  grain_ = header.grain;
  favourite_ = unit_ == 0 ? header.favourite : static_cast<std::uint32_t>(multiple(header.favourite / 8u));
  again_ = favourite_;
  frees_ = 0;
  freed_.fill(favourite_);
}

// Of units half of the powers, and half of them less one: what counts units has its edges there.
std::uint64_t SizeSource::power(unsigned operand) const {
  if (unit_ == 0) return edge(std::uint64_t{8} << operand % 14, operand >> 8);
  const std::uint64_t bytes = unit_ << operand % 9;
  return bytes > unit_ && (operand >> 8 & 1u) != 0 ? bytes - unit_ : bytes;
}

std::uint64_t SizeSource::multiple(unsigned operand) const {
  return unit_ == 0 ? std::uint64_t{grain_} * (1 + operand % 64) : unit_ * (1 + operand % kMostUnits);
}

std::uint64_t SizeSource::base_of(const Record& record, SizeKind kind, const SizeSurroundings& around) const {
  const unsigned operand = record.operand;
  switch (kind) {
    case SizeKind::kTiny:
      return 1 + operand % 64;
    case SizeKind::kSmall:
      return 1 + operand % 512;
    case SizeKind::kMedium:
      return 1 + operand % 4096;
    case SizeKind::kLarge:
      return std::uint64_t{1 + operand % 1024} << (operand >> 10) % 8;
    case SizeKind::kPower:
      return power(operand);
    case SizeKind::kGrain:
      return multiple(operand);
    case SizeKind::kPage:
      return edge(std::uint64_t{kPages[operand % kPages.size()]} << doublings(operand), operand >> 8);
    case SizeKind::kFavourite:
      return favourite_;
    case SizeKind::kAgain:
      return again_;
    case SizeKind::kLive:
      return around.live_size;
    case SizeKind::kFreed:
      return freed(operand % freed_.size());
    case SizeKind::kFreedSum:
      return freed(0) + freed(1);
    case SizeKind::kScaled:
      return eighths(around.live_size, operand);
    case SizeKind::kEverything:
      return eighths(around.peak_payload, operand);
    case SizeKind::kZero:
    case SizeKind::kExtreme:
      break;
  }
  return 1;
}

std::uint32_t SizeSource::sane(const Record& record, SizeKind kind, const SizeSurroundings& around) {
  const std::int64_t wanted =
      static_cast<std::int64_t>(base_of(record, kind, around)) + kDifferences[record.difference];
  std::uint64_t size = wanted < 1 ? 1 : static_cast<std::uint64_t>(wanted);
  // What is too much becomes something small, rather than the rest: so that one greedy record leaves the
  // others room.
  if (size > std::min(left_, largest_)) [[unlikely]]
    size = 1 + size % 64;
  if (size > left_) [[unlikely]]
    size = 1 + size % kAlwaysGranted;
  charge(size);
  again_ = static_cast<std::uint32_t>(size);
  return again_;
}

// Around the powers where sizes are cut off, wrap around or turn negative.
std::uint64_t SizeSource::extreme(const Record& record) {
  constexpr std::array<std::uint64_t, 8> kEdges{0,
                                                0,
                                                std::uint64_t{1} << 63,
                                                std::uint64_t{1} << 32,
                                                std::uint64_t{1} << 31,
                                                std::uint64_t{1} << 47,
                                                std::uint64_t{1} << 62,
                                                std::uint64_t{1} << 48};
  const std::uint64_t edge = kEdges[record.operand % kEdges.size()];
  const std::uint64_t distance = record.operand >> 3 & 63u;
  const bool below = edge == 0 || (record.operand & 0x200u) != 0;
  return below ? edge - 1 - distance : edge + distance;
}

// Half of the products wrap around to less than `count` bytes in 64 bits, others to a small multiple of it.
CallocSize SizeSource::extreme_calloc(const Record& record) {
  const auto count = static_cast<std::uint16_t>(2 + record.index % 0xfffeu);
  const std::uint64_t wraps = UINT64_MAX / count + 1;
  const std::uint64_t size = record.operand % 2u == 0 ? wraps + record.operand / 2 % 8u : extreme(record);
  return {size, count};
}

}  // namespace heapjudge
