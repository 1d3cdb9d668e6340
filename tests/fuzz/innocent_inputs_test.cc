// The references are acquitted on generated fuzz inputs, within the heap limit that an input promises to be
// enough.
#include <gtest/gtest.h>

#include "fuzz/generator.h"
#include "fuzz/input.h"
#include "tests/judge/in_this_process.h"

namespace heapjudge {
namespace {

constexpr std::uint64_t kHeapBytes = 4u << 20;
constexpr std::uint64_t kInputsPerTier = 100;

class OnFuzzInputs : public InThisProcess {
 protected:
  OnFuzzInputs() : InThisProcess(kHeapBytes) {}

  void expect_acquittals(Tier tier) {
    InputDecoder decoder({.heap_limit_bytes = kHeapBytes});
    for (std::uint64_t seed = 1; seed <= kInputsPerTier && !HasFailure(); ++seed) {
      SCOPED_TRACE("seed " + std::to_string(seed));
      const DecodedInput& input = decoder.decode(generate_input(seed, tier));
      ASSERT_EQ(input.heap_limit_bytes, kHeapBytes);
      EXPECT_EQ(complaint_about(trace_of(input, "generated"), [this] { return lent(); }, {}), "");
    }
  }
};

TEST_P(OnFuzzInputs, IsAcquittedOfP0) {
  expect_acquittals(Tier::kP0);
}
TEST_P(OnFuzzInputs, IsAcquittedOfP1) {
  expect_acquittals(Tier::kP1);
}
TEST_P(OnFuzzInputs, IsAcquittedOfP2) {
  expect_acquittals(Tier::kP2);
}
TEST_P(OnFuzzInputs, IsAcquittedOfP3) {
  expect_acquittals(Tier::kP3);
}

INSTANTIATE_TEST_SUITE_P(All, OnFuzzInputs,
                         testing::Values(Specimen{"implicit:first", 0}, Specimen{"implicit:next", 0},
                                         Specimen{"implicit:best", 0}, Specimen{"implicit:worst", 0},
                                         Specimen{"explicit:lifo", 0}, Specimen{"explicit:address", 0},
                                         Specimen{"bins", 0}, Specimen{"bump", 0}, Specimen{"buddy", 0},
                                         Specimen{"bitmap", 0}, Specimen{"tlsf", 0},
                                         Specimen{"segregated", 0}),
                         test_name);

}  // namespace
}  // namespace heapjudge
