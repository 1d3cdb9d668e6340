// What proposes inputs: libFuzzer, where the submission has edges to count, or the generator alone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "trace/tier.h"

namespace heapjudge {

// Where inputs come from. The last two are there to be measured against: see fuzz/zoo/README.md.
enum class EngineKind : std::uint8_t {
  kHabits,          // the generator, and libFuzzer with changes that know what a record is
  kGenerator,       // the generator alone: the inputs follow from the seed, on every machine
  kDefaultChanges,  // libFuzzer as it comes, from an empty corpus: it changes bytes
  kFlat,            // every byte of every record by chance
};

constexpr bool wants_coverage(EngineKind kind) {
  return kind == EngineKind::kHabits || kind == EngineKind::kDefaultChanges;
}

struct EngineSettings {
  EngineKind kind = EngineKind::kHabits;
  std::uint64_t seed = 1;
  Tier lowest_tier = Tier::kP0;
  Tier highest_tier = Tier::kP3;
  bool shares_corpus = false;  // looks from time to time for what others have added
};

// Does not return from the last one.
using TryInput = std::function<void(std::span<const std::uint8_t>)>;

// One input after the other from the generator, or flat ones, all tiers in turn.
void run_unguided(const EngineSettings& settings, const TryInput& try_input);

// Lets libFuzzer choose among the working folder's inputs what to change, and keep there what reaches something new.
// Of kHabits the first inputs, and every other one later, are the generator's all the same: what a submission has of
// edges is seen at once, and what finds bugs then is what the generator makes. To be called once in a process, and
// only where wants_coverage().
void run_guided(const EngineSettings& settings, const TryInput& try_input);
bool engine_is_guided();  // false: this build of Heapjudge has no libFuzzer

// Inputs from the generator or, of kFlat, flat ones: one of each tier in turn; the same for the same seed.
class InputSource {
 public:
  explicit InputSource(const EngineSettings& settings) : settings_(settings) {}

  const std::vector<std::uint8_t>& next();

 private:
  EngineSettings settings_;
  std::uint64_t made_ = 0;
  std::vector<std::uint8_t> input_;
};

}  // namespace heapjudge
