// Two ids belong together from the request that gives both of them a block.
#include "trace/difference.h"

#include <algorithm>
#include <vector>

#include "trace/live_blocks.h"

namespace heapjudge {
namespace {

class Pairing {
 public:
  Pairing(const Trace& left, const Trace& right)
      : left_(left),
        right_(right),
        partner_of_left_(left.block_count(), kNoBlock),
        partner_of_right_(right.block_count(), kNoBlock),
        live_left_(left.block_count()),
        live_right_(right.block_count()) {}

  // The kind of difference between the two requests with this index, if any.
  std::optional<DifferenceKind> compare(std::size_t index) {
    const Request& a = left_.requests()[index];
    const Request& b = right_.requests()[index];
    if (!same_but_for_block(a, b)) return DifferenceKind::kRequest;
    if (a.block == kNoBlock || b.block == kNoBlock) {
      if (a.block != b.block) return DifferenceKind::kBlock;
    } else if (gives_block(a, live_left_) != gives_block(b, live_right_)) {
      return DifferenceKind::kBlock;
    } else if (gives_block(a, live_left_)) {
      partner_of_left_[a.block] = b.block;
      partner_of_right_[b.block] = a.block;
    } else if (partner_of_left_[a.block] != b.block || partner_of_right_[b.block] != a.block) {
      return DifferenceKind::kBlock;
    }
    live_left_.apply(a, left_.requests().first(index));
    live_right_.apply(b, right_.requests().first(index));
    return std::nullopt;
  }

 private:
  static bool same_but_for_block(const Request& a, Request b) {
    b.block = a.block;
    return a == b;
  }

  // After realloc(p, 0), a realloc may go on with the block: it stays the same one.
  static bool gives_block(const Request& request, const LiveBlocks& live) {
    if (request.op == Op::kRealloc) return live.state_of(request.block) == BlockState::kDead;
    return asks_for_block(request.op);
  }

  const Trace& left_;
  const Trace& right_;
  std::vector<BlockId> partner_of_left_;
  std::vector<BlockId> partner_of_right_;
  LiveBlocks live_left_;
  LiveBlocks live_right_;
};

}  // namespace

std::optional<Difference> first_difference(const Trace& left, const Trace& right) {
  Pairing pairing(left, right);
  const std::size_t both = std::min(left.requests().size(), right.requests().size());
  for (std::size_t i = 0; i < both; ++i) {
    if (const auto kind = pairing.compare(i)) return Difference{.kind = *kind, .request = i + 1};
  }
  if (left.requests().size() == right.requests().size()) return std::nullopt;
  const bool left_ends = left.requests().size() == both;
  return Difference{.kind = left_ends ? DifferenceKind::kLeftEnds : DifferenceKind::kRightEnds,
                    .request = both + 1};
}

}  // namespace heapjudge
