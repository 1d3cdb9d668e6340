// Preloaded into a program, stands before its allocator and logs what it is asked for.
// driver/record/log_layout.h has the theory.
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "traces/record/log_writer.h"
#include "traces/record/next_allocator.h"

namespace heapjudge {
namespace {

constexpr std::size_t kPage = 4096;

// Requests that the allocator makes of itself are not the program's: glibc's reallocarray calls realloc.
thread_local int t_depth = 0;

template <typename Call>
auto inside(const Call& call) {
  ++t_depth;
  const auto result = call();
  --t_depth;
  return result;
}

std::uint64_t write(LogEvent event, const void* address, std::uint64_t size, std::uint64_t extra) {
  return t_depth > 0 ? 0 : write_record(event, address, pack_rest(size, extra));
}

std::uint64_t log2_rounded_up(std::size_t alignment) {
  return alignment < 2 ? 0 : 64 - static_cast<std::uint64_t>(__builtin_clzll(alignment - 1));
}

std::size_t product(std::size_t count, std::size_t size) {
  std::size_t bytes = 0;
  return __builtin_mul_overflow(count, size, &bytes) ? SIZE_MAX : bytes;
}

void* early(std::size_t alignment, std::size_t size) {
  count_early_request();
  void* const block = early_allocate(alignment, size);
  if (block == nullptr) errno = ENOMEM;
  return block;
}

template <typename Allocate>
void* aligned(std::size_t alignment, std::size_t size, const Allocate& allocate) {
  const NextAllocator* const next = next_allocator();
  if (next == nullptr) return early(alignment, size);
  void* const block = inside([&] { return allocate(*next); });
  write(LogEvent::kAligned, block, size, log2_rounded_up(alignment));
  return block;
}

// Early memory is never resized in place: it has no size of its own.
void* resize_early(void* block, std::size_t size) {
  const std::size_t kept = early_bytes_from(block) < size ? early_bytes_from(block) : size;
  const NextAllocator* const next = next_allocator();
  void* const larger = next == nullptr ? early(0, size) : inside([&] { return next->malloc(size); });
  if (next != nullptr) write(LogEvent::kMalloc, larger, size, 0);
  if (larger != nullptr) std::memcpy(larger, block, kept);
  return larger;
}

template <typename Resize>
void* resize(void* block, std::size_t size, const Resize& resize_next) {
  if (early_bytes_from(block) != 0) return resize_early(block, size);
  const NextAllocator* const next = next_allocator();
  if (next == nullptr) return early(0, size);  // block is NULL: nothing else was given out so far
  const std::uint64_t begin = block == nullptr ? 0 : write(LogEvent::kResizeBegins, block, 0, 0);
  void* const result = inside([&] { return resize_next(*next); });
  if (begin != 0) write_resize_end(begin, result, size);
  if (block == nullptr) write(LogEvent::kResizeNull, result, size, 0);
  return result;
}

// Opens the log before the program's first request, should it be a late one.
__attribute__((constructor)) void start() {
  next_allocator();
  open_log();
}

}  // namespace
}  // namespace heapjudge

#define HEAPJUDGE_STANDS_BEFORE extern "C" __attribute__((visibility("default")))

using namespace heapjudge;

HEAPJUDGE_STANDS_BEFORE void* malloc(std::size_t size) {
  const NextAllocator* const next = next_allocator();
  if (next == nullptr) return early(0, size);
  void* const block = inside([=] { return next->malloc(size); });
  write(LogEvent::kMalloc, block, size, 0);
  return block;
}

HEAPJUDGE_STANDS_BEFORE void* calloc(std::size_t count, std::size_t size) {
  const NextAllocator* const next = next_allocator();
  if (next == nullptr) return early(0, product(count, size));
  void* const block = inside([=] { return next->calloc(count, size); });
  if (count > kMostExtra && size <= kMostExtra) {
    write(LogEvent::kCalloc, block, count, size);
  } else if (count > kMostExtra) {
    write(LogEvent::kCalloc, block, product(count, size), 1);
  } else {
    write(LogEvent::kCalloc, block, size, count);
  }
  return block;
}

HEAPJUDGE_STANDS_BEFORE void* realloc(void* block, std::size_t size) {
  return resize(block, size, [=](const NextAllocator& next) { return next.realloc(block, size); });
}

HEAPJUDGE_STANDS_BEFORE void* reallocarray(void* block, std::size_t count, std::size_t size) {
  return resize(block, product(count, size),
                [=](const NextAllocator& next) { return next.reallocarray(block, count, size); });
}

HEAPJUDGE_STANDS_BEFORE void* memalign(std::size_t alignment, std::size_t size) {
  return aligned(alignment, size, [=](const NextAllocator& next) { return next.memalign(alignment, size); });
}

HEAPJUDGE_STANDS_BEFORE int posix_memalign(void** result, std::size_t alignment, std::size_t size) {
  int error = ENOMEM;
  void* const block = aligned(alignment, size, [&](const NextAllocator& next) -> void* {
    error = next.posix_memalign(result, alignment, size);
    return error == 0 ? *result : nullptr;
  });
  if (block == nullptr) return error;
  *result = block;
  return 0;
}

HEAPJUDGE_STANDS_BEFORE void* aligned_alloc(std::size_t alignment, std::size_t size) {
  return aligned(alignment, size,
                 [=](const NextAllocator& next) { return next.aligned_alloc(alignment, size); });
}

HEAPJUDGE_STANDS_BEFORE void* valloc(std::size_t size) {
  return aligned(kPage, size, [=](const NextAllocator& next) { return next.valloc(size); });
}

HEAPJUDGE_STANDS_BEFORE void* pvalloc(std::size_t size) {
  return aligned(kPage, size, [=](const NextAllocator& next) { return next.pvalloc(size); });
}

HEAPJUDGE_STANDS_BEFORE void free(void* block) {
  if (early_bytes_from(block) != 0) return;
  const NextAllocator* const next = next_allocator();
  if (next == nullptr) return;  // of NULL
  write(LogEvent::kFree, block, 0, 0);
  ++t_depth;
  next->free(block);
  --t_depth;
}
