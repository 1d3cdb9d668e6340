// A trace, and the same requests in other orders, in shared memory: for replays that the student process makes by
// itself, so that they can be timed.
#pragma once

#include <cstddef>
#include <cstdint>

#include "trace/request.h"

namespace heapjudge {

// Theory of operation.
//
//   ┌ orders x requests x ReplayStep  ┬ requests x answer ┬ requests x ticks ┐   each part starts on a page
//   └ read-only for the student       ┴ written by the request server        ┘
//
// answers[i] is the offset of the address that request i was answered with, as in Reply; of a request that asks for no
// block, 0. The judge clears or spoils them before a replay and compares them after it. A step finds the block that it frees or
// resizes among the answers, so that a replay needs no table of blocks.
//
// ticks[i] is how long request i took in a clocked replay, see student/laps.h; otherwise nothing is written there.
struct ProgramShape {
  std::uint64_t requests = 0;  // in each order; 0: there is no program
  std::uint64_t orders = 0;

  constexpr std::uint64_t answers_at() const;
  constexpr std::uint64_t ticks_at() const;
  constexpr std::uint64_t bytes() const;

 private:
  static constexpr std::uint64_t kPageBytes = 4096;
  static constexpr std::uint64_t whole_pages(std::uint64_t bytes) {
    return (bytes + kPageBytes - 1) / kPageBytes * kPageBytes;
  }
};

// A request as it is replayed. `source` is the step that asked for the block which this one frees or resizes; kNoStep
// stands for NULL. The other members are as in Request.
struct ReplayStep {
  static constexpr std::uint32_t kNoStep = 0xffffffff;

  std::uint64_t size = 0;
  std::uint32_t source = kNoStep;
  Op op = Op::kMalloc;
  std::uint8_t alignment_log2 = 0;
  std::uint16_t count = 0;
};
static_assert(sizeof(ReplayStep) == 16);

constexpr std::uint64_t ProgramShape::answers_at() const { return whole_pages(orders * requests * sizeof(ReplayStep)); }
constexpr std::uint64_t ProgramShape::ticks_at() const {
  return answers_at() + whole_pages(requests * sizeof(std::uint64_t));
}
constexpr std::uint64_t ProgramShape::bytes() const { return ticks_at() + whole_pages(requests * sizeof(std::uint32_t)); }

enum class ReplayTarget : std::uint32_t {
  kSubmission,
  kLoopAlone,  // functions that do nothing: what the replay itself costs
  kCounted,    // under valgrind only, see student/count_replay.h
};

struct ReplayOrder {
  std::uint32_t order = 0;   // below ProgramShape::orders
  std::uint32_t passes = 1;  // mm_init and all requests, so many times; the heap's memory stays as it is between them
  std::uint64_t seed = 1;    // of the bytes that are probed, see student/program_replay.h
  ReplayTarget target = ReplayTarget::kSubmission;
  std::uint32_t clocked = 0;  // 1: how long each request takes is noted
};
static_assert(sizeof(ReplayOrder) == 24);

// What the server saw; as everything of its process, believed only as far as it can be checked.
struct ReplayOutcome {
  std::uint64_t init_failures = 0;
  std::uint64_t lost_bytes = 0;   // probed bytes that mm_realloc or mm_calloc did not keep or clear
  std::uint64_t peak_bytes = 0;   // the largest heap of all passes
};
static_assert(sizeof(ReplayOutcome) == 24);

}  // namespace heapjudge
