// Motifs of more than sane requests.
#include "fuzz/motif_writer.h"

namespace heapjudge {

void MotifWriter::odd_sizes() {
  for (std::size_t i = some(3, 40); i > 0; --i) {
    constexpr std::array kAnyOf{Step::kReallocNull, Step::kReallocZero, Step::kFreeNull, Step::kMalloc,
                                Step::kCalloc};
    const Step step = kAnyOf[random_.below(kAnyOf.size())];
    add(step, random_.one_in(3) ? MotifSize{SizeKind::kZero, any_word(), 0} : any_size(), Choice::kRecent);
    if (random_.one_in(3)) free(Choice::kRecent);
    if (random_.one_in(4)) resize(any_size(), Choice::kTouched);
  }
}

void MotifWriter::cleared_reuse() {
  for (std::size_t i = some(2, 20); i > 0; --i) allocate(any_size());
  random_.one_in(2) ? free_all() : free_every();
  for (std::size_t i = some(2, 20); i > 0; --i) {
    add(Step::kCalloc, random_.one_in(2) ? near(SizeKind::kFreed) : any_size());
    if (random_.one_in(4)) free(Choice::kRecent);
  }
}

void MotifWriter::start_afresh() {
  const std::size_t count = some(2, 30);
  for (std::size_t i = 0; i < count; ++i) {
    random_.one_in(3) ? free(Choice::kRecent) : allocate(any_size());
  }
  add(Step::kInit, {});
  add(Step::kRepeat, {.operand = static_cast<std::uint16_t>(count)});
}

void MotifWriter::refused_growth() {
  for (std::size_t i = some(1, 12); i > 0; --i) allocate(any_size());
  if (random_.one_in(2)) free(Choice::kAny);
  add(Step::kRefuse, {.operand = static_cast<std::uint16_t>(random_.between(1, 7))});
  for (std::size_t i = some(1, 8); i > 0; --i) {
    const MotifSize large = near(random_.one_in(2) ? SizeKind::kPage : SizeKind::kEverything);
    random_.one_in(3) ? resize(large, Choice::kRecent) : allocate(large);
    if (random_.one_in(3)) allocate(any_size());
  }
  if (random_.one_in(2)) add(Step::kRefuse, {.operand = 0});
  for (std::size_t i = some(1, 8); i > 0; --i) random_.one_in(3) ? free(Choice::kAny) : allocate(any_size());
  if (random_.one_in(2)) free_all();
  if (random_.one_in(2)) allocate(near(SizeKind::kEverything));
}

// In place, down into a hole before it, or elsewhere, once or twice: some refusals are got over, and more are not.
void MotifWriter::refused_resize() {
  for (std::size_t round = some(1, 12); round > 0; --round) {
    for (std::size_t i = random_.between(1, 3); i > 0; --i) allocate(any_size());
    if (random_.one_in(2)) free(Choice::kBeforeTouched);
    for (std::size_t i = random_.between(1, 3); i > 0; --i) {
      if (random_.one_in(2)) add(Step::kRefuse, {.operand = static_cast<std::uint16_t>(random_.between(1, 4))});
      const auto eighths = static_cast<std::uint16_t>(random_.between(8, 15));
      resize({random_.one_in(4) ? SizeKind::kFreedSum : SizeKind::kScaled, eighths, any_difference()}, Choice::kNewest);
    }
    if (random_.one_in(2)) add(Step::kRefuse, {.operand = 0});
    allocate(random_.one_in(2) ? tiny() : any_size());
    if (random_.one_in(3)) free(Choice::kBeforeTouched);
  }
}

void MotifWriter::aligned_pieces() {
  for (std::size_t i = some(2, 24); i > 0; --i) {
    add(Step::kAligned, any_size());
    if (random_.one_in(2)) allocate(tiny());
    if (random_.one_in(3)) free(random_.one_in(2) ? Choice::kBeforeTouched : Choice::kTouched);
    if (random_.one_in(4)) resize(near(SizeKind::kScaled), Choice::kRecent);
  }
  if (random_.one_in(2)) free_all();
}

void MotifWriter::extremes() {
  for (std::size_t i = some(2, 24); i > 0; --i) {
    constexpr std::array kAnyOf{Step::kMalloc, Step::kMalloc,  Step::kRealloc,
                                Step::kCalloc, Step::kAligned, Step::kReallocNull};
    const Step step = kAnyOf[random_.below(kAnyOf.size())];
    add(step, near(SizeKind::kExtreme), Choice::kRecent);
    if (random_.one_in(2)) allocate(any_size());
    if (random_.one_in(3)) free(Choice::kRecent);
  }
}

}  // namespace heapjudge
