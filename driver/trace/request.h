// One request to an allocator, as it stands in a trace: the same 16 bytes from file to replay.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace heapjudge {

using BlockId = std::uint32_t;                   // 0 .. Trace::block_count() - 1
inline constexpr BlockId kNoBlock = 0xffffffff;  // "f -1": the NULL pointer

enum class Op : std::uint8_t {
  kMalloc,   // mm_malloc(size)
  kFree,     // mm_free(block), or mm_free(NULL) when block is kNoBlock
  kRealloc,  // mm_realloc(block, size); a block that is not live stands for NULL
  kCalloc,   // mm_calloc(count, size)
  kAligned,  // mm_memalign(1 << alignment_log2, size)
  kInit,     // the heap is emptied and mm_init called again; every block is gone
  kRefuse,   // from here on the next `size` calls of mem_sbrk or mem_map that would grow the heap fail; 0 lifts it
};

// Invariants that a Trace guarantees: `block` is below block_count() (or kNoBlock where the comment above
// allows it, and always for kInit and kRefuse); unused fields are 0.
struct Request {
  std::uint64_t size = 0;  // bytes; for kCalloc the size of one element; for kRefuse a number of calls
  BlockId block = kNoBlock;
  Op op = Op::kMalloc;
  std::uint8_t alignment_log2 = 0;  // kAligned only, 0..63
  std::uint16_t count = 0;          // kCalloc only: number of elements

  friend bool operator==(const Request&, const Request&) = default;
};
static_assert(sizeof(Request) == 16 && std::is_trivially_copyable_v<Request>);

// True when the request asks for a block (so that its reply is an address).
constexpr bool asks_for_block(Op op) {
  return op == Op::kMalloc || op == Op::kRealloc || op == Op::kCalloc || op == Op::kAligned;
}

// Bytes of payload the request asks for; a calloc product that overflows 64 bits is UINT64_MAX.
constexpr std::uint64_t payload_bytes(const Request& request) {
  if (request.op != Op::kCalloc) return request.size;
  std::uint64_t product = 0;
  return __builtin_mul_overflow(request.size, std::uint64_t{request.count}, &product) ? UINT64_MAX : product;
}

}  // namespace heapjudge
