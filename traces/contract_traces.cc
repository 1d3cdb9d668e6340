// The default traces of the contract beyond sane requests.
#include <array>
#include <limits>
#include <vector>

#include "trace/random.h"
#include "trace/trace_builder.h"
#include "traces/default_traces.h"

namespace heapjudge {
namespace {

constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();

constexpr std::uint64_t two_to(int power) {
  return std::uint64_t{1} << power;
}

BlockId any_live(const TraceBuilder& trace, Random& random) {
  return trace.live()[random.below(trace.live().size())];
}

void resize_any(TraceBuilder& trace, Random& random, std::uint64_t least, std::uint64_t most) {
  const BlockId block = any_live(trace, random);
  trace.resize(block, random.between(least, most));
}

// `count` sane requests on top of what is there, so that the odd ones meet a heap in use.
void add_sane(TraceBuilder& trace, Random& random, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t live = trace.live().size();
    if (live > 0 && random.one_in(5)) {
      resize_any(trace, random, 1, 1500);
    } else if (random.below(80) >= live) {
      trace.allocate(random.between(1, 1000));
    } else {
      trace.free(any_live(trace, random));
    }
  }
}

// malloc(0) is freed and resized like any other block; realloc(p, 0) may free the block or keep it, and what
// follows fits both.
Trace zero_sizes() {
  Random random(21);
  TraceBuilder trace;
  const BlockId first = trace.allocate(0);
  trace.free(first);
  for (int round = 0; round < 60; ++round) {
    add_sane(trace, random, 12);
    const BlockId nothing = trace.allocate(0);
    trace.allocate(0);
    trace.resize(nothing, random.between(1, 300));
    trace.free(nothing);
    const BlockId shrunk = trace.allocate(random.between(1, 300));
    trace.resize(shrunk, 0);
    if (round % 2 == 0) {
      trace.resize(shrunk, random.between(1, 300));
    } else {
      trace.free(shrunk);
    }
  }
  trace.free_all_newest_first();
  return trace.build("zero-sizes.rep");
}

Trace null_cases() {
  Random random(22);
  TraceBuilder trace;
  trace.free_null();
  trace.resize_null(100);
  for (int round = 0; round < 80; ++round) {
    add_sane(trace, random, 10);
    trace.free_null();
    const BlockId made = trace.resize_null(random.between(1, 2000));
    trace.free_null();
    trace.resize(made, random.between(1, 2000));
    if (random.one_in(2)) trace.free(made);
  }
  trace.free_all_oldest_first();
  trace.free_null();
  return trace.build("null-cases.rep");
}

// Every mm_init finds live blocks, free blocks and a heap of another size.
Trace reinit() {
  Random random(23);
  TraceBuilder trace;
  trace.init();
  for (int round = 0; round < 8; ++round) {
    add_sane(trace, random, 40 + random.below(300));
    trace.init();
    if (round == 3) trace.init();
  }
  add_sane(trace, random, 200);
  trace.free_all_newest_first();
  return trace.build("reinit.rep");
}

// calloc over memory that was used before, and products of 0.
Trace cleared() {
  Random random(24);
  TraceBuilder trace;
  trace.free(trace.allocate_cleared(0, 16));
  trace.free(trace.allocate_cleared(16, 0));
  for (int round = 0; round < 120; ++round) {
    add_sane(trace, random, 6);
    const auto count = static_cast<std::uint16_t>(random.between(1, 64));
    const BlockId made = trace.allocate_cleared(count, random.between(1, 64));
    if (random.one_in(3)) trace.resize(made, random.between(1, 4096));
    if (random.one_in(2)) trace.free(made);
  }
  trace.allocate_cleared(65535, 3);
  trace.free_all_oldest_first();
  return trace.build("calloc.rep");
}

// Windows in which the heap cannot grow. Blocks asked for inside may be refused; everything else must go on.
// Most of the large blocks stay until the end, so that few holes can hold another: nearly each asks for
// growth.
Trace refused_growth() {
  Random random(25);
  TraceBuilder trace;
  std::vector<BlockId> large;
  const auto allocate_large = [&] { large.push_back(trace.allocate(random.between(20000, 40000))); };
  trace.refuse(1);
  allocate_large();  // the very first growth, perhaps
  trace.refuse(0);
  constexpr std::array<std::uint64_t, 6> kWindows{1, 2, 3, 8, 50, 1000};
  for (const std::uint64_t window : kWindows) {
    add_sane(trace, random, 60);
    allocate_large();
    trace.refuse(window);
    for (int i = 0; i < 3; ++i) {
      allocate_large();
      std::erase_if(large, [&trace](BlockId block) { return !trace.is_live(block); });
      trace.resize(large[random.below(large.size())], 50000);
      add_sane(trace, random, 4);
    }
    trace.refuse(0);
    allocate_large();
  }
  trace.free_all_oldest_first();
  add_sane(trace, random, 40);
  trace.free_all_newest_first();
  return trace.build("refused-growth.rep");
}

// Sizes that wrap around when a header or a rounding is added, turn negative, or lose their upper half.
constexpr std::array<std::uint64_t, 20> kHuge{kMost,           kMost - 1,       kMost - 7,  kMost - 8,
                                              kMost - 15,      kMost - 16,      kMost - 31, kMost - 32,
                                              kMost - 4095,    kMost - 65536,   two_to(63), two_to(63) - 1,
                                              two_to(63) + 16, two_to(62) + 8,  two_to(47), two_to(47) + 1,
                                              two_to(33) + 24, two_to(32) + 16, two_to(32), two_to(32) - 1};

Trace huge_sizes() {
  Random random(26);
  TraceBuilder trace;
  for (const std::uint64_t huge : kHuge) {
    add_sane(trace, random, 8);
    const BlockId refused = trace.allocate(huge);
    add_sane(trace, random, 2);
    const BlockId kept = trace.allocate(random.between(1, 500));
    trace.resize(kept, huge);
    trace.resize(kept, random.between(1, 500));
    trace.free(refused);
  }
  trace.free_all_oldest_first();
  return trace.build("huge-sizes.rep");
}

struct Product {
  std::uint16_t count;
  std::uint64_t size;
};

// The comment is what the product looks like when 64 bits are all there is.
constexpr std::array<Product, 10> kOverflows{{
    {2, two_to(63)},           // 0
    {2, two_to(63) + 8},       // 16
    {3, 6148914691236517206},  // 2
    {4, two_to(62) + 16},      // 64
    {16, two_to(60)},          // 0
    {16, two_to(60) + 1},      // 16
    {256, two_to(56) + 1},     // 256
    {32768, two_to(49) + 1},   // 32768
    {65535, kMost},            // -65535
    {65535, two_to(48)},       // no overflow: 2^64 - 2^48
}};

Trace calloc_overflow() {
  Random random(27);
  TraceBuilder trace;
  for (const Product& product : kOverflows) {
    add_sane(trace, random, 8);
    const BlockId refused = trace.allocate_cleared(product.count, product.size);
    trace.allocate_cleared(8, random.between(1, 64));
    trace.free(refused);
  }
  trace.free_all_newest_first();
  return trace.build("calloc-overflow.rep");
}

// Alignments from 16 bytes to a page, among blocks of odd sizes.
Trace aligned() {
  Random random(28);
  TraceBuilder trace;
  for (int round = 0; round < 120; ++round) {
    trace.allocate(random.between(1, 200));
    const auto alignment_log2 = static_cast<std::uint8_t>(random.between(4, 12));
    trace.allocate_aligned(alignment_log2, random.between(1, 3000));
    if (trace.live().size() > 60) {
      for (int i = 0; i < 20; ++i) trace.free(any_live(trace, random));
    }
  }
  trace.free_all_oldest_first();
  return trace.build("aligned.rep");
}

}  // namespace

std::vector<Trace> contract_traces() {
  return {zero_sizes(),     null_cases(), reinit(),          cleared(),
          refused_growth(), huge_sizes(), calloc_overflow(), aligned()};
}

}  // namespace heapjudge
