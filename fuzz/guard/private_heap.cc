#include "fuzz/guard/private_heap.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>

namespace heapjudge {
namespace {

constexpr std::size_t kHeapBytes = std::size_t{64} << 20;
constexpr std::size_t kUnit = 16;

// Invariant: blocks lie in memory[0..used), each behind a unit that holds its size.
struct PrivateHeap {
  char* memory = nullptr;
  std::size_t used = 0;
};
PrivateHeap heap;

bool has_memory() {
  if (heap.memory != nullptr) return true;
  void* const mapped = mmap(nullptr, kHeapBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (mapped == MAP_FAILED) return false;
  heap.memory = static_cast<char*>(mapped);
  return true;
}

std::size_t size_of(const void* block) {
  std::size_t bytes = 0;
  memcpy(&bytes, static_cast<const char*>(block) - kUnit, sizeof bytes);
  return bytes;
}

}  // namespace

void* private_heap_malloc(std::size_t bytes) {
  if (bytes > kHeapBytes || !has_memory()) return nullptr;
  const std::size_t whole = kUnit + (bytes + kUnit - 1) / kUnit * kUnit;
  if (whole > kHeapBytes - heap.used) {
    errno = ENOMEM;
    return nullptr;
  }
  char* const block = heap.memory + heap.used + kUnit;
  memcpy(block - kUnit, &bytes, sizeof bytes);
  heap.used += whole;
  return block;
}

void* private_heap_calloc(std::size_t count, std::size_t bytes) {
  std::size_t product = 0;
  if (__builtin_mul_overflow(count, bytes, &product)) return nullptr;
  void* const block = private_heap_malloc(product);
  if (block != nullptr) memset(block, 0, product);
  return block;
}

void* private_heap_realloc(void* block, std::size_t bytes) {
  void* const moved = private_heap_malloc(bytes);
  if (moved == nullptr || block == nullptr) return moved;
  const std::size_t before = size_of(block);
  return memcpy(moved, block, before < bytes ? before : bytes);
}

bool private_heap_owns(const void* block) {
  if (block == nullptr) return true;
  const auto* const at = static_cast<const char*>(block);
  return heap.memory != nullptr && at >= heap.memory + kUnit && at < heap.memory + heap.used;
}

extern "C" void heapjudge_guard_empty_private_heap() {
  if (heap.used != 0) memset(heap.memory, 0, heap.used);
  heap.used = 0;
}

}  // namespace heapjudge
