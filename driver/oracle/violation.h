// A broken rule that the oracle saw in the replies or in the payloads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "oracle/fault.h"
#include "trace/request.h"
#include "wire/damage.h"

namespace heapjudge {

// Requests are counted from 1; 0 is mm_init. Offsets count from the heap's start; that of an address below
// it has wrapped around.
struct Violation {
  Fault fault = Fault::kMisaligned;
  std::size_t request = 0;
  BlockId block = kNoBlock;            // the block the request was about, or the one damaged
  std::uint64_t offset = 0;            // where that block is (or was said to be)
  std::uint64_t size = 0;              // its payload in bytes
  std::uint64_t heap_bytes = 0;        // what mem_sbrk has granted at that moment: where the heap ends
  std::uint64_t mapped_bytes = 0;      // and what mem_map has handed out, above
  std::uint64_t live_bytes = 0;        // kNullReturned, kResourceLimit: the live payload before the request
  std::optional<BlockId> neighbour{};  // kOverlap, kEdgeContract: the live block it runs into; kSbrkMisused,
                                       // kUnmapMisused: a live block in memory that was let go of
  std::optional<Damage> damage{};      // kPayloadChanged, kReallocLost, kCallocNotZero, kWroteOutsideHeap

  friend bool operator==(const Violation&, const Violation&) = default;
};

}  // namespace heapjudge
