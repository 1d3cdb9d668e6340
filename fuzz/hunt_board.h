// The memory that the judge and a fuzzing process share.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "fuzz/guard/guard.h"
#include "fuzz/input.h"
#include "fuzz/related_kind.h"
#include "trace/request.h"
#include "wire/confinement_gate.h"
#include "wire/mailbox.h"

namespace heapjudge {

// Theory of operation.
//
//   judge                                        fuzzing process
//     writes setup and order, launches ───────►  confines itself
//     opens the gate ─────────────────────────►  loads the submission, hunts
//     looks at the counters now and then ◄─────  executions, requests, the input in hand
//     takes proposals, judges them       ◄─────  proposals[0 .. proposed)
//     sets stop ──────────────────────────────►  ends after the execution in hand
//
// A proposal is a trace and a claim about it. The claim orders the judge's work and is believed of nothing: a trace
// counts when the judge, with a process of its own, convicts it. When the process dies, the input in hand is a
// proposal too. The process writes its part at any time and with anything; the judge copies before it looks.

inline constexpr std::size_t kMostProposals = 256;
inline constexpr std::size_t kMostRelated = 32;
inline constexpr std::size_t kMostFunctions = 4096;

struct HuntOrder {
  std::uint64_t seed = 1;
  std::uint64_t inputs = 0;       // 0: until told to stop
  std::uint32_t lowest_tier = 0;
  std::uint32_t highest_tier = 3;
  std::uint32_t alignment = 16;
  std::uint32_t shares_corpus = 0;  // others write to the same corpus
  std::uint32_t function_count = 0;
  std::uint32_t engine = 0;         // EngineKind
  std::uint64_t functions[kMostFunctions] = {};  // where each of the submission's begins in its library, rising
};

struct Proposal {
  std::uint32_t fault = 0;  // Fault
  std::uint32_t run = 0;    // Run
  std::uint64_t heap_limit_bytes = 0;
  std::uint32_t request_count = 0;
  std::uint32_t block_count = 0;
  std::uint32_t escaped = 0;  // `escape` tells how
  std::uint32_t tries = 0;    // executions that shrinking took
  std::uint64_t execution = 0;  // the one it was found by
  std::uint64_t found_cpu_ns = 0;   // CPU time of the process until then
  std::uint64_t shrink_cpu_ns = 0;  // and from then on, until it was small
  std::uint64_t kind = 0;           // see Catch
  std::uint32_t related_count = 0;
  RelatedKind related[kMostRelated] = {};
  Escape escape;
  Request requests[kMostInputRequests];
};

struct HuntBoard {
  Setup setup;
  HuntOrder order;
  std::atomic<std::uint32_t> stop = 0;

  alignas(64) ConfinementGate gate;
  alignas(64) std::uint32_t loaded = 0;
  std::uint32_t instrumented = 0;
  std::uint32_t guided = 0;                  // by libFuzzer
  std::atomic<std::uint64_t> inputs = 0;
  std::atomic<std::uint64_t> executions = 0;
  std::atomic<std::uint64_t> requests = 0;
  std::atomic<std::uint64_t> escapes = 0;    // executions that the submission did not survive
  std::atomic<std::uint64_t> payload_reads = 0;
  std::atomic<std::uint32_t> done = 0;       // all inputs were tried
  std::atomic<std::uint32_t> proposed = 0;
  std::atomic<std::uint32_t> input_bytes = 0;
  std::uint8_t input[kMostInputBytes] = {};  // in hand
  Proposal proposals[kMostProposals];
};

}  // namespace heapjudge
