// The allocator behind the recorder.
#include "traces/record/next_allocator.h"

#include <dlfcn.h>

#include <atomic>
#include <cstdint>

namespace heapjudge {
namespace {

enum class Search : int { kNotBegun, kOn, kDone };

constexpr std::size_t kEarlyBytes = 1 << 16;

NextAllocator g_next;
std::atomic<Search> g_search = Search::kNotBegun;

alignas(4096) char g_early[kEarlyBytes];
std::atomic<std::size_t> g_early_used = 0;

template <typename Function>
void find(Function*& function, const char* name) {
  function = reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

void find_all() {
  find(g_next.malloc, "malloc");
  find(g_next.calloc, "calloc");
  find(g_next.realloc, "realloc");
  find(g_next.reallocarray, "reallocarray");
  find(g_next.memalign, "memalign");
  find(g_next.posix_memalign, "posix_memalign");
  find(g_next.aligned_alloc, "aligned_alloc");
  find(g_next.valloc, "valloc");
  find(g_next.pvalloc, "pvalloc");
  find(g_next.free, "free");
}

}  // namespace

const NextAllocator* next_allocator() {
  if (g_search.load(std::memory_order_acquire) == Search::kDone) return &g_next;
  Search search = Search::kNotBegun;
  if (!g_search.compare_exchange_strong(search, Search::kOn)) {
    return search == Search::kDone ? &g_next : nullptr;
  }
  find_all();
  g_search.store(Search::kDone, std::memory_order_release);
  return &g_next;
}

void* early_allocate(std::size_t alignment, std::size_t size) {
  if (alignment < 16) alignment = 16;
  if (size > kEarlyBytes || alignment > 4096) return nullptr;
  std::size_t used = g_early_used;
  std::size_t first = 0;
  do {
    first = (used + alignment - 1) / alignment * alignment;
    if (size > kEarlyBytes - first) return nullptr;
  } while (!g_early_used.compare_exchange_weak(used, first + size + (size == 0)));
  return g_early + first;
}

std::size_t early_bytes_from(const void* address) {
  const std::uintptr_t offset =
      reinterpret_cast<std::uintptr_t>(address) - reinterpret_cast<std::uintptr_t>(g_early);
  return offset < kEarlyBytes ? kEarlyBytes - offset : 0;
}

}  // namespace heapjudge
