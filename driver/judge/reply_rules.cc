#include "judge/reply_rules.h"

namespace heapjudge {

namespace {

std::uint64_t asked_bytes(const Request& request) {
  const std::uint64_t payload = payload_bytes(request);
  const std::uint64_t alignment =
      request.op == Op::kAligned ? std::uint64_t{1} << request.alignment_log2 : 0;
  std::uint64_t sum = 0;
  return __builtin_add_overflow(payload, alignment, &sum) ? UINT64_MAX : sum;
}

}  // namespace

bool is_beyond_the_limit(const ReplyContext& context) {
  const std::uint64_t asked = asked_bytes(context.request);
  return asked > context.heap_limit_bytes || context.live_bytes > context.heap_limit_bytes - asked;
}

std::optional<Fault> judge_null(const ReplyContext& context, const Reply& reply) {
  if (payload_bytes(context.request) == 0) return std::nullopt;
  if ((reply.sbrk_events & kSbrkRefused) != 0 || is_beyond_the_limit(context)) return std::nullopt;
  const std::uint64_t room = context.heap_limit_bytes - context.heap_bytes;
  const bool at_the_limit = (reply.sbrk_events & kSbrkLimit) != 0 || room < asked_bytes(context.request);
  return at_the_limit ? Fault::kResourceLimit : Fault::kNullReturned;
}

std::optional<Fault> judge_sbrk(const ReplyContext& context, const Reply& reply) {
  if ((reply.sbrk_events & kSbrkMemoryWasUsed) != 0) return Fault::kWroteOutsideHeap;
  if ((reply.sbrk_events & kUnmapMisused) != 0) return Fault::kUnmapMisused;
  if ((reply.sbrk_events & kSbrkShrank) != 0) {
    const bool carried_out = context.heap_may_shrink && (reply.sbrk_events & kSbrkOverflow) == 0;
    if (carried_out) return std::nullopt;
  }
  const bool refused = (reply.sbrk_events & (kSbrkShrank | kSbrkOverflow)) != 0;
  // A huge request may well be passed on to mem_sbrk, as a huge or negative increment, which refuses it.
  return refused && !is_beyond_the_limit(context) ? std::optional(Fault::kSbrkMisused) : std::nullopt;
}

}  // namespace heapjudge
