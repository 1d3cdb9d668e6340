// A broken rule that the oracle saw in the replies or in the payloads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "oracle/block_layout.h"
#include "oracle/fault.h"
#include "trace/request.h"
#include "wire/damage.h"
#include "wire/heap_range.h"

namespace heapjudge {

// What the submission's own heap checker returned.
struct CheckerWords {
  std::int64_t after_init = 0;  // on the empty heap, which counts as sound
  std::int64_t now = 0;

  friend bool operator==(const CheckerWords&, const CheckerWords&) = default;
};

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
  std::optional<LayoutBreach> breach{};   // kLayoutBroken
  std::optional<CheckerWords> checker{};  // kOwnCheckerComplains

  friend bool operator==(const Violation&, const Violation&) = default;
};

// The bytes that a violation is about: damaged ones, or a word that does not fit the declared layout. None: it is about
// no bytes that somebody has written.
inline std::optional<HeapRange> bytes_of(const Violation& violation) {
  if (const auto& damage = violation.damage) {
    return HeapRange{damage->first_offset, damage->last_offset - damage->first_offset + 1};
  }
  if (!violation.breach || violation.breach->rule == LayoutRule::kNoHeader) return std::nullopt;
  return HeapRange{violation.breach->at, violation.breach->word_bytes};
}

}  // namespace heapjudge
