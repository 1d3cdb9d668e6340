// Memory without a name that two processes can map.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

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

  // Makes every byte zero again and gives the pages back.
  void clear();

  // The end of the last page that was ever written to since clear(); 0 when none was.
  std::uint64_t touched_bytes() const;

 private:
  int descriptor_ = -1;
  std::byte* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace heapjudge
