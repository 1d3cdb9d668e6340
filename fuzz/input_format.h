// What the bytes of a fuzz input mean: a header and records, read and written here, given a meaning in
// fuzz/input.h.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "trace/tier.h"

namespace heapjudge {

// Theory of operation.
//
//   byte   0     1         2      3          4 5        6 7        8              14
//        | shape | refusal | when | favourite | steps off | sizes off | record | record | ...
//
//   shape      bits 0-1 tier, bit 2 grain (0: 16, 1: 8), bits 3-4 heap limit (4, 8, 32, 64 MiB), bits 5-7 scale
//              (5: pages, 6: chunks, 7: crowd, less: usual); only of the usual one the heap limit has a say
//   refusal    bits 0-1 kind (0, 3: never; 1: one growth; 2: a window), bits 2-7 growths of the window, less one
//   when       the request, from 0, before which the refusal begins
//   favourite  a size, in units of 8 bytes, less one, that records ask for by name
//   off        swarm: a set bit takes a kind of step or of size out of this input; all later records do without
//
//   record   0                       1                       2 3        4 5
//          | bits 0-4 code of step | bits 0-3 kind of size | operand | index |
//          | bits 5-7 choice       | bits 4-7 difference   |         |       |
//
// Numbers of two bytes are little-endian. What is missing of a header is 0; what is left behind the last
// whole record means nothing. Every value of every byte has a meaning.

inline constexpr std::size_t kInputHeaderBytes = 8;
inline constexpr std::size_t kInputRecordBytes = 6;

// What a record does. The tier that a step needs grows with its number, and so does that of a size.
enum class Step : std::uint8_t {
  kMalloc,
  kFree,
  kRealloc,
  kFreeAll,    // operand: in which order
  kFreeEvery,  // every k-th of the live blocks; operand: k and which comes first
  kRepeat,     // the last records once more; operand: how many of them, index: how often
  kCalloc,
  kReallocNull,
  kReallocZero,
  kFreeNull,
  kInit,
  kRefuse,
  kAligned,
};
inline constexpr std::size_t kSteps = 13;

enum class SizeKind : std::uint8_t {
  kTiny,        // 1 to 64 bytes
  kSmall,       // 1 to 512
  kMedium,      // 1 to 4096
  kLarge,       // up to 128 KiB, small ones as often as large ones
  kPower,       // a power of two, or what a header leaves of it
  kGrain,       // a multiple of the grain; of the unit, where the scale has one, as are kPower and kFavourite
  kPage,        // pages and the usual chunks, or what a header leaves of them; at times of up to 32 MiB
  kFavourite,   // as the header says
  kAgain,       // as the request before
  kLive,        // that of a live block; of the very block for a realloc
  kFreed,       // that of one of the last blocks freed
  kFreedSum,    // that of the last two blocks freed together
  kScaled,      // eighths of that of a live block, from one to sixteen
  kEverything,  // eighths of what was live at the peak, from one to sixteen
  kZero,
  kExtreme,  // around 2^31, 2^32, 2^47, 2^63 and 2^64; a calloc product that overflows
};
inline constexpr std::size_t kSizeKinds = 16;

// Which live block a step is about. "Touched" is the block of the last request; its neighbours are those that
// were allocated before and after it, also when it has just been freed.
enum class Choice : std::uint8_t {
  kAny,
  kAnyToo,
  kNewest,
  kOldest,
  kAfterTouched,
  kBeforeTouched,
  kTouched,
  kRecent
};
inline constexpr std::size_t kChoices = 8;

// Added to every size but zero and the extremes: around a size lie its neighbours by a byte, and by what
// headers, footers and links take.
inline constexpr std::array<std::int8_t, 16> kDifferences{0,  1,  -1,  8,  -8,  16, -16, 7,
                                                          -7, 15, -15, 24, -24, 32, -32, 2};

struct Record {
  Step step = Step::kMalloc;
  Choice choice = Choice::kAny;
  SizeKind size = SizeKind::kTiny;
  std::uint8_t difference = 0;  // an index of kDifferences
  std::uint16_t operand = 0;    // of the size or the step
  std::uint16_t index = 0;      // of the block
};

enum class RefusalKind : std::uint8_t { kNever, kOne, kWindow };

// How large the sizes of an input are. Allocators that hand out pages or chunks of them have all their edges there.
enum class Scale : std::uint8_t {
  kUsual,
  kPages,   // many are some pages
  kChunks,  // many are some times 64 KiB, and together they may crowd the heap
  kCrowd,   // the usual ones, and some of many MiB, which together may crowd the heap
};

constexpr bool may_crowd(Scale scale) { return scale >= Scale::kChunks; }

struct InputHeader {
  Tier tier = Tier::kP0;
  std::uint8_t grain = 16;      // 8 or 16
  std::uint8_t heap_limit = 0;  // an index of kHeapLimits
  Scale scale = Scale::kUsual;
  RefusalKind refusal = RefusalKind::kNever;
  std::uint8_t refused_growths = 1;  // of a window, 1 to 64
  std::uint8_t refuse_before = 0;
  std::uint16_t favourite = 8;  // a multiple of 8 up to 2048
  std::uint16_t steps_off = 0;  // bit s: Step(s); kMalloc and kFree cannot be taken out
  std::uint16_t sizes_off = 0;  // bit k: SizeKind(k); kTiny cannot be taken out
};

inline constexpr std::array<std::uint64_t, 4> kHeapLimits{4u << 20, 8u << 20, 32u << 20, 64u << 20};

InputHeader read_header(std::span<const std::uint8_t> input);
void write_header(const InputHeader& header, std::span<std::uint8_t, kInputHeaderBytes> bytes);

std::size_t record_count(std::size_t input_bytes);

// `bytes` holds at least one record.
Record read_record(std::span<const std::uint8_t> bytes);
void write_record(const Record& record, std::span<std::uint8_t, kInputRecordBytes> bytes);

// The lowest tier whose inputs may hold it.
constexpr Tier tier_of(Step step) {
  if (step == Step::kAligned) return Tier::kP3;
  if (step == Step::kRefuse) return Tier::kP2;
  return step >= Step::kCalloc ? Tier::kP1 : Tier::kP0;
}

constexpr Tier tier_of(SizeKind kind) {
  if (kind == SizeKind::kExtreme) return Tier::kP3;
  return kind == SizeKind::kZero ? Tier::kP1 : Tier::kP0;
}

}  // namespace heapjudge
