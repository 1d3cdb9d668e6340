// One pass over the requests.
#include "trace/analysis.h"

#include <algorithm>
#include <bit>
#include <limits>

namespace heapjudge {
namespace {

constexpr std::size_t kMostSamples = 256;
constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();

std::uint64_t added(std::uint64_t a, std::uint64_t b) {
  return a > kMost - b ? kMost : a + b;
}

// What a block costs; 0 for no payload, because malloc(0) may be NULL.
std::uint64_t rounded(std::uint64_t size, std::uint64_t header, std::uint64_t alignment) {
  if (size == 0) return 0;
  const std::uint64_t sum = added(size, header + alignment - 1);
  return sum & ~(alignment - 1);
}

// Wide enough for the largest size in every block, so that what is added can be taken away again.
using WideBytes = unsigned __int128;

std::uint64_t clamped(WideBytes bytes) {
  return bytes < kMost ? static_cast<std::uint64_t>(bytes) : kMost;
}

class Analyst {
 public:
  Analyst(const Trace& trace, std::uint64_t limit)
      : trace_(trace), limit_(limit), blocks_(trace.block_count()) {}

  TraceAnalysis run() {
    const std::span<const Request> requests = trace_.requests();
    const std::size_t stride = std::max<std::size_t>(1, (requests.size() + kMostSamples - 1) / kMostSamples);
    for (std::size_t i = 0; i < requests.size(); ++i) {
      take(requests[i], i);
      if ((requests.size() - 1 - i) % stride == 0) {
        result_.samples.push_back({.request = i + 1, .bytes = clamped(live_bytes_), .blocks = live_blocks_});
      }
    }
    result_.never_freed = live_blocks_;
    finish_bounds();
    return std::move(result_);
  }

 private:
  struct Block {
    std::uint64_t size = 0;
    std::size_t born = 0;
    std::uint64_t resizes = 0;
    bool live = false;
  };

  void take(const Request& request, std::size_t at) {
    ++result_.by_op[static_cast<std::size_t>(request.op)];
    if (request.op == Op::kInit) return take_init();
    if (request.block == kNoBlock) return;
    if (request.op == Op::kFree) return take_free(blocks_[request.block], at);
    const std::uint64_t size = payload_bytes(request);
    ++result_.sizes[static_cast<std::size_t>(std::bit_width(size))];
    result_.requested_bytes = added(result_.requested_bytes, size);
    result_.largest_bytes = std::max(result_.largest_bytes, size);
    Block& block = blocks_[request.block];
    if (size > limit_) {
      ++result_.beyond_limit;
      return;
    }
    if (request.op == Op::kRealloc) take_resize(block, size);
    // After realloc(p, 0) the block may be asked for anew without a free.
    if (!block.live || request.op != Op::kRealloc) give_life(block, at);
    set_size(block, size);
    if (clamped(live_bytes_) > result_.peak.bytes)
      result_.peak = {.bytes = clamped(live_bytes_), .request = at + 1};
  }

  void give_life(Block& block, std::size_t at) {
    if (!block.live) ++live_blocks_;
    block = {.size = block.size, .born = at, .live = true};
    ++result_.allocations;
    result_.most_blocks = std::max(result_.most_blocks, live_blocks_);
    touched_.push_back(&block);
  }

  void take_resize(Block& block, std::uint64_t size) {
    ResizeFigures& figures = result_.resizes;
    if (size == 0) ++figures.to_zero;
    if (!block.live) {
      ++figures.of_null;
      return;
    }
    if (size == block.size) ++figures.same;
    if (size < block.size) ++figures.shrinking;
    if (size > block.size) {
      ++figures.growing;
      figures.copied_bytes = added(figures.copied_bytes, block.size);
    }
    figures.most_of_one = std::max(figures.most_of_one, ++block.resizes);
  }

  void take_free(Block& block, std::size_t at) {
    if (!block.live) return;  // it was refused
    ++result_.lifetimes[static_cast<std::size_t>(std::bit_width(at - block.born))];
    set_size(block, 0);
    block.live = false;
    --live_blocks_;
  }

  void take_init() {
    for (Block* const block : touched_) *block = {};
    touched_.clear();
    live_blocks_ = 0;
    live_bytes_ = 0;
    costs_ = {};
  }

  void set_size(Block& block, std::uint64_t size) {
    live_bytes_ -= block.size;
    live_bytes_ += size;
    std::size_t i = 0;
    for (const std::uint64_t alignment : kBoundAlignments) {
      for (const std::uint64_t header : kBoundHeaders) {
        costs_[i] -= rounded(block.size, header, alignment);
        costs_[i] += rounded(size, header, alignment);
        most_costs_[i] = std::max(most_costs_[i], costs_[i]);
        ++i;
      }
    }
    block.size = size;
  }

  void finish_bounds() {
    std::size_t i = 0;
    for (const std::uint32_t alignment : kBoundAlignments) {
      for (const std::uint32_t header : kBoundHeaders) {
        const double cost = static_cast<double>(most_costs_[i]);
        result_.bounds[i] = {.header_bytes = header,
                             .alignment = alignment,
                             .utilization = cost > 0 ? static_cast<double>(result_.peak.bytes) / cost : 0};
        ++i;
      }
    }
  }

  const Trace& trace_;
  std::uint64_t limit_;
  std::vector<Block> blocks_;
  std::vector<Block*> touched_;  // since the last kInit
  WideBytes live_bytes_ = 0;
  std::uint64_t live_blocks_ = 0;
  std::array<WideBytes, 8> costs_{};
  std::array<WideBytes, 8> most_costs_{};
  TraceAnalysis result_;
};

}  // namespace

TraceAnalysis analyse(const Trace& trace, std::uint64_t largest_grantable_bytes) {
  return Analyst(trace, largest_grantable_bytes).run();
}

}  // namespace heapjudge
