// The ranges that mem_map has handed out: finds room for one, enters it, strikes it out.
#pragma once

#include <cstddef>
#include <cstdint>

#include "wire/heap_range.h"

namespace heapjudge {

// Invariant: ranges are whole pages, disjoint and by rising offset; bytes() is their sum. The table may lie where a
// submission can write to it; what it says of ranges is then wrong, and that is the submission's loss.
class MappedArea {
 public:
  MappedArea() = default;
  explicit MappedArea(MappedTable* table) : table_(table) {}  // null: nothing can be mapped

  // Where `bytes`, whole pages, fit between `floor` and `limit`: in the highest hole. False when they do not, or when
  // there are kMaxMapped ranges already.
  bool find_room(std::uint64_t bytes, std::uint64_t floor, std::uint64_t limit, std::uint64_t& offset) const;

  void enter(const HeapRange& range);  // into room that was found

  // Strikes the range out that starts there. A range of 0 bytes when none does.
  HeapRange strike_out(std::uint64_t offset);

  void clear();  // none is left

  bool holds(std::uint64_t offset, std::uint64_t bytes) const;  // all in one range
  std::uint64_t lowest(std::uint64_t limit) const;              // where the lowest range starts; none: limit
  std::uint64_t bytes() const { return bytes_; }

 private:
  std::size_t count() const;

  MappedTable* table_ = nullptr;
  std::uint64_t bytes_ = 0;
};

}  // namespace heapjudge
