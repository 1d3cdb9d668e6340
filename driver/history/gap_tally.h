// What lies between live blocks at one moment, split as HeapProfile splits it, while blocks come and go.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <vector>

#include "history/number_set.h"
#include "oracle/heap_profile.h"

namespace heapjudge {

struct HoleClass {
  std::uint64_t count = 0;
  std::uint64_t bytes = 0;
};

// Index: how many binary digits the hole's size has, the overhead of a block included.
using HoleClasses = std::array<HoleClass, 65>;

// Invariant: the sums are those of the gaps entered and not taken out.
class GapTally {
 public:
  explicit GapTally(std::uint32_t alignment)
      : rule_(alignment), tight_(rule_.most_overhead_bytes), tight_sizes_(rule_.most_overhead_bytes) {}

  bool is_hole(std::uint64_t bytes) const { return rule_.is_hole(bytes); }

  void enter(std::uint64_t bytes) { is_hole(bytes) ? enter_hole(bytes) : void(small_bytes_ += bytes); }
  void take_out(std::uint64_t bytes) { is_hole(bytes) ? take_out_hole(bytes) : void(small_bytes_ -= bytes); }

  // Besides: the gap lies before a block, and so tells what the overhead of a block may be.
  void enter_tight(std::uint64_t bytes) {
    if (bytes < tight_.size() && tight_[bytes]++ == 0) tight_sizes_.insert(bytes);
  }
  void take_out_tight(std::uint64_t bytes) {
    if (bytes < tight_.size() && --tight_[bytes] == 0) tight_sizes_.erase(bytes);
  }

  // Of one block, in each hole.
  std::uint64_t overhead_bytes() const {
    return tight_sizes_.at_or_after(0).value_or(rule_.most_overhead_bytes);
  }
  std::uint64_t internal_bytes() const { return small_bytes_ + hole_count_ * overhead_bytes(); }

  // With the overhead in them.
  const HoleClasses& holes() const { return holes_; }
  std::uint64_t hole_count() const { return hole_count_; }

 private:
  static std::size_t class_of(std::uint64_t bytes) { return static_cast<std::size_t>(std::bit_width(bytes)); }

  void enter_hole(std::uint64_t bytes) {
    HoleClass& holes = holes_[class_of(bytes)];
    ++holes.count;
    holes.bytes += bytes;
    ++hole_count_;
  }
  void take_out_hole(std::uint64_t bytes) {
    HoleClass& holes = holes_[class_of(bytes)];
    --holes.count;
    holes.bytes -= bytes;
    --hole_count_;
  }

  GapRule rule_;
  std::vector<std::uint64_t> tight_;  // how many gaps before a block are so large
  NumberSet tight_sizes_;
  std::uint64_t small_bytes_ = 0;
  std::uint64_t hole_count_ = 0;
  HoleClasses holes_{};
};

}  // namespace heapjudge
