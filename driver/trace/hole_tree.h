// Free ranges by address, with the lowest that is large enough found in logarithmic time.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "trace/random.h"

namespace heapjudge {

// Invariant: ranges are disjoint and do not touch. A treap: ordered by address, a heap by random priority,
// each node with the largest size below it.
class HoleTree {
 public:
  // Takes `size` bytes from the low end of the lowest range that has them.
  std::optional<std::uint64_t> take_lowest(std::uint64_t size);

  // Gives a range back and merges it with its neighbours; returns what it became.
  struct Range {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
    std::uint64_t end() const { return offset + size; }
  };
  Range give_back(Range range);

  void remove(std::uint64_t offset);  // a whole range, by its start

 private:
  using Index = std::uint32_t;  // of nodes_; 0 is no node
  struct Node {
    Range range;
    std::uint64_t largest = 0;
    std::uint64_t priority = 0;
    Index left = 0;
    Index right = 0;
  };

  void update(Index node);
  void split(Index node, std::uint64_t offset, Index& low, Index& high);  // below offset, and from it on
  Index join(Index low, Index high);
  void insert(Range range);
  void resize(std::uint64_t offset, Range range);  // in place; the order stays
  std::optional<Range> neighbour_before(std::uint64_t offset) const;
  std::optional<Range> neighbour_from(std::uint64_t offset) const;

  std::vector<Node> nodes_{Node{}};
  std::vector<Index> unused_;
  Index root_ = 0;
  Random random_{1};
};

}  // namespace heapjudge
