// Stretches of the heap, and the table of those that mem_map has handed out.
#pragma once

#include <cstddef>
#include <cstdint>

namespace heapjudge {

// Offsets are heap offsets.
struct HeapRange {
  std::uint64_t offset = 0;
  std::uint64_t bytes = 0;

  std::uint64_t end() const { return offset + bytes; }

  friend bool operator==(const HeapRange&, const HeapRange&) = default;
};
static_assert(sizeof(HeapRange) == 16);

// Theory of operation. mem_sbrk grows the heap from below, mem_map takes from the top, the highest hole first:
//
//   0 ....... grown |                      | mapped |    hole    | mapped | mapped |
//                                                                             limit
//
// So one file, one mapping and one limit serve both, no system call is needed, and the two together never exceed the
// limit. Ranges are whole pages, so that a page belongs to one of them or to none.
inline constexpr std::uint64_t kMappedUnit = 4096;
inline constexpr std::size_t kMaxMapped = 1024;

// The ranges there are now, by rising offset; those past `count` are zero. The layout is the same in 32-bit and 64-bit
// programs. The student process writes it, so the judge believes of it what can be true (judge/mapped_heap.h).
struct MappedTable {
  std::uint32_t count = 0;
  std::uint32_t reserved = 0;
  HeapRange ranges[kMaxMapped];
};
static_assert(sizeof(MappedTable) == 8 + kMaxMapped * sizeof(HeapRange));

}  // namespace heapjudge
