#include "fuzz/shrink_moves.h"

#include <algorithm>
#include <unordered_set>

namespace heapjudge {
namespace {

constexpr std::uint64_t kBetweenBlocks = 16;  // what an allocator may keep between two blocks
constexpr std::uint64_t kMostJoined = 1u << 30;
constexpr std::uint64_t kHalfOfAll = std::uint64_t{1} << 63;  // twice that is 0, in 64 bits

Lifetimes without(const Lifetimes& requests, std::size_t index) {
  Lifetimes fewer = requests;
  fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(index));
  return fewer;
}

bool is_resize(const LifeRequest& life) {
  return life.request.op == Op::kRealloc && !life.is_birth;
}

}  // namespace

std::optional<Lifetimes> asked_for_at_once(const Lifetimes& requests, std::size_t index) {
  const Request& here = requests[index].request;
  if (!is_resize(requests[index]) || here.size == 0) return std::nullopt;
  Lifetimes changed = without(requests, index);
  for (std::size_t i = index; i-- > 0;) {
    Request& before = changed[i].request;
    if (before.block != here.block) continue;
    if (before.op == Op::kCalloc) before.count = 1;
    before.size = here.size;
    return changed;
  }
  return std::nullopt;
}

std::optional<Lifetimes> joined_with_next(const Lifetimes& requests, std::size_t index) {
  if (!requests[index].is_birth || requests[index].request.op == Op::kCalloc) return std::nullopt;
  for (std::size_t i = index + 1; i < requests.size(); ++i) {
    if (!requests[i].is_birth) continue;
    const Request gone = requests[i].request;
    Lifetimes changed = requests;
    Request& kept = changed[index].request;
    const std::uint64_t added = payload_bytes(gone);
    if (kept.size > kMostJoined || added > kMostJoined) return std::nullopt;
    kept.size += added + kBetweenBlocks;
    std::erase_if(changed, [&](const LifeRequest& life) { return life.request.block == gone.block; });
    return changed;
  }
  return std::nullopt;
}

std::optional<Lifetimes> as_malloc(const Lifetimes& requests, std::size_t index) {
  const LifeRequest& here = requests[index];
  const std::uint64_t bytes = payload_bytes(here.request);
  const bool is_plain = !asks_for_block(here.request.op) || here.request.op == Op::kMalloc;
  if (is_plain || bytes == 0) return std::nullopt;
  Lifetimes changed = requests;
  const BlockId old_id = here.request.block;
  const BlockId new_id = here.is_birth ? old_id : unused_id(requests);
  changed[index] = {.request = {.size = bytes, .block = new_id, .op = Op::kMalloc}, .is_birth = true};
  for (std::size_t i = index + 1; i < changed.size(); ++i) {
    if (changed[i].request.block == old_id && old_id != kNoBlock) changed[i].request.block = new_id;
  }
  return changed;
}

std::optional<Lifetimes> without_zero(const Lifetimes& requests, std::size_t index) {
  const LifeRequest& here = requests[index];
  if (!asks_for_block(here.request.op) || payload_bytes(here.request) != 0) return std::nullopt;
  Lifetimes changed = requests;
  changed[index].request = here.is_birth ? Request{.size = 1, .block = here.request.block, .op = Op::kMalloc}
                                         : Request{.block = here.request.block, .op = Op::kFree};
  return changed;
}

Lifetimes joined(const Lifetimes& requests, std::size_t first_birth, std::size_t count) {
  Lifetimes changed;
  std::unordered_set<BlockId> gone;
  std::optional<std::size_t> kept;
  std::size_t births = 0;
  for (const LifeRequest& life : requests) {
    const bool is_meant = life.is_birth && births >= first_birth && births < first_birth + count;
    if (life.is_birth) ++births;
    if (is_meant && kept) {
      changed[*kept].request.size += std::min(payload_bytes(life.request), kMostJoined) + kBetweenBlocks;
      gone.insert(life.request.block);
    }
    if (gone.contains(life.request.block)) continue;
    if (is_meant) kept = changed.size();
    changed.push_back(life);
  }
  return changed;
}

Lifetimes with_last_blocks(const Lifetimes& requests, std::size_t count) {
  std::unordered_set<BlockId> kept;
  for (const LifeRequest& life : std::span(requests).last(count)) kept.insert(life.request.block);
  Lifetimes fewer = requests;
  std::erase_if(fewer, [&](const LifeRequest& life) { return !kept.contains(life.request.block); });
  return fewer;
}

Lifetimes births_before_last(const Lifetimes& requests, std::uint64_t size) {
  Lifetimes births;
  for (LifeRequest life : std::span(requests).first(requests.size() - 1)) {
    if (!life.is_birth) continue;
    const std::uint64_t bytes = size != 0 ? size : std::max<std::uint64_t>(payload_bytes(life.request), 1);
    life.request = {.size = bytes, .block = life.request.block, .op = Op::kMalloc};
    births.push_back(life);
  }
  births.push_back(requests.back());
  return births;
}

Lifetimes with_sizes_capped(const Lifetimes& requests, std::uint64_t most) {
  Lifetimes lower = requests;
  for (LifeRequest& life : lower) {
    if (asks_for_block(life.request.op)) life.request.size = std::min(life.request.size, most);
  }
  return lower;
}

std::optional<Lifetimes> with_less_beside(const Lifetimes& requests, std::size_t index) {
  Lifetimes changed = requests;
  Request& request = changed[index].request;
  if (request.op == Op::kRefuse && request.size > 1) {
    request.size = 1;
  } else if (request.op == Op::kCalloc && request.count > 1 && payload_bytes(request) != UINT64_MAX) {
    request.size *= request.count;
    request.count = 1;
  } else if (request.op == Op::kCalloc && request.count > 2) {
    const std::uint64_t wrapped = request.size * request.count;
    request.size = kHalfOfAll + wrapped / 2;
    request.count = 2;
  } else if (request.op == Op::kAligned && request.alignment_log2 > 5) {
    request.alignment_log2 = 5;
  } else {
    return std::nullopt;
  }
  return changed;
}

}  // namespace heapjudge
