#include "fuzz/repertoire.h"

namespace heapjudge {
namespace {

Step plain_step_for(Step step) {
  switch (step) {
    case Step::kFree:
    case Step::kFreeAll:
    case Step::kFreeEvery:
    case Step::kReallocZero:
    case Step::kFreeNull:
      return Step::kFree;
    case Step::kMalloc:
    case Step::kRealloc:
    case Step::kRepeat:
    case Step::kCalloc:
    case Step::kReallocNull:
    case Step::kInit:
    case Step::kRefuse:
    case Step::kAligned:
      return Step::kMalloc;
  }
  return Step::kMalloc;
}

SizeKind plain_size_for(SizeKind kind) {
  const bool is_large =
      kind == SizeKind::kExtreme || kind == SizeKind::kEverything || kind == SizeKind::kPage;
  return is_large ? SizeKind::kSmall : SizeKind::kTiny;
}

}  // namespace

Repertoire repertoire_of(const InputHeader& header) {
  const auto is_off = [](std::uint16_t off, std::size_t bit) { return (off >> bit & 1u) != 0; };
  Repertoire repertoire;
  for (std::size_t i = 0; i < kSteps; ++i) {
    const auto step = static_cast<Step>(i);
    const bool missing = tier_of(step) > header.tier || is_off(header.steps_off, i);
    repertoire.steps[i] = missing ? plain_step_for(step) : step;
  }
  for (std::size_t i = 0; i < kSizeKinds; ++i) {
    const auto kind = static_cast<SizeKind>(i);
    const bool missing = tier_of(kind) > header.tier || is_off(header.sizes_off, i);
    repertoire.sizes[i] = missing ? plain_size_for(kind) : kind;
  }
  return repertoire;
}

}  // namespace heapjudge
