// Memory without a name that two processes can map.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "wire/heap_range.h"

namespace heapjudge {

// Owns a memfd of a fixed, sealed size and this process's mapping of it. Pages appear when they are first
// written to. Throws std::system_error when the machine refuses.
class SharedMemory {
 public:
  explicit SharedMemory(const char* name, std::uint64_t bytes);
  ~SharedMemory();
  SharedMemory(const SharedMemory&) = delete;
  SharedMemory& operator=(const SharedMemory&) = delete;

  int descriptor() const { return descriptor_; }
  std::span<std::byte> bytes() { return {data_, size_}; }

  // Makes every byte zero again and gives the pages back, unless they are few.
  void clear();

  // The end of the last page that is there, because it was written to: the bytes behind it are zero. 0 when
  // none is.
  std::uint64_t touched_bytes() const;

  // The stretches of pages that are there, by rising offset.
  std::vector<HeapRange> touched() const;

 private:
  bool is_touched_from(std::uint64_t offset) const;

  int descriptor_ = -1;
  std::byte* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace heapjudge
