#include "judge/evidence.h"

#include <algorithm>

namespace heapjudge {

namespace {

constexpr std::size_t kFormerTenants = 2;
constexpr std::uint64_t kReach = 64;  // how far a field lies from the pointer that was followed

bool overlaps(const BlockHistory& history, const Extent& extent) {
  return history.offset < extent.offset + extent.size && extent.offset < history.offset + history.size;
}

// Ends the stretch of the block that is still open, if there is one.
void close_stretch(std::vector<BlockHistory>& stretches, BlockId block, std::size_t request) {
  const auto open = std::find_if(stretches.rbegin(), stretches.rend(), [&](const BlockHistory& stretch) {
    return stretch.block == block && stretch.died == 0;
  });
  if (open != stretches.rend()) open->died = request;
}

// Every stretch of the wanted blocks; `wanted` tells by id and place.
template <typename Wanted>
std::vector<BlockHistory> collect(const RunRecord& record, std::size_t last, Wanted wanted) {
  std::vector<BlockHistory> stretches;
  const auto requests = record.trace.requests();
  for (std::size_t number = 1; number <= std::min(last, record.offsets.size()); ++number) {
    const Request& request = requests[number - 1];
    if (request.op == Op::kInit) {
      for (BlockHistory& stretch : stretches) {
        if (stretch.died == 0) stretch.died = number;
      }
      continue;
    }
    if (request.op == Op::kFree) close_stretch(stretches, request.block, number);
    if (!asks_for_block(request.op)) continue;
    const std::uint64_t offset = record.offsets[number - 1];
    const bool null = offset == record.null_offset;
    if (request.op == Op::kRealloc && (!null || request.size == 0)) {
      close_stretch(stretches, request.block, number);
    }
    const BlockHistory stretch{request.block, number, 0, request, offset, payload_bytes(request)};
    if (!null && wanted(stretch)) stretches.push_back(stretch);
  }
  return stretches;
}

void keep_last(std::vector<BlockHistory>& stretches, std::size_t count) {
  if (stretches.size() > count) {
    stretches.erase(stretches.begin(), stretches.end() - static_cast<std::ptrdiff_t>(count));
  }
}

}  // namespace

std::vector<BlockHistory> histories_of(const RunRecord& record, std::size_t request,
                                       const std::vector<BlockId>& blocks, const Extent* around) {
  const auto involved = [&](BlockId block) { return std::ranges::find(blocks, block) != blocks.end(); };
  auto result = collect(record, request, [&](const BlockHistory& s) { return involved(s.block); });
  if (around != nullptr) {
    auto former = collect(record, request, [&](const BlockHistory& stretch) {
      return !involved(stretch.block) && overlaps(stretch, *around);
    });
    std::erase_if(former, [](const BlockHistory& stretch) { return stretch.died == 0; });
    keep_last(former, kFormerTenants);
    result.insert(result.end(), former.begin(), former.end());
  }
  std::ranges::sort(result, {}, &BlockHistory::born);
  return result;
}

std::optional<BlockId> block_named_by(const RunRecord& record, std::size_t request, PayloadPattern pattern,
                                      std::uint64_t address) {
  const auto decoded = pattern.decode(address);
  if (!decoded) return std::nullopt;
  const auto requests = record.trace.requests();
  for (const std::uint64_t reach : {std::uint64_t{0}, kReach}) {
    for (std::size_t number = std::min(request, record.offsets.size()); number >= 1; --number) {
      const Request& candidate = requests[number - 1];
      if (!asks_for_block(candidate.op) || record.offsets[number - 1] == record.null_offset) continue;
      const auto stamp = static_cast<std::uint32_t>(number);
      if (pattern.may_stem_from(*decoded, stamp, payload_bytes(candidate), reach)) return candidate.block;
    }
  }
  return std::nullopt;
}

bool is_edge_case(const Trace& trace, std::size_t request) {
  if (request == 0 || request > trace.requests().size()) return false;
  const Request& asked = trace.requests()[request - 1];
  if (asked.op == Op::kFree) return asked.block == kNoBlock;
  if (!asks_for_block(asked.op)) return false;
  if (payload_bytes(asked) == 0) return true;
  if (asked.op != Op::kRealloc) return false;
  // realloc(NULL, n): the block was never allocated, or is gone. The last request about it tells.
  for (std::size_t number = request - 1; number >= 1; --number) {
    const Request& before = trace.requests()[number - 1];
    if (before.op == Op::kInit) return true;
    if (before.block != asked.block || before.op == Op::kRefuse) continue;
    return before.op == Op::kFree || (before.op == Op::kRealloc && before.size == 0);
  }
  return true;
}

}  // namespace heapjudge
