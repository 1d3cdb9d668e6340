#include "judge/own_checks.h"

#include <algorithm>

namespace heapjudge {

namespace {

std::int64_t widened(std::uint64_t value, std::size_t bytes) {
  const auto unused = static_cast<unsigned>(8 * (sizeof value - std::min(bytes, sizeof value)));
  return static_cast<std::int64_t>(value << unused) >> unused;
}

int sign_of(std::int64_t value) { return (value > 0) - (value < 0); }

}  // namespace

std::optional<Violation> OwnChecks::judge(std::uint64_t returned) {
  if (result_bytes_ == 0) return std::nullopt;
  const std::int64_t now = widened(returned, result_bytes_);
  if (!after_init_) after_init_ = now;
  if (sign_of(now) == sign_of(*after_init_)) return std::nullopt;
  Violation violation;
  violation.fault = Fault::kOwnCheckerComplains;
  violation.checker = CheckerWords{.after_init = *after_init_, .now = now};
  return violation;
}

}  // namespace heapjudge
