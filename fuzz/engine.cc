#include "fuzz/engine.h"

#include "fuzz/generator.h"
#include "trace/random.h"

namespace heapjudge {

const std::vector<std::uint8_t>& InputSource::next() {
  const auto lowest = static_cast<std::uint64_t>(settings_.lowest_tier);
  const std::uint64_t tiers = static_cast<std::uint64_t>(settings_.highest_tier) - lowest + 1;
  const std::uint64_t number = made_++;
  Random random(settings_.seed + number * 0x9e3779b97f4a7c15);
  const auto tier = static_cast<Tier>(lowest + number % tiers);
  if (settings_.kind == EngineKind::kFlat) {
    generate_flat_input(random.next(), tier, input_);
  } else {
    generate_input(random.next(), tier, input_);
  }
  return input_;
}

void run_unguided(const EngineSettings& settings, const TryInput& try_input) {
  InputSource source(settings);
  for (;;) try_input(source.next());
}

}  // namespace heapjudge
