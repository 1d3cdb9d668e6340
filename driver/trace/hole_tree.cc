// A treap of free ranges.
#include "trace/hole_tree.h"

#include <algorithm>

namespace heapjudge {

void HoleTree::update(Index node) {
  Node& at = nodes_[node];
  at.largest = std::max({at.range.size, nodes_[at.left].largest, nodes_[at.right].largest});
}

void HoleTree::split(Index node, std::uint64_t offset, Index& low, Index& high) {
  if (node == 0) {
    low = high = 0;
    return;
  }
  Index rest = 0;
  if (nodes_[node].range.offset < offset) {
    split(nodes_[node].right, offset, rest, high);
    nodes_[node].right = rest;
    low = node;
  } else {
    split(nodes_[node].left, offset, low, rest);
    nodes_[node].left = rest;
    high = node;
  }
  update(node);
}

HoleTree::Index HoleTree::join(Index low, Index high) {
  if (low == 0 || high == 0) return low + high;
  if (nodes_[low].priority > nodes_[high].priority) {
    const Index right = join(nodes_[low].right, high);
    nodes_[low].right = right;
    update(low);
    return low;
  }
  const Index left = join(low, nodes_[high].left);
  nodes_[high].left = left;
  update(high);
  return high;
}

void HoleTree::insert(Range range) {
  Index node = 0;
  if (unused_.empty()) {
    node = static_cast<Index>(nodes_.size());
    nodes_.emplace_back();
  } else {
    node = unused_.back();
    unused_.pop_back();
  }
  nodes_[node] = {.range = range, .largest = range.size, .priority = random_.next()};
  Index low = 0;
  Index high = 0;
  split(root_, range.offset, low, high);
  root_ = join(join(low, node), high);
}

void HoleTree::remove(std::uint64_t offset) {
  Index low = 0;
  Index node = 0;
  Index high = 0;
  split(root_, offset, low, high);
  split(high, offset + 1, node, high);
  if (node != 0) unused_.push_back(node);
  root_ = join(low, high);
}

// All nodes on the way down are updated on the way back.
void HoleTree::resize(std::uint64_t offset, Range range) {
  std::vector<Index> way;
  for (Index node = root_; node != 0;) {
    way.push_back(node);
    if (nodes_[node].range.offset == offset) break;
    node = offset < nodes_[node].range.offset ? nodes_[node].left : nodes_[node].right;
  }
  nodes_[way.back()].range = range;
  for (auto node = way.rbegin(); node != way.rend(); ++node) update(*node);
}

std::optional<std::uint64_t> HoleTree::take_lowest(std::uint64_t size) {
  if (nodes_[root_].largest < size) return std::nullopt;
  Index node = root_;
  while (true) {
    const Node& at = nodes_[node];
    if (nodes_[at.left].largest >= size) {
      node = at.left;
    } else if (at.range.size >= size) {
      break;
    } else {
      node = at.right;
    }
  }
  const Range hole = nodes_[node].range;
  if (hole.size == size) {
    remove(hole.offset);
  } else {
    resize(hole.offset, {.offset = hole.offset + size, .size = hole.size - size});
  }
  return hole.offset;
}

std::optional<HoleTree::Range> HoleTree::neighbour_before(std::uint64_t offset) const {
  Index best = 0;
  for (Index node = root_; node != 0;) {
    const bool below = nodes_[node].range.offset < offset;
    if (below) best = node;
    node = below ? nodes_[node].right : nodes_[node].left;
  }
  return best == 0 ? std::nullopt : std::optional(nodes_[best].range);
}

std::optional<HoleTree::Range> HoleTree::neighbour_from(std::uint64_t offset) const {
  Index best = 0;
  for (Index node = root_; node != 0;) {
    const bool below = nodes_[node].range.offset < offset;
    if (!below) best = node;
    node = below ? nodes_[node].right : nodes_[node].left;
  }
  return best == 0 ? std::nullopt : std::optional(nodes_[best].range);
}

HoleTree::Range HoleTree::give_back(Range range) {
  const std::optional<Range> before = neighbour_before(range.offset);
  const std::optional<Range> after = neighbour_from(range.offset);
  const bool joins_before = before && before->end() == range.offset;
  const bool joins_after = after && range.end() == after->offset;
  Range all = range;
  if (joins_before) all = {.offset = before->offset, .size = before->size + range.size};
  if (joins_after) all.size += after->size;
  if (joins_before) {
    if (joins_after) remove(after->offset);
    resize(before->offset, all);
  } else if (joins_after) {
    resize(after->offset, all);
  } else {
    insert(all);
  }
  return all;
}

}  // namespace heapjudge
