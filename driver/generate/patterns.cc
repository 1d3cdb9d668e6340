// Habits of programs that some allocators handle badly: blocks that grow, neighbours that should merge, sizes
// at the edge of what numbers hold.
#include <algorithm>
#include <array>
#include <limits>
#include <vector>

#include "generate/phases.h"

namespace heapjudge {
namespace {

constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();

constexpr std::uint64_t two_to(unsigned power) {
  return std::uint64_t{1} << power;
}

std::uint64_t grown(const Grow& grow, std::uint64_t size, std::uint64_t more) {
  constexpr double kLargestExact = 0x1p53;
  const double scaled = std::min(static_cast<double>(size) * grow.factor, kLargestExact);
  return static_cast<std::uint64_t>(scaled) + more;
}

// A few requests that every allocator answers, so that the odd ones meet a heap in use.
void write_sane(std::size_t requests, TraceWriter& trace, Random& random) {
  Stream stream;
  stream.requests = requests;
  stream.fewest_live = 20;
  stream.most_live = 60;
  stream.sizes = Distribution(Uniform{1, 1000});
  write_phase(stream, trace, random);
}

// Sizes that wrap around when a header or a rounding is added, turn negative, or lose their upper half.
constexpr std::array<std::uint64_t, 20> kHuge{kMost,           kMost - 1,       kMost - 7,  kMost - 8,
                                              kMost - 15,      kMost - 16,      kMost - 31, kMost - 32,
                                              kMost - 4095,    kMost - 65536,   two_to(63), two_to(63) - 1,
                                              two_to(63) + 16, two_to(62) + 8,  two_to(47), two_to(47) + 1,
                                              two_to(33) + 24, two_to(32) + 16, two_to(32), two_to(32) - 1};

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

template <typename T, std::size_t n>
std::array<T, n> shuffled(std::array<T, n> values, Random& random) {
  random.shuffle(values);
  return values;
}

}  // namespace

void write_phase(const Grow& grow, TraceWriter& trace, Random& random) {
  Distribution start = grow.start;
  Distribution more = grow.more;
  Distribution pin_sizes = grow.pin_sizes;
  const std::size_t end = trace.size() + grow.requests;
  std::vector<BlockId> growing;
  while (growing.size() < grow.blocks) growing.push_back(trace.allocate(start.draw(random)));
  while (trace.size() < end) {
    const BlockId block = growing[random.below(growing.size())];
    const std::uint64_t size = grown(grow, trace.size_of(block), more.draw(random));
    trace.resize(block, size > grow.until_bytes ? start.draw(random) : size);
    if (grow.pin.happens(random)) trace.allocate(pin_sizes.draw(random));
  }
}

void write_phase(const Merge& merge, TraceWriter& trace, Random& random) {
  Distribution sizes = merge.sizes;
  std::vector<BlockId> group(merge.neighbours);
  for (std::size_t i = 0; i < merge.groups; ++i) {
    const std::uint64_t size = sizes.draw(random);
    for (BlockId& block : group) block = trace.allocate(size);
    trace.allocate(merge.guard_bytes);
    for (std::size_t left = group.size(); left > 0; --left) {  // in any order
      std::swap(group[random.below(left)], group[left - 1]);
      trace.free(group[left - 1]);
    }
    trace.allocate(size * merge.neighbours);
  }
}

void write_phase(const HugeSizes& sizes, TraceWriter& trace, Random& random) {
  for (const std::uint64_t huge : shuffled(kHuge, random)) {
    write_sane(sizes.sane_between, trace, random);
    const BlockId refused = trace.allocate(huge);
    const BlockId kept = trace.allocate(random.between(1, 500));
    trace.resize(kept, huge);
    trace.resize(kept, random.between(1, 500));
    trace.free(refused);
  }
}

void write_phase(const CallocOverflows& overflows, TraceWriter& trace, Random& random) {
  for (const Product& product : shuffled(kOverflows, random)) {
    write_sane(overflows.sane_between, trace, random);
    const BlockId refused = trace.allocate_cleared(product.count, product.size);
    trace.allocate_cleared(8, random.between(1, 64));
    trace.free(refused);
  }
}

}  // namespace heapjudge
