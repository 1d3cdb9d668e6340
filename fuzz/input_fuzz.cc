// Bytes into the decoder of fuzz inputs: whatever they are, a well-formed trace comes out, the same each
// time, and what is mutated or crossed is an input again.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "check.h"
#include "fuzz/input.h"
#include "fuzz/mutate.h"

namespace heapjudge {
namespace {

void expect_well_formed(std::span<const std::uint8_t> bytes) {
  static InputDecoder decoder;
  const Trace trace = trace_of(decoder.decode(bytes), "fuzz");  // throws when it is not
  ensure(trace.requests().size() <= kMostInputRequests, "a decoded trace is too long");
  ensure(std::ranges::equal(trace.requests(), decoder.decode(bytes).requests),
         "an input is decoded differently the second time");
}

std::uint64_t seed_of(std::span<const std::uint8_t> bytes) {
  std::uint64_t seed = bytes.size();
  for (const std::uint8_t byte : bytes) seed = seed * 31 + byte;
  return seed;
}

}  // namespace
}  // namespace heapjudge

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace heapjudge;
  const std::span bytes(data, size);
  expect_well_formed(bytes);
  std::vector<std::uint8_t> other(bytes.begin(), bytes.end());
  other.resize(size + 200);
  const std::uint64_t seed = seed_of(bytes);
  other.resize(mutate_input(other, size, seed));
  std::vector<std::uint8_t> child(size + 100);
  child.resize(cross_inputs(bytes, other, child, seed));
  expect_well_formed(child);
  return 0;
}
