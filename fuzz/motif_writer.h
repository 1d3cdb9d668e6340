// Writes the records of motifs.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "fuzz/motifs.h"

namespace heapjudge {

// What the size of a record is made of.
struct MotifSize {
  SizeKind kind = SizeKind::kTiny;
  std::uint16_t operand = 0;
  std::uint8_t difference = 0;
};

// Each motif has a function of its own; what they draw, they draw from one source of numbers.
class MotifWriter {
 public:
  MotifWriter(Random& random, std::vector<std::uint8_t>& input) : random_(random), input_(input) {}

  void write(Motif motif);

 private:
  void comb();
  void grow_pinned();
  void holes_between_pins(bool small_remainders);
  void drain_refill();
  void free_all_large();
  void alternate();
  void ladder();
  void last_or_first(Choice freed);
  void class_edges();
  void neighbours();
  void absorb(Choice freed);
  void grow_at_end();
  void seesaw();
  void trim();
  void churn();
  void fill();
  void trickle();
  void large_pieces();
  void flood();
  void odd_sizes();
  void cleared_reuse();
  void start_afresh();
  void refused_growth();
  void refused_resize();
  void aligned_pieces();
  void extremes();

  std::size_t some(std::size_t least, std::size_t most) {
    // Mostly few, at times many.
    const std::size_t limit = random_.one_in(4) ? most : least + (most - least) / 8;
    return random_.between(least, limit);
  }
  std::uint16_t any_word() { return static_cast<std::uint16_t>(random_.next()); }
  std::uint8_t any_difference() { return static_cast<std::uint8_t>(random_.below(kDifferences.size())); }
  template <std::size_t n>
  SizeKind one_of(const std::array<SizeKind, n>& kinds) {
    return kinds[random_.below(n)];
  }

  // A size of a block by itself: as large as its operand says.
  MotifSize any_size() {
    constexpr std::array kKinds{SizeKind::kTiny,  SizeKind::kTiny,  SizeKind::kSmall,     SizeKind::kMedium,
                                SizeKind::kPower, SizeKind::kGrain, SizeKind::kFavourite, SizeKind::kGrain};
    return {one_of(kKinds), any_word(), random_.one_in(2) ? std::uint8_t{0} : any_difference()};
  }
  // Up to 32 MiB, as far as the input may ask for it; one in four from 8 MiB on.
  MotifSize huge() {
    const unsigned largest = random_.one_in(4) ? 0x6006 : 0;
    return {SizeKind::kPage, static_cast<std::uint16_t>(any_word() | 0xf8 | largest), any_difference()};
  }
  MotifSize tiny() { return {SizeKind::kTiny, any_word(), 0}; }
  MotifSize near(SizeKind kind) { return {kind, any_word(), any_difference()}; }

  void add(Step step, const MotifSize& size, Choice choice = Choice::kAny) {
    append_record({.step = step,
                   .choice = choice,
                   .size = size.kind,
                   .difference = size.difference,
                   .operand = size.operand,
                   .index = any_word()},
                  input_);
  }
  void allocate(const MotifSize& size) { add(Step::kMalloc, size); }
  void allocate(std::size_t count, const MotifSize& size) {
    for (std::size_t i = 0; i < count; ++i) allocate(size);
  }
  void free(Choice choice) { add(Step::kFree, {}, choice); }
  void resize(const MotifSize& size, Choice choice) { add(Step::kRealloc, size, choice); }
  void free_all() { add(Step::kFreeAll, {.operand = any_word()}); }
  void free_every() { add(Step::kFreeEvery, {.operand = any_word()}); }
  void again() { add(Step::kRepeat, {.operand = any_word()}); }
  // The last `records` records, `times` times; both from 1 to 64.
  void repeat(std::size_t records, std::size_t times) {
    append_record({.step = Step::kRepeat,
                   .operand = static_cast<std::uint16_t>(records - 1),
                   .index = static_cast<std::uint16_t>(times - 1)},
                  input_);
  }

  Random& random_;
  std::vector<std::uint8_t>& input_;
};

}  // namespace heapjudge
