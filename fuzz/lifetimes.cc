#include "fuzz/lifetimes.h"

#include <algorithm>
#include <utility>

#include "trace/live_blocks.h"

namespace heapjudge {
namespace {

bool has_block(const Request& request) {
  return request.block != kNoBlock;
}

}  // namespace

BlockId unused_id(std::span<const LifeRequest> requests) {
  BlockId id = 0;
  for (const LifeRequest& life : requests) {
    if (has_block(life.request)) id = std::max(id, life.request.block + 1);
  }
  return id;
}

Lifetimes lifetimes_of(const Trace& trace) {
  Lifetimes lifetimes;
  LiveBlocks live(trace.block_count());
  std::vector<BlockId> own_id(trace.block_count(), kNoBlock);
  BlockId next = 0;
  const std::span<const Request> requests = trace.requests();
  for (std::size_t i = 0; i < requests.size(); ++i) {
    LifeRequest life{requests[i]};
    if (has_block(life.request)) {
      BlockId& own = own_id[life.request.block];
      const bool resizes =
          life.request.op == Op::kRealloc && live.state_of(life.request.block) != BlockState::kDead;
      life.is_birth = asks_for_block(life.request.op) && !resizes;
      if (life.is_birth) own = next++;
      life.request.block = own;
    }
    lifetimes.push_back(life);
    live.apply(requests[i], requests.first(i));
  }
  return lifetimes;
}

Lifetimes repaired(std::span<const LifeRequest> requests) {
  Lifetimes whole;
  whole.reserve(requests.size());
  std::vector<bool> alive(unused_id(requests));
  for (LifeRequest life : requests) {
    Request& request = life.request;
    if (request.op == Op::kInit) alive.assign(alive.size(), false);
    if (!has_block(request)) {
      whole.push_back(life);
      continue;
    }
    if (!life.is_birth && !alive[request.block]) {
      if (request.op != Op::kRealloc || request.size == 0) continue;
      request.op = Op::kMalloc;
      life.is_birth = true;
    }
    alive[request.block] = request.op != Op::kFree;
    whole.push_back(life);
  }
  return whole;
}

Trace trace_of(std::span<const LifeRequest> requests, const std::string& name, const TraceHeader& header) {
  std::vector<BlockId> short_ids(unused_id(requests), kNoBlock);
  BlockId next = 0;
  std::vector<Request> plain;
  plain.reserve(requests.size());
  for (const LifeRequest& life : requests) {
    Request request = life.request;
    if (has_block(request)) {
      BlockId& id = short_ids[request.block];
      if (id == kNoBlock) id = next++;
      request.block = id;
    }
    plain.push_back(request);
  }
  return Trace(name, header, next, std::move(plain));
}

}  // namespace heapjudge
