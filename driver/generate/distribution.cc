// Draws by inverting the distribution function, in whole numbers throughout.
#include "generate/distribution.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "check.h"
#include "generate/fixed_log.h"

namespace heapjudge {
namespace {

using Wide = unsigned __int128;

constexpr int kMostDraws = 64;  // of a normal number that may lie outside its limits

std::int64_t fixed(double number) {
  return static_cast<std::int64_t>(number * static_cast<double>(kFixedOne));
}

// The sum of twelve dice of 16 bits has variance 1 and is bell-shaped to within 6 deviations.
std::int64_t fixed_normal(Random& random) {
  std::int64_t sum = -6 * kFixedOne;
  for (int word = 0; word < 3; ++word) {
    const std::uint64_t bits = random.next();
    for (unsigned shift = 0; shift < 64; shift += 16)
      sum += static_cast<std::int64_t>(bits >> shift & 0xffff);
  }
  return sum;
}

std::uint64_t rounded_up(std::uint64_t value, std::uint64_t multiple) {
  const std::uint64_t rest = value % multiple;
  if (rest == 0) return value;
  const std::uint64_t add = multiple - rest;
  return value > std::numeric_limits<std::uint64_t>::max() - add ? value : value + add;
}

}  // namespace

Distribution::Distribution(Shape shape, std::uint64_t multiple_of)
    : shape_(std::move(shape)), multiple_of_(multiple_of) {
  ensure(multiple_of > 0, "sizes are multiples of 1 at least");
  if (const auto* mix = std::get_if<Mix>(&shape_)) {
    for (const std::uint64_t weight : mix->weights) total_weight_ += weight;
    ensure(mix->weights.size() == mix->parts.size(), "a mixture needs a weight for each part");
    ensure(total_weight_ > 0, "a mixture of nothing");
  }
}

std::uint64_t Distribution::draw(Random& random) {
  const std::uint64_t value = draw_shape(random);
  return multiple_of_ == 1 ? value : rounded_up(value, multiple_of_);
}

std::uint64_t Distribution::draw_shape(Random& random) {
  if (const auto* uniform = std::get_if<Uniform>(&shape_)) {
    return uniform->first == uniform->last ? uniform->first : random.between(uniform->first, uniform->last);
  }
  if (std::holds_alternative<PowerLaw>(shape_)) return draw_power_law(random);
  if (std::holds_alternative<LogNormal>(shape_)) return draw_log_normal(random);
  if (const auto* one_of = std::get_if<OneOf>(&shape_))
    return one_of->values[random.below(one_of->values.size())];
  if (const auto* steps = std::get_if<Steps>(&shape_)) {
    const std::uint64_t value = steps->first + position_ * steps->by;
    position_ = steps->last - value < steps->by ? 0 : position_ + 1;
    return value;
  }
  if (auto* cycle = std::get_if<Cycle>(&shape_))
    return cycle->parts[position_++ % cycle->parts.size()].draw(random);
  Mix& mix = std::get<Mix>(shape_);
  std::uint64_t ticket = random.below(total_weight_);
  std::size_t part = 0;
  while (ticket >= mix.weights[part]) ticket -= mix.weights[part++];
  return mix.parts[part].draw(random);
}

// With s = 1 - exponent, the size at quantile u is first * (1 + u * ((last / first)^s - 1))^(1 / s); for s =
// 0 it is first * (last / first)^u.
std::uint64_t Distribution::draw_power_law(Random& random) const {
  const PowerLaw& law = std::get<PowerLaw>(shape_);
  const std::int64_t low = fixed_log2(law.first);
  const std::int64_t span = fixed_log2(law.last) - low;
  const std::int64_t slope = kFixedOne - fixed(law.exponent);
  std::int64_t above = 0;  // log2(size / first)
  if (slope == 0) {
    above = static_cast<std::int64_t>(Wide{random.next() >> 1} * static_cast<std::uint64_t>(span) >> 63);
  } else {
    // In units of 2^-60: y = r + u * (1 - r), where r is the smaller of (last / first)^s and its inverse.
    constexpr int kUnits = 60;
    const std::int64_t depth = span * (slope < 0 ? -slope : slope) >> kFractionBits;
    const std::uint64_t r = std::max<std::uint64_t>(fixed_exp2(kUnits * kFixedOne - depth), 1);
    const std::uint64_t rest = (std::uint64_t{1} << kUnits) - r;
    const std::uint64_t y = r + static_cast<std::uint64_t>(Wide{random.next()} * rest >> 64);
    const std::int64_t log_y = fixed_log2(y) - kUnits * kFixedOne;  // -depth .. 0
    above = slope < 0 ? (log_y << kFractionBits) / slope : span + (log_y << kFractionBits) / slope;
  }
  return std::clamp(fixed_exp2(low + above), law.first, law.last);
}

std::uint64_t Distribution::draw_log_normal(Random& random) const {
  const LogNormal& law = std::get<LogNormal>(shape_);
  const std::int64_t middle = fixed_log2(law.median);
  const std::int64_t deviation = fixed(law.doublings);
  std::uint64_t value = 0;
  for (int tries = 0; tries < kMostDraws; ++tries) {
    value = fixed_exp2(middle + (fixed_normal(random) * deviation >> kFractionBits));
    if (value >= law.first && value <= law.last) return value;
  }
  return std::clamp(value, law.first, law.last);
}

std::uint64_t Distribution::largest() const {
  std::uint64_t most = 0;
  const auto take = [&most](std::uint64_t value) { most = std::max(most, value); };
  if (const auto* uniform = std::get_if<Uniform>(&shape_)) take(uniform->last);
  if (const auto* law = std::get_if<PowerLaw>(&shape_)) take(law->last);
  if (const auto* law = std::get_if<LogNormal>(&shape_)) take(law->last);
  if (const auto* steps = std::get_if<Steps>(&shape_)) take(steps->last);
  if (const auto* one_of = std::get_if<OneOf>(&shape_)) take(std::ranges::max(one_of->values));
  if (const auto* cycle = std::get_if<Cycle>(&shape_)) {
    for (const Distribution& part : cycle->parts) take(part.largest());
  }
  if (const auto* mix = std::get_if<Mix>(&shape_)) {
    for (const Distribution& part : mix->parts) take(part.largest());
  }
  return rounded_up(most, multiple_of_);
}

}  // namespace heapjudge
