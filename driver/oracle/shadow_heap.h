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
  std::uint32_t stamp = 0;   // names the filling; see oracle/payload_pattern.h

  friend bool operator==(const Extent&, const Extent&) = default;
};

struct ShadowSettings {
  std::uint64_t heap_limit_bytes = 0;  // no offset at or past it is ever live
  std::uint32_t alignment = 16;        // a power of two
  std::uint32_t block_count = 0;       // ids lie below it
};

// What an allocator replied to a request for a block.
struct Placement {
  std::size_t request = 0;  // from 1
  BlockId block = kNoBlock;
  std::uint64_t offset = 0;      // untrusted: any value
  std::uint64_t size = 0;        // payload bytes; 0 is allowed and takes no room of other blocks
  std::uint64_t heap_bytes = 0;  // the heap's size now, at most heap_limit_bytes
  std::uint64_t alignment = 0;   // asked for by an aligned request; 0 for the default
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
  // in that order) and stays as it was. The block must not be live.
  std::optional<Violation> place(const Placement& placement);

  void set_stamp(BlockId block, std::uint32_t stamp);  // the block must be live
  void remove(BlockId block);                          // the block must be live
  void clear();                                        // after mm_init: nothing is live

  bool is_live(BlockId block) const;
  const Extent& extent_of(BlockId block) const;  // the block must be live

  std::uint64_t live_bytes() const;  // sum of payload sizes
  std::size_t live_blocks() const;

  // Calls visit(block, extent) for every live block, by rising offset.
  void for_each(const std::function<void(BlockId, const Extent&)>& visit) const;

  // Walks the whole structure and aborts when its invariant is broken; for tests and fuzzing.
  void check() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace heapjudge
