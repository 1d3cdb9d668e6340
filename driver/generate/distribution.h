// Where sizes (and lifetimes) come from: distributions that can be put together.
#pragma once

#include <cstdint>
#include <variant>
#include <vector>

#include "trace/random.h"

namespace heapjudge {

// A chance between 0 and 1, in steps of 2^-32.
class Chance {
 public:
  Chance() = default;
  explicit Chance(double probability) : parts_(static_cast<std::uint64_t>(probability * 0x1p32)) {}

  // Draws only when there is something to decide, so that a chance of 0 costs nothing.
  bool happens(Random& random) const { return parts_ != 0 && (random.next() >> 32) < parts_; }

 private:
  std::uint64_t parts_ = 0;
};

struct Uniform {  // each of first .. last alike
  std::uint64_t first = 1;
  std::uint64_t last = 1;
};

struct PowerLaw {  // a density that falls as size^-exponent from `first` to `last`; first > 0
  std::uint64_t first = 1;
  std::uint64_t last = 1;
  double exponent = 1;
};

struct LogNormal {  // the logarithm is normal; what lies beyond first .. last is drawn again; first > 0
  std::uint64_t median = 1;
  double doublings = 1;  // the standard deviation of the logarithm to base 2
  std::uint64_t first = 1;
  std::uint64_t last = 1;
};

struct OneOf {  // each of these alike; not empty
  std::vector<std::uint64_t> values;
};

struct Steps {  // first, first + by, ... and from `last` back to first
  std::uint64_t first = 1;
  std::uint64_t last = 1;
  std::uint64_t by = 1;
};

class Distribution;

struct Cycle {  // one distribution after the other, again and again; not empty
  std::vector<Distribution> parts;
};

struct Mix {  // one of several distributions, by weight; as many weights as parts, not all 0
  std::vector<std::uint64_t> weights;
  std::vector<Distribution> parts;
};

// Draws numbers. Steps and Cycle know where they stand: copies go on from there on their own.
class Distribution {
 public:
  using Shape = std::variant<Uniform, PowerLaw, LogNormal, OneOf, Steps, Cycle, Mix>;

  Distribution(Shape shape, std::uint64_t multiple_of = 1);  // results are rounded up to a multiple
  static Distribution exactly(std::uint64_t value) { return Distribution(Uniform{value, value}); }

  std::uint64_t draw(Random& random);

  std::uint64_t largest() const;  // no draw is above it

 private:
  std::uint64_t draw_shape(Random& random);
  std::uint64_t draw_power_law(Random& random) const;
  std::uint64_t draw_log_normal(Random& random) const;

  Shape shape_;
  std::uint64_t multiple_of_;
  std::uint64_t position_ = 0;      // of Steps and Cycle
  std::uint64_t total_weight_ = 0;  // of Mix
};

}  // namespace heapjudge
