// Motifs of sane requests, and the choice among all.
#include "fuzz/motifs.h"

#include <algorithm>

#include "fuzz/motif_writer.h"

namespace heapjudge {

void MotifWriter::comb() {
  const MotifSize tooth = any_size();
  allocate(some(4, 100), tooth);
  free_every();
  const bool much_more = random_.one_in(4);  // than a hole: of the same class still, and no hole is large enough
  for (std::size_t i = some(2, 40); i > 0; --i) {
    if (much_more && random_.one_in(2)) allocate({SizeKind::kScaled, static_cast<std::uint16_t>(random_.between(8, 14)), 0});
    allocate(random_.one_in(3) ? tooth : near(SizeKind::kFreed));
  }
  if (random_.one_in(2)) free_every();
  if (random_.one_in(2)) free_all();
}

void MotifWriter::grow_pinned() {
  allocate(any_size());
  for (std::size_t i = some(2, 40); i > 0; --i) {
    const Choice grown = random_.one_in(4) ? Choice::kAny : Choice::kBeforeTouched;
    if (random_.one_in(3)) allocate(tiny());
    resize({SizeKind::kScaled, static_cast<std::uint16_t>(random_.between(8, 11)), any_difference()}, grown);
    if (random_.one_in(2)) allocate(tiny());
  }
}

void MotifWriter::holes_between_pins(bool small_remainders) {
  constexpr std::array<std::uint8_t, 6> kALittleLess{2, 4, 6, 12, 14, 10};  // -1, -8, -16, -24, -32, -15
  for (std::size_t i = some(1, 16); i > 0; --i) {
    allocate(tiny());
    allocate(any_size());
    allocate(tiny());
    free(Choice::kBeforeTouched);
    const std::uint8_t less = kALittleLess[random_.below(kALittleLess.size())];
    const std::uint8_t difference = small_remainders ? less : static_cast<std::uint8_t>(random_.below(3));
    allocate({SizeKind::kFreed, 0, difference});
    if (small_remainders && random_.one_in(2)) allocate(tiny());
    if (random_.one_in(2)) free(random_.one_in(2) ? Choice::kNewest : Choice::kBeforeTouched);
  }
}

void MotifWriter::drain_refill() {
  const std::size_t count = some(3, 30);
  for (std::size_t i = 0; i < count; ++i) allocate(any_size());
  free_all();
  add(Step::kRepeat, {.operand = static_cast<std::uint16_t>(count)});
  if (random_.one_in(2)) free_all();
}

void MotifWriter::free_all_large() {
  for (std::size_t i = some(2, 60); i > 0; --i) allocate(any_size());
  free_all();
  const auto share = static_cast<std::uint16_t>(random_.between(5, 8));  // of what was live
  allocate({SizeKind::kEverything, share, any_difference()});
  if (random_.one_in(2)) allocate(tiny());
}

void MotifWriter::alternate() {
  const MotifSize large = any_size();
  for (std::size_t i = some(3, 60); i > 0; --i) {
    allocate(tiny());
    allocate(large);
  }
  add(Step::kFreeEvery, {.operand = static_cast<std::uint16_t>(7 * random_.below(2))});
  for (std::size_t i = some(2, 30); i > 0; --i)
    allocate(near(random_.one_in(2) ? SizeKind::kFreed : SizeKind::kAgain));
}

void MotifWriter::ladder() {
  const std::size_t count = some(4, 64);
  const std::size_t first = random_.below(16);
  const std::uint8_t difference = any_difference();
  for (std::size_t i = 0; i < count; ++i) {
    allocate({SizeKind::kGrain, static_cast<std::uint16_t>(first + i), difference});
    if (random_.one_in(8)) free(Choice::kRecent);
  }
  random_.one_in(2) ? free_all() : free_every();
  for (std::size_t i = count; i-- > 0;)
    allocate({SizeKind::kGrain, static_cast<std::uint16_t>(first + i), 0});
}

void MotifWriter::last_or_first(Choice freed) {
  for (std::size_t round = some(1, 8); round > 0; --round) {
    for (std::size_t i = some(2, 24); i > 0; --i) allocate(any_size());
    for (std::size_t i = some(2, 24); i > 0; --i) free(freed);
  }
}

void MotifWriter::class_edges() {
  const std::uint16_t power = any_word();
  for (std::size_t i = some(3, 32); i > 0; --i) {
    allocate({SizeKind::kPower, random_.one_in(8) ? any_word() : power, any_difference()});
    if (random_.one_in(4)) {
      resize({SizeKind::kPower, random_.one_in(2) ? any_word() : power, any_difference()}, Choice::kRecent);
    }
    if (random_.one_in(3)) free(random_.one_in(2) ? Choice::kRecent : Choice::kBeforeTouched);
  }
}

void MotifWriter::neighbours() {
  for (std::size_t round = some(1, 12); round > 0; --round) {
    allocate(tiny());
    for (int i = 0; i < 3; ++i) allocate(any_size());
    allocate(tiny());
    // From the pin behind them: the middle one first or last, or by rising or falling address.
    free(Choice::kBeforeTouched);
    free(random_.one_in(2) ? Choice::kBeforeTouched : Choice::kRecent);
    if (random_.one_in(2)) free(random_.one_in(2) ? Choice::kAfterTouched : Choice::kBeforeTouched);
    allocate({SizeKind::kFreedSum, 0, any_difference()});
    if (random_.one_in(2)) allocate({SizeKind::kFreed, any_word(), 0});
  }
}

void MotifWriter::absorb(Choice freed) {
  for (std::size_t round = some(1, 12); round > 0; --round) {
    for (int i = 0; i < 3; ++i) allocate(any_size());
    if (random_.one_in(2)) allocate(tiny());
    free(Choice::kRecent);
    const Choice grown = freed == Choice::kAfterTouched ? Choice::kBeforeTouched : Choice::kAfterTouched;
    const SizeKind kind = random_.one_in(2) ? SizeKind::kScaled : SizeKind::kFreedSum;
    resize({kind, static_cast<std::uint16_t>(random_.between(7, 15)), any_difference()}, grown);
    if (random_.one_in(2)) allocate(tiny());
    if (random_.one_in(3)) free(grown);
  }
}

// By a part of what it is, or, beside a header that is the same for all, to just what pages and powers leave.
void MotifWriter::grow_at_end() {
  const std::uint16_t header = any_word() & 0xff00;
  const bool to_edges = random_.one_in(3);
  const auto larger = [&]() -> MotifSize {
    if (!to_edges) return {SizeKind::kScaled, static_cast<std::uint16_t>(random_.between(7, 12)), any_difference()};
    const auto edge = static_cast<std::uint16_t>(header | random_.below(256));
    return {random_.one_in(2) ? SizeKind::kPage : SizeKind::kPower, edge, static_cast<std::uint8_t>(random_.below(3))};
  };
  allocate(to_edges ? larger() : any_size());
  for (std::size_t i = some(2, 24); i > 0; --i) {
    resize(larger(), Choice::kNewest);
    if (random_.one_in(4)) free(Choice::kBeforeTouched);
    if (random_.one_in(6)) allocate(any_size());
  }
}

void MotifWriter::seesaw() {
  const std::size_t blocks = some(1, 8);
  for (std::size_t i = 0; i < blocks; ++i) allocate(any_size());
  for (std::size_t i = some(3, 60); i > 0; --i) {
    const Choice choice = random_.one_in(3) ? Choice::kAny : Choice::kTouched;
    resize(near(random_.one_in(3) ? SizeKind::kLive : SizeKind::kScaled), choice);
  }
}

void MotifWriter::trim() {
  for (std::size_t round = some(1, 12); round > 0; --round) {
    allocate(near(random_.one_in(2) ? SizeKind::kSmall : SizeKind::kMedium));
    if (random_.one_in(2)) allocate(tiny());
    const Choice trimmed = random_.one_in(2) ? Choice::kRecent : Choice::kBeforeTouched;
    resize({SizeKind::kScaled, static_cast<std::uint16_t>(random_.below(7)), any_difference()}, trimmed);
    for (std::size_t i = some(1, 6); i > 0; --i) allocate(tiny());
    if (random_.one_in(2)) free(Choice::kRecent);
  }
  if (random_.one_in(2)) free_all();
}

void MotifWriter::churn() {
  const MotifSize size = any_size();
  const bool newest = random_.one_in(2);
  allocate(some(1, 16), size);
  for (std::size_t i = some(4, 100); i > 0; --i) {
    random_.one_in(2) ? allocate(size) : free(newest ? Choice::kNewest : Choice::kOldest);
  }
}

void MotifWriter::fill() {
  const MotifSize size = any_size();
  const bool varied = random_.one_in(2);
  for (std::size_t i = random_.between(20, 400); i > 0; --i) allocate(varied ? tiny() : size);
  for (std::size_t i = some(10, 300); i > 0; --i) {
    if (random_.one_in(2)) {
      free(static_cast<Choice>(random_.below(kChoices)));
    } else {
      allocate(random_.one_in(4) ? near(SizeKind::kFreed) : any_size());
    }
  }
}

void MotifWriter::trickle() {
  const MotifSize size = random_.one_in(2)
                             ? tiny()
                             : MotifSize{SizeKind::kGrain, static_cast<std::uint16_t>(random_.below(3)), 0};
  allocate(some(8, 200), size);
  if (random_.one_in(2)) free(Choice::kNewest);
  allocate(near(random_.one_in(2) ? SizeKind::kPage : SizeKind::kLarge));
  allocate(some(1, 8), size);
}

// Tables of classes come to an end, and counters are narrow.
void MotifWriter::large_pieces() {
  for (std::size_t i = some(2, 12); i > 0; --i) {
    allocate(huge());
    if (random_.one_in(2)) allocate(tiny());
    if (random_.one_in(3)) resize(random_.one_in(2) ? huge() : near(SizeKind::kScaled), Choice::kRecent);
    if (random_.one_in(2)) free(random_.one_in(2) ? Choice::kBeforeTouched : Choice::kAny);
  }
  if (random_.one_in(2)) free_all();
  allocate(random_.one_in(2) ? tiny() : huge());
}

// What happens only every so many frees, or to a list that is long, takes many requests and few records.
void MotifWriter::flood() {
  const MotifSize size = random_.one_in(2) ? tiny() : any_size();
  const std::size_t count = random_.between(2, 31);
  for (int tide = random_.one_in(3) ? 2 : 1; tide > 0; --tide) {
    allocate(count, size);
    repeat(count, random_.between(16, 64));
    free_all();
    for (std::size_t i = some(1, 40); i > 0; --i) allocate(size);
    allocate(near(random_.one_in(2) ? SizeKind::kLarge : SizeKind::kFreedSum));
  }
}

void MotifWriter::write(Motif motif) {
  switch (motif) {
    case Motif::kComb:
      return comb();
    case Motif::kGrowPinned:
      return grow_pinned();
    case Motif::kExactFit:
      return holes_between_pins(false);
    case Motif::kSplit:
      return holes_between_pins(true);
    case Motif::kDrainRefill:
      return drain_refill();
    case Motif::kFreeAllLarge:
      return free_all_large();
    case Motif::kAlternate:
      return alternate();
    case Motif::kLadder:
      return ladder();
    case Motif::kStack:
      return last_or_first(Choice::kNewest);
    case Motif::kQueue:
      return last_or_first(Choice::kOldest);
    case Motif::kClassEdges:
      return class_edges();
    case Motif::kNeighbours:
      return neighbours();
    case Motif::kAbsorbNext:
      return absorb(Choice::kAfterTouched);
    case Motif::kAbsorbBefore:
      return absorb(Choice::kBeforeTouched);
    case Motif::kGrowAtEnd:
      return grow_at_end();
    case Motif::kSeesaw:
      return seesaw();
    case Motif::kTrim:
      return trim();
    case Motif::kChurn:
      return churn();
    case Motif::kFill:
      return fill();
    case Motif::kTrickle:
      return trickle();
    case Motif::kLargePieces:
      return large_pieces();
    case Motif::kFlood:
      return flood();
    case Motif::kOddSizes:
      return odd_sizes();
    case Motif::kClearedReuse:
      return cleared_reuse();
    case Motif::kStartAfresh:
      return start_afresh();
    case Motif::kRefusedGrowth:
      return refused_growth();
    case Motif::kRefusedResize:
      return refused_resize();
    case Motif::kAlignedPieces:
      return aligned_pieces();
    case Motif::kExtremes:
      return extremes();
  }
}

bool takes_long(Motif motif) { return motif == Motif::kFlood || motif == Motif::kLargePieces; }

void append_record(const Record& record, std::vector<std::uint8_t>& input) {
  input.resize(input.size() + kInputRecordBytes);
  write_record(
      record, std::span<std::uint8_t, kInputRecordBytes>(input.end() - kInputRecordBytes, kInputRecordBytes));
}

// Those that came with the tier are few, and so are drawn more often than their share; a flood and large pieces take
// long, and are drawn less often.
Motif any_motif(Tier tier, Random& random) {
  const Tier lowest = random.one_in(3) ? tier : Tier::kP0;
  Motif motif = Motif::kComb;
  const auto is_wanted = [&] {
    return tier_of(motif) <= tier && tier_of(motif) >= lowest && (!takes_long(motif) || random.one_in(3));
  };
  do {
    motif = static_cast<Motif>(random.below(kMotifs));
  } while (!is_wanted());
  return motif;
}

void append_motif(Motif motif, Random& random, std::vector<std::uint8_t>& input) {
  MotifWriter(random, input).write(motif);
}

}  // namespace heapjudge
