// What a reply may be, apart from where the block lies: NULL, and the use of mem_sbrk.
#pragma once

#include <cstdint>
#include <optional>

#include "oracle/violation.h"
#include "trace/request.h"
#include "wire/message.h"

namespace heapjudge {

struct ReplyContext {
  Request request;
  std::uint64_t heap_limit_bytes = 0;
  std::uint64_t heap_bytes = 0;  // before the request, mapped ranges included
  std::uint64_t live_bytes = 0;  // before the request
  bool heap_may_shrink = false;
};

// True when the request cannot be granted by any allocator within the heap limit: NULL is then right.
bool is_beyond_the_limit(const ReplyContext& context);

// The rule that a NULL breaks, if any: kNullReturned, or kResourceLimit when the heap is at its limit although
// the live payload leaves room. A request of size 0, and one during which a growth was refused on order, may
// be answered with NULL.
std::optional<Fault> judge_null(const ReplyContext& context, const Reply& reply);

// The rule that the calls of memlib broke, if any: kSbrkMisused, kUnmapMisused or kWroteOutsideHeap.
std::optional<Fault> judge_sbrk(const ReplyContext& context, const Reply& reply);

}  // namespace heapjudge
