// The judge's own picture of the heap: which bytes belong to which live block.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "oracle/violation.h"
#include "trace/request.h"

namespace heapjudge {

// Where a live block is, and what was written into it.
struct Extent {
  std::uint64_t offset = 0;  // from the heap's start
  std::uint64_t size = 0;    // payload bytes, as requested
  std::uint32_t stamp = 0;   // names the filling; see wire/payload_pattern.h

  friend bool operator==(const Extent&, const Extent&) = default;
};

struct ShadowSettings {
  std::uint64_t heap_limit_bytes = 0;  // no byte at or past it is ever live; at most 2^47
  std::uint32_t alignment = 16;        // a power of two
  std::uint32_t block_count = 0;       // ids lie below it
  std::uint64_t heap_base = 0;         // the heap's address, a multiple of alignment: what a request for
                                       // stricter alignment than that of the heap itself is about
};

// What an allocator replied to a request for a block.
struct Placement {
  std::size_t request = 0;  // from 1
  BlockId block = kNoBlock;
  std::uint64_t offset = 0;      // untrusted: any value
  std::uint64_t size = 0;        // payload bytes; 0 is allowed and takes no room of other blocks
  std::uint64_t heap_bytes = 0;  // the heap's size now; taken as heap_limit_bytes when above it
  std::uint64_t alignment = 0;   // asked for by an aligned request, a power of two, in addition to the
                                 // default; 0 for the default alone
};

// Invariant: live blocks are aligned, inside the heap, disjoint and in order; so only the two neighbours of
// a new block can be run into. Zero-size blocks may share an address with each other, never with the inside
// of another block.
class ShadowHeap {
 public:
  explicit ShadowHeap(const ShadowSettings& settings);
  ~ShadowHeap();
  ShadowHeap(ShadowHeap&&) noexcept;
  ShadowHeap& operator=(ShadowHeap&&) noexcept;

  // Takes the block in as live, or says which rule the reply breaks (kMisaligned, kOutsideHeap, kOverlap,
  // in that order) and stays as it was. Of several blocks run into, the lowest is named. The block must not
  // be live; its stamp is 0.
  std::optional<Violation> place(const Placement& placement);

  void set_stamp(BlockId block, std::uint32_t stamp);  // the block must be live
  void remove(BlockId block);                          // the block must be live
  void clear();                                        // after mm_init: nothing is live

  // As a new one, in the memory of this one where that is enough.
  void restart(const ShadowSettings& settings);

  bool is_live(BlockId block) const;
  const Extent& extent_of(BlockId block) const;  // the block must be live

  std::uint64_t live_bytes() const;  // sum of payload sizes
  std::size_t live_blocks() const;

  // Calls visit(block, extent) for every live block, by rising offset; blocks at the same offset by id. The
  // visitor may set stamps, and must not place or remove. Costs a sort of what was placed since the last
  // call.
  void for_each(const std::function<void(BlockId, const Extent&)>& visit) const;

  // Walks the whole structure and aborts when its invariant is broken; for tests and fuzzing.
  void check() const;

 private:
  friend class ShadowSaboteur;  // of the tests: breaks the state to see check() find it
  struct State;                 // oracle/shadow_state.h
  std::unique_ptr<State> state_;
};

}  // namespace heapjudge
