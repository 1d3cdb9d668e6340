#include "fuzz/custom_mutator.h"

#include <algorithm>

#include "fuzz/generator.h"
#include "fuzz/mutate.h"

namespace heapjudge {
namespace {

constexpr std::uint64_t kGeneratedAtFirst = 20'000;

// libFuzzer calls functions without an argument of ours.
struct Mutator {
  InputSource* source = nullptr;
  ChangeBytes change = nullptr;  // another's
  std::uint64_t changed = 0;

  bool is_all_generated() const { return source != nullptr && changed < kGeneratedAtFirst; }

  std::vector<std::uint8_t> generated(unsigned seed) const {
    return source != nullptr ? source->next() : generate_input(seed, static_cast<Tier>(seed >> 8 & 3));
  }
};
Mutator mutator;

}  // namespace

void take_inputs_from(InputSource& source) { mutator = {.source = &source}; }
void leave_changes_to(ChangeBytes change) { mutator = {.change = change}; }

}  // namespace heapjudge

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t room, unsigned seed) {
  using namespace heapjudge;
  if (mutator.change != nullptr) return mutator.change(data, size, room);
  const bool is_generated = mutator.is_all_generated() || mutator.changed % 2 == 0;
  ++mutator.changed;
  if (!is_generated) return mutate_input({data, room}, size, seed);
  const std::vector<std::uint8_t> input = mutator.generated(seed);
  const std::size_t bytes = std::min(input.size(), room);
  std::copy_n(input.begin(), bytes, data);
  return bytes;
}

// 0: another way to change an input is chosen.
extern "C" std::size_t LLVMFuzzerCustomCrossOver(const std::uint8_t* one, std::size_t one_size, const std::uint8_t* other,
                                                 std::size_t other_size, std::uint8_t* out, std::size_t room,
                                                 unsigned seed) {
  using namespace heapjudge;
  if (mutator.is_all_generated() || mutator.change != nullptr) return 0;
  return cross_inputs({one, one_size}, {other, other_size}, {out, room}, seed);
}
