// The bytes of a fuzz input.
#include "fuzz/input_format.h"

#include <algorithm>

namespace heapjudge {
namespace {

constexpr std::size_t kStepCodes = 32;

// The more common a step is, the more codes mean it: so that inputs made of noise are traces worth a run.
constexpr std::array<Step, kStepCodes> kStepOfCode{
    Step::kMalloc,    Step::kMalloc,      Step::kMalloc,      Step::kMalloc,   Step::kMalloc,  Step::kMalloc,
    Step::kMalloc,    Step::kMalloc,      Step::kFree,        Step::kFree,     Step::kFree,    Step::kFree,
    Step::kFree,      Step::kFree,        Step::kFree,        Step::kFree,     Step::kRealloc, Step::kRealloc,
    Step::kRealloc,   Step::kRealloc,     Step::kRealloc,     Step::kRealloc,  Step::kCalloc,  Step::kInit,
    Step::kAligned,   Step::kReallocNull, Step::kReallocZero, Step::kFreeNull, Step::kRefuse,  Step::kFreeAll,
    Step::kFreeEvery, Step::kRepeat,
};

constexpr std::array<std::uint8_t, kSteps> codes_of_steps() {
  std::array<std::uint8_t, kSteps> codes{};
  for (std::size_t code = kStepCodes; code-- > 0;) {
    codes[static_cast<std::size_t>(kStepOfCode[code])] = static_cast<std::uint8_t>(code);
  }
  return codes;
}
constexpr std::array<std::uint8_t, kSteps> kCodeOfStep = codes_of_steps();

constexpr std::uint8_t byte(unsigned value) {
  return static_cast<std::uint8_t>(value);
}

constexpr std::uint16_t word(std::span<const std::uint8_t> bytes) {
  return static_cast<std::uint16_t>(bytes[0] | bytes[1] << 8);
}

void put_word(std::uint16_t value, std::span<std::uint8_t> bytes) {
  bytes[0] = byte(value);
  bytes[1] = byte(value >> 8);
}

constexpr unsigned kScaleShift = 5;
constexpr unsigned kUsualScales = 4;  // those below are the usual one, too

constexpr std::uint16_t kAlwaysOnSteps =
    1u << static_cast<unsigned>(Step::kMalloc) | 1u << static_cast<unsigned>(Step::kFree);
constexpr std::uint16_t kAlwaysOnSizes = 1u << static_cast<unsigned>(SizeKind::kTiny);

}  // namespace

InputHeader read_header(std::span<const std::uint8_t> input) {
  std::array<std::uint8_t, kInputHeaderBytes> bytes{};
  std::copy_n(input.begin(), std::min(input.size(), bytes.size()), bytes.begin());
  const std::span all(bytes);
  const unsigned kind = bytes[1] & 3u;
  return {
      .tier = static_cast<Tier>(bytes[0] & 3u),
      .grain = byte((bytes[0] & 4u) != 0 ? 8 : 16),
      .heap_limit = byte(bytes[0] >> 3 & 3u),
      .scale = static_cast<Scale>(std::max(bytes[0] >> kScaleShift, int{kUsualScales}) - int{kUsualScales}),
      .refusal = kind == 3 ? RefusalKind::kNever : static_cast<RefusalKind>(kind),
      .refused_growths = byte(1u + (bytes[1] >> 2)),
      .refuse_before = bytes[2],
      .favourite = static_cast<std::uint16_t>(8 * (1 + bytes[3])),
      .steps_off = static_cast<std::uint16_t>(word(all.subspan(4)) & ~kAlwaysOnSteps),
      .sizes_off = static_cast<std::uint16_t>(word(all.subspan(6)) & ~kAlwaysOnSizes),
  };
}

void write_header(const InputHeader& header, std::span<std::uint8_t, kInputHeaderBytes> bytes) {
  const unsigned grain = header.grain == 8 ? 1 : 0;
  const unsigned scale = header.scale == Scale::kUsual ? 0 : kUsualScales + static_cast<unsigned>(header.scale);
  bytes[0] = byte(static_cast<unsigned>(header.tier) | grain << 2 | (header.heap_limit & 3u) << 3 |
                  scale << kScaleShift);
  bytes[1] = byte(static_cast<unsigned>(header.refusal) | (header.refused_growths - 1u) << 2);
  bytes[2] = header.refuse_before;
  bytes[3] = byte(header.favourite / 8u - 1u);
  put_word(header.steps_off, bytes.subspan(4));
  put_word(header.sizes_off, bytes.subspan(6));
}

std::size_t record_count(std::size_t input_bytes) {
  return input_bytes < kInputHeaderBytes ? 0 : (input_bytes - kInputHeaderBytes) / kInputRecordBytes;
}

Record read_record(std::span<const std::uint8_t> bytes) {
  return {
      .step = kStepOfCode[bytes[0] & 31u],
      .choice = static_cast<Choice>(bytes[0] >> 5),
      .size = static_cast<SizeKind>(bytes[1] & 15u),
      .difference = byte(bytes[1] >> 4),
      .operand = word(bytes.subspan(2)),
      .index = word(bytes.subspan(4)),
  };
}

void write_record(const Record& record, std::span<std::uint8_t, kInputRecordBytes> bytes) {
  bytes[0] =
      byte(kCodeOfStep[static_cast<std::size_t>(record.step)] | static_cast<unsigned>(record.choice) << 5);
  bytes[1] = byte(static_cast<unsigned>(record.size) | static_cast<unsigned>(record.difference) << 4);
  put_word(record.operand, bytes.subspan(2));
  put_word(record.index, bytes.subspan(4));
}

}  // namespace heapjudge
