// What crosses the border to the student process: commands one way, replies the other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "trace/request.h"

namespace heapjudge {

// Theory of operation.
//
//   judge  ── Command[n] ──►  mailbox  ──►  request server ──► mm_malloc ...
//          ◄── Reply[n] ────  (shared memory, wire/mailbox.h)
//
// The request server fills each new payload as soon as the allocator has returned it (of a resized block what is
// new, of a cleared one nothing), so that damage by the next request already shows. A server that does not, or a
// submission that tampers with it, only convicts itself: the judge knows what must stand in every byte.
//
// Offsets cross the border, never pointers: offset = address - heap base, modulo 2^64. NULL is therefore the
// offset -base, and an address below the heap a very large number; the judge accepts neither as a block. The
// layouts are the same in 32-bit and 64-bit programs.

enum class Verb : std::uint8_t {
  kMalloc,
  kFree,
  kRealloc,
  kCalloc,
  kAligned,
  kInit,    // empties the heap and calls mm_init; the reply's offset is kInitOk or kInitFailed
  kRefuse,  // the next `size` growths of the heap are refused
  kSkip,    // nothing is called
  kCheck    // calls the submission's own heap checker; the reply's offset is what it returned
};

inline constexpr std::uint64_t kInitOk = 0;
inline constexpr std::uint64_t kInitFailed = 1;

struct Command {
  std::uint64_t offset = 0;  // the block to free or resize; the offset of NULL stands for NULL
  std::uint64_t size = 0;    // as in Request
  std::uint64_t kept = 0;    // kRealloc: payload bytes that the block keeps; they are not filled anew
  std::uint32_t stamp = 0;   // of the filling: see wire/payload_pattern.h
  std::uint16_t count = 0;
  Verb verb = Verb::kSkip;
  std::uint8_t alignment_log2 = 0;
};
static_assert(sizeof(Command) == 32 && std::is_trivially_copyable_v<Command>);

// What memlib saw during one request; bits of Reply::sbrk_events. A growth is a call of mem_sbrk that asks for more,
// or one of mem_map.
enum SbrkEvent : std::uint32_t {
  kSbrkRefused = 1,        // a growth was refused on order
  kSbrkLimit = 2,          // a growth was refused because the heap is at its limit
  kSbrkShrank = 4,         // a negative increment (carried out only where the rubric allows it)
  kSbrkOverflow = 8,       // an increment larger than the whole limit, or one below the heap's start
  kSbrkMemoryWasUsed = 16, // memory that was handed out had been written to before
  kUnmapMisused = 32,      // mem_unmap was given what mem_map has not handed out
  kMappedChanged = 64,     // other ranges are mapped than before; the table in the mailbox says which
};

// A heap whose new memory is filled is filled so far past its end, too: somebody may read there, and must not depend on it.
inline constexpr std::uint64_t kFilledPastEnd = 64;

struct Reply {
  std::uint64_t offset = 0;       // of the address returned; meaningless for kFree, kRefuse and kSkip
  std::uint64_t heap_bytes = 0;   // what mem_sbrk has granted, after the request: it lies at offsets 0 to heap_bytes
  std::uint64_t peak_bytes = 0;   // the largest size of the heap during the request, mapped ranges included
  std::uint32_t sbrk_events = 0;  // SbrkEvent bits
  std::uint32_t sbrk_calls = 0;   // growths that were asked for during the request
};
static_assert(sizeof(Reply) == 32 && std::is_trivially_copyable_v<Reply>);

}  // namespace heapjudge
