// Our own random numbers: the same on every machine and with every library, unlike <random>'s distributions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

namespace heapjudge {

// SplitMix64 (Steele, Lea, Flood 2014): a counter, scrambled. Any seed is a good one. Draw no two numbers in
// the arguments of one call: compilers differ in which comes first.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }

  // 0 .. limit - 1; limit > 0. Its bias is below limit / 2^64.
  std::uint64_t below(std::uint64_t limit) { return next() % limit; }

  // first .. last, both included.
  std::uint64_t between(std::uint64_t first, std::uint64_t last) { return first + below(last - first + 1); }

  bool one_in(std::uint64_t n) { return below(n) == 0; }

  // Any order is as likely as any other (Fisher and Yates).
  template <typename Values>
  void shuffle(Values& values) {
    for (std::size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[below(i)]);
  }

 private:
  std::uint64_t state_;
};

}  // namespace heapjudge
