// A fixed-length array whose memory is taken only where it is written: for tables over a sparse heap.
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <cstdlib>
#include <new>
#include <type_traits>
#include <utility>

namespace heapjudge {

// All elements start as zero bytes. A page of a large array that was never written costs no memory. Throws
// std::bad_alloc when the address space cannot be had. The index is not checked.
template <typename T>
class LazyArray {
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

 public:
  explicit LazyArray(std::size_t length) : bytes_(length == 0 ? 1 : length * sizeof(T)) {
    void* const memory = is_small() ? std::calloc(bytes_, 1) : mapped(bytes_);
    if (memory == nullptr) throw std::bad_alloc();
    elements_ = static_cast<T*>(memory);
  }
  ~LazyArray() {
    if (elements_ == nullptr) return;
    if (is_small()) {
      std::free(elements_);
    } else {
      munmap(elements_, bytes_);
    }
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
  // Of so many the C library clears faster than the kernel maps, which is all that a short trace costs.
  bool is_small() const { return bytes_ <= 64u << 10; }

  static void* mapped(std::size_t bytes) {
    void* memory =
        mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) return nullptr;
    // A huge page would make one lonely element cost 2 MiB; where there are none, the advice is refused.
    madvise(memory, bytes, MADV_NOHUGEPAGE);
    return memory;
  }

  T* elements_ = nullptr;
  std::size_t bytes_;
};

}  // namespace heapjudge
