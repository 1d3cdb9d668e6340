// The static data of a loaded submission, put back as it was before each execution.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "fuzz/guard/guard.h"

namespace heapjudge {

// Where the library that `inside` points into lies. Its relocations are done and read-only; they are no static data.
LibraryPlace place_of_library(const void* inside);

// Invariant: `before_` is what stood in the data when the object was made. What lies in `spared` is left alone.
//
// Little data is copied as a whole. Of much data only the pages that are marked in dirty_pages() are, where somebody
// marks them (a submission that is not instrumented marks none, and gets everything back).
class StaticData {
 public:
  StaticData(const LibraryPlace& place, std::span<std::byte> spared, bool pages_are_marked);

  void put_back();

  std::uint8_t* dirty_pages() { return dirty_.empty() ? nullptr : dirty_.data(); }  // null: need not be marked

 private:
  void put_back(std::uint64_t first, std::uint64_t end);

  std::byte* data_;
  std::vector<std::byte> before_;
  std::uint64_t spared_first_;
  std::uint64_t spared_end_;
  std::vector<std::uint8_t> dirty_;  // of each page
};

}  // namespace heapjudge
