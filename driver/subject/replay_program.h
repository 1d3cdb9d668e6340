// The trace that a student process replays by itself, and what it answered.
#pragma once

#include <cstdint>
#include <span>

#include "trace/trace.h"
#include "wire/replay_program.h"
#include "wire/shared_memory.h"

namespace heapjudge {

// Owns the shared memory, for processes that take turns. Only answers and ticks are read back, and they are untrusted.
class ReplayProgram {
 public:
  // `orders` are the same requests in one or more orders: equally many.
  explicit ReplayProgram(std::span<const Trace> orders);

  const ProgramShape& shape() const { return shape_; }
  int descriptor() const { return memory_.descriptor(); }

  // Of the last replay, one a request: see wire/replay_program.h.
  std::span<const std::uint64_t> answers() { return answer_array(); }
  void clear_answers();
  void spoil_answers(std::uint64_t seed);  // some of them, other ones with another seed

  // Of the last clocked replay, one a request.
  std::span<const std::uint32_t> ticks();

 private:
  std::span<std::uint64_t> answer_array();

  ProgramShape shape_;
  SharedMemory memory_;
};

}  // namespace heapjudge
