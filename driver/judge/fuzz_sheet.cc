#include "judge/fuzz_sheet.h"

#include <algorithm>

namespace heapjudge {
namespace {

Tier tier_of(const Request& request, std::uint64_t heap_limit_bytes) {
  switch (request.op) {
    case Op::kAligned: return Tier::kP3;
    case Op::kRefuse: return Tier::kP2;
    case Op::kInit: return Tier::kP1;
    case Op::kFree: return request.block == kNoBlock ? Tier::kP1 : Tier::kP0;
    case Op::kMalloc:
    case Op::kRealloc:
    case Op::kCalloc: break;
  }
  if (payload_bytes(request) > heap_limit_bytes) return Tier::kP3;
  return request.op == Op::kCalloc || request.size == 0 ? Tier::kP1 : Tier::kP0;
}

}  // namespace

Tier tier_of(const Trace& trace, std::uint64_t heap_limit_bytes) {
  Tier tier = Tier::kP0;
  std::vector<bool> live(trace.block_count(), false);
  for (const Request& request : trace.requests()) {
    tier = std::max(tier, tier_of(request, heap_limit_bytes));
    if (request.op == Op::kRealloc && !live[request.block]) tier = std::max(tier, Tier::kP1);
    if (asks_for_block(request.op)) live[request.block] = true;
    if (request.op == Op::kFree && request.block != kNoBlock) live[request.block] = false;
    if (request.op == Op::kInit) live.assign(live.size(), false);
  }
  return tier;
}

}  // namespace heapjudge
