#include "fuzz/generator.h"

#include <algorithm>
#include <bit>

#include "fuzz/input.h"
#include "fuzz/motifs.h"

namespace heapjudge {
namespace {

std::uint8_t small(std::uint64_t value) {
  return static_cast<std::uint8_t>(value);
}

std::uint16_t random_bits(Random& random) {
  return static_cast<std::uint16_t>(random.next());
}

// Inputs that crowd the heap take a millisecond or two, so they are few, and none of those that take much less.
constexpr std::uint64_t kInputsPerCrowd = 256;
constexpr std::size_t kLeastOfACrowd = 64;  // records
constexpr std::uint64_t kInputsOfPages = 16;
constexpr std::uint64_t kInputsOfChunks = 64;
constexpr std::uint64_t kShortInputsOfChunks = 512;

Scale any_scale(Random& random, std::size_t length) {
  if (random.one_in(kInputsOfPages)) return Scale::kPages;
  if (length < kLeastOfACrowd) return random.one_in(kShortInputsOfChunks) ? Scale::kChunks : Scale::kUsual;
  if (random.one_in(kInputsOfChunks)) return Scale::kChunks;
  return random.one_in(kInputsPerCrowd) ? Scale::kCrowd : Scale::kUsual;
}

InputHeader random_header(Random& random, Tier tier) {
  InputHeader header{.tier = tier};
  header.grain = random.one_in(3) ? 8 : 16;
  header.heap_limit = small(random.one_in(8) ? random.below(kHeapLimits.size()) : random.below(2));
  if (random.one_in(2)) header.refusal = random.one_in(2) ? RefusalKind::kOne : RefusalKind::kWindow;
  header.refused_growths = small(1 + random.below(random.one_in(4) ? 64 : 4));
  header.refuse_before = small(random.below(random.one_in(2) ? 256 : 16));
  header.favourite = static_cast<std::uint16_t>(8 * random.between(1, random.one_in(4) ? 256 : 16));
  if (random.one_in(4)) return header;
  header.steps_off = random_bits(random);
  header.sizes_off = random_bits(random);
  if (random.one_in(2)) header.steps_off &= random_bits(random);
  if (random.one_in(2)) header.sizes_off &= random_bits(random);
  return header;
}

// How often a stretch of random records frees, resizes, and does what is rare, of 256.
struct Habit {
  std::uint64_t frees = 90;
  std::uint64_t resizes = 40;
  std::uint64_t rest = 20;
  Choice choice = Choice::kAny;  // of one record in two
  SizeKind size = SizeKind::kTiny;
};

Habit any_habit(Random& random) {
  Habit habit;
  habit.frees = random.between(20, 130);
  habit.resizes = random.one_in(3) ? 0 : random.below(80);
  habit.rest = random.below(random.one_in(3) ? 100 : 24);
  habit.choice = static_cast<Choice>(random.below(kChoices));
  habit.size = static_cast<SizeKind>(random.below(kSizeKinds - 2));
  return habit;
}

Step step_by(const Habit& habit, Random& random) {
  const std::uint64_t roll = random.below(256);
  if (roll < habit.frees) return Step::kFree;
  if (roll < habit.frees + habit.resizes) return Step::kRealloc;
  if (roll < habit.frees + habit.resizes + habit.rest) return static_cast<Step>(random.below(kSteps));
  return Step::kMalloc;
}

void append_stretch(std::size_t records, Random& random, std::vector<std::uint8_t>& input) {
  const Habit habit = any_habit(random);
  for (std::size_t i = 0; i < records; ++i) {
    Record record = any_record(random);
    record.step = step_by(habit, random);
    const std::uint64_t dice = random.next();
    if ((dice & 1) != 0) record.choice = habit.choice;
    if ((dice & 2) != 0) record.size = habit.size;
    append_record(record, input);
  }
}

// Lengths whose logarithm is uniform.
std::size_t any_length(Random& random) {
  const std::size_t octave = std::size_t{1} << random.below(12);
  return std::min<std::size_t>(octave + random.below(octave), 4000);
}

}  // namespace

Record any_record(Random& random) {
  const std::uint64_t dice = random.next();
  Record record;
  record.step = static_cast<Step>((dice & 0xff) % kSteps);
  record.choice = static_cast<Choice>(dice >> 8 & 7);
  record.size = static_cast<SizeKind>(dice >> 11 & 15);
  if ((dice >> 15 & 1) != 0) record.difference = small(dice >> 16 & 15);
  record.operand = static_cast<std::uint16_t>(dice >> 20);
  record.index = static_cast<std::uint16_t>(dice >> 36);
  return record;
}

void generate_input(std::uint64_t seed, Tier tier, std::vector<std::uint8_t>& input) {
  Random random(seed);
  input.resize(kInputHeaderBytes);
  InputHeader header = random_header(random, tier);
  const std::size_t length = any_length(random);
  header.scale = any_scale(random, length);
  write_header(header, std::span(input).first<kInputHeaderBytes>());
  const std::size_t end = kInputHeaderBytes + length * kInputRecordBytes;
  const std::uint64_t motifs_of_four = random.below(5);  // 0: none but random records; 4: none but motifs
  if (header.scale == Scale::kCrowd) append_motif(Motif::kLargePieces, random, input);
  while (input.size() < end) {
    if (random.below(4) < motifs_of_four) {
      append_motif(any_motif(tier, random), random, input);
    } else {
      append_stretch(random.between(1, std::max<std::size_t>(length / 2, 1)), random, input);
    }
  }
  input.resize(end);
}

void generate_flat_input(std::uint64_t seed, Tier tier, std::vector<std::uint8_t>& input) {
  Random random(seed);
  input.resize(kInputHeaderBytes);
  write_header({.tier = tier}, std::span(input).first<kInputHeaderBytes>());
  input.resize(kInputHeaderBytes + any_length(random) * kInputRecordBytes);
  std::generate(input.begin() + kInputHeaderBytes, input.end(), [&] { return small(random.next()); });
}

std::vector<std::uint8_t> generate_input(std::uint64_t seed, Tier tier) {
  std::vector<std::uint8_t> input;
  generate_input(seed, tier, input);
  return input;
}

}  // namespace heapjudge
