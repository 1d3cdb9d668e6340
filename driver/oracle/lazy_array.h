// A fixed-length array whose memory is taken only where it is written: for tables over a sparse heap.
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <new>
#include <type_traits>
#include <utility>

namespace heapjudge {

// All elements start as zero bytes. A page that was never written costs no memory. Throws std::bad_alloc when
// the address space cannot be had. The index is not checked.
template <typename T>
class LazyArray {
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

 public:
  explicit LazyArray(std::size_t length) : bytes_(length == 0 ? 1 : length * sizeof(T)) {
    void* memory =
        mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) throw std::bad_alloc();
    // A huge page would make one lonely element cost 2 MiB; where there are none, the advice is refused.
    madvise(memory, bytes_, MADV_NOHUGEPAGE);
    elements_ = static_cast<T*>(memory);
  }
  ~LazyArray() {
    if (elements_ != nullptr) munmap(elements_, bytes_);
  }
  LazyArray(LazyArray&& other) noexcept
      : elements_(std::exchange(other.elements_, nullptr)), bytes_(other.bytes_) {}
  LazyArray& operator=(LazyArray&& other) noexcept {
    std::swap(elements_, other.elements_);
    std::swap(bytes_, other.bytes_);
    return *this;
  }

  T& operator[](std::size_t index) { return elements_[index]; }
  const T& operator[](std::size_t index) const { return elements_[index]; }

 private:
  T* elements_ = nullptr;
  std::size_t bytes_;
};

}  // namespace heapjudge
