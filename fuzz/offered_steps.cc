#include "fuzz/offered_steps.h"

#include <span>

#include "fuzz/input_format.h"
#include "submission/inspect.h"

namespace heapjudge {
namespace {

constexpr std::uint16_t bit_of(Step step) { return static_cast<std::uint16_t>(1u << static_cast<unsigned>(step)); }

std::uint16_t missing_steps(const OfferedFunctions& offered) {
  unsigned steps = 0;
  if (!offered.realloc) steps |= bit_of(Step::kRealloc) | bit_of(Step::kReallocNull) | bit_of(Step::kReallocZero);
  if (!offered.calloc) steps |= bit_of(Step::kCalloc);
  if (!offered.aligned) steps |= bit_of(Step::kAligned);
  return static_cast<std::uint16_t>(steps);
}

}  // namespace

OfferedFunctions offered_by(const Inspection& inspection) {
  return {.realloc = inspection.has_realloc,
          .calloc = inspection.has_calloc,
          .aligned = !inspection.aligned_function.empty()};
}

void take_out_missing(const OfferedFunctions& offered, std::vector<std::uint8_t>& input) {
  const std::uint16_t missing = missing_steps(offered);
  if (missing == 0) return;
  if (input.size() < kInputHeaderBytes) input.resize(kInputHeaderBytes);
  InputHeader header = read_header(input);
  header.steps_off = static_cast<std::uint16_t>(header.steps_off | missing);
  write_header(header, std::span(input).first<kInputHeaderBytes>());
}

}  // namespace heapjudge
