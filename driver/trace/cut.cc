// Goes through the requests before the window for what is live, then writes the window.
#include "trace/cut.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "trace/input_error.h"

namespace heapjudge {
namespace {

class Cutter {
 public:
  explicit Cutter(const Trace& trace) : blocks_(trace.block_count()) {}

  // A request before the window.
  void pass(const Request& request) {
    if (request.op == Op::kInit) ++epoch_;
    if (request.block == kNoBlock) return;
    Block& block = at(request.block);
    if (!block.live) block.born = ++births_;
    // After realloc(p, 0) the block may be gone: the part begins without it.
    block.live = request.op != Op::kFree && !(request.op == Op::kRealloc && request.size == 0);
    block.allocation = request;
    if (request.op == Op::kRealloc) block.allocation.op = Op::kMalloc;
  }

  void allocate_live() {
    std::vector<const Block*> live;
    for (const Block& block : blocks_) {
      if (block.live && block.epoch == epoch_) live.push_back(&block);
    }
    std::ranges::sort(live, {}, &Block::born);
    for (const Block* const block : live) keep(block->allocation);
  }

  void drop_live() {
    for (Block& block : blocks_) block.dropped = block.live;
  }

  void keep(Request request) {
    if (request.op == Op::kInit) ++epoch_;
    if (request.block != kNoBlock) {
      Block& block = at(request.block);
      const bool goes_on = request.op == Op::kFree || request.op == Op::kRealloc;
      if (goes_on && (block.dropped || (request.op == Op::kFree && block.id == kNoBlock))) {
        if (request.op == Op::kFree) block = {.epoch = epoch_};
        return;
      }
      block.dropped = false;
      if (block.id == kNoBlock) block.id = next_++;
      request.block = block.id;
      if (request.op == Op::kFree) block = {.epoch = epoch_};
    }
    requests_.push_back(request);
  }

  Trace finish(const Trace& trace) {
    std::vector<BlockId> left;
    for (const Block& block : blocks_) {
      if (block.id != kNoBlock && block.epoch == epoch_) left.push_back(block.id);
    }
    std::ranges::sort(left);
    for (const BlockId id : left) requests_.push_back({.block = id, .op = Op::kFree});
    return Trace(trace.name(), trace.header(), next_, std::move(requests_));
  }

 private:
  struct Block {
    std::size_t epoch = 0;  // what follows holds until the next kInit
    Request allocation{};   // that would make it what it is before the window
    std::size_t born = 0;   // in the order of births before the window
    BlockId id = kNoBlock;  // in the part
    bool live = false;      // before the window
    bool dropped = false;   // live before the window, and not wanted
  };

  Block& at(BlockId id) {
    Block& block = blocks_[id];
    if (block.epoch != epoch_) block = {.epoch = epoch_};
    return block;
  }

  std::vector<Block> blocks_;
  std::vector<Request> requests_;
  std::size_t epoch_ = 0;
  std::size_t births_ = 0;
  BlockId next_ = 0;
};

}  // namespace

Trace cut(const Trace& trace, std::size_t first, std::size_t last, BlocksBefore before) {
  const std::span<const Request> requests = trace.requests();
  if (first == 0 || first > last || first > requests.size()) {
    throw InputError(trace.name() + ": no requests from " + std::to_string(first) + " to " +
                     std::to_string(last) + ": it has " + std::to_string(requests.size()));
  }
  Cutter cutter(trace);
  for (const Request& request : requests.first(first - 1)) cutter.pass(request);
  if (before == BlocksBefore::kAllocate) {
    cutter.allocate_live();
  } else {
    cutter.drop_live();
  }
  for (const Request& request : requests.subspan(first - 1, std::min(last, requests.size()) - first + 1)) {
    cutter.keep(request);
  }
  return cutter.finish(trace);
}

}  // namespace heapjudge
