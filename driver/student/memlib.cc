// memlib: the model of the sbrk heap. One per process, as its C interface is without a handle.
#include "memlib.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "student/memlib_control.h"

namespace heapjudge {
namespace {

// Invariant: size <= limit; bytes at and past `size` are zero as long as nobody writes past the heap's end.
struct Memlib {
  MemlibSettings heap;
  MemlibRun run;
  MemlibEvents events;
  std::size_t size = 0;
  std::uint64_t growths = 0;       // attempted in this run
  std::uint64_t refuse_next = 0;   // ordered by the trace
};

Memlib memlib;

constexpr std::size_t kPageBytes = 4096;
constexpr std::size_t kMostFilledBytes = std::size_t{64} << 20;  // of a growth: a heap may be larger than memory
constexpr std::size_t kInspectedBytes = 4096;  // of the memory that a growth hands out

void* refused(std::uint32_t event) {
  memlib.events.sbrk_events |= event;
  errno = ENOMEM;
  return reinterpret_cast<void*>(-1);
}

bool is_to_be_refused() {
  ++memlib.growths;
  if (memlib.refuse_next > 0) {
    --memlib.refuse_next;
    return true;
  }
  return memlib.run.refuse_from != 0 && memlib.growths >= memlib.run.refuse_from &&
         memlib.growths - memlib.run.refuse_from < memlib.run.refuse_count;
}

// Every byte is as the one before it, and the first is zero: libc compares many at a time. `bytes` is not 0.
bool is_all_zero(const std::byte* from, std::size_t bytes) {
  return from[0] == std::byte{0} && memcmp(from, from + 1, bytes - 1) == 0;
}

// Somebody wrote past the heap's end before this memory was handed out; the growth would hide it.
void look_for_early_writes(std::size_t increment) {
  const std::size_t inspected = increment < kInspectedBytes ? increment : kInspectedBytes;
  if (!is_all_zero(memlib.heap.base + memlib.size, inspected)) {
    memlib.events.sbrk_events |= kSbrkMemoryWasUsed;
  }
}

void* grow(std::size_t increment) {
  ++memlib.events.sbrk_calls;
  if (increment > memlib.heap.limit_bytes) return refused(kSbrkOverflow);
  if (increment > memlib.heap.limit_bytes - memlib.size) return refused(kSbrkLimit);
  if (is_to_be_refused()) return refused(kSbrkRefused);
  look_for_early_writes(increment);
  std::byte* const fresh = memlib.heap.base + memlib.size;
  if (memlib.run.fill_byte != 0) {
    memset(fresh, memlib.run.fill_byte, increment < kMostFilledBytes ? increment : kMostFilledBytes);
  }
  memlib.size += increment;
  if (memlib.size > memlib.events.peak_bytes) memlib.events.peak_bytes = memlib.size;
  return fresh;
}

void* shrink(std::size_t decrement) {
  std::uint32_t event = kSbrkShrank;
  if (decrement > memlib.size) event |= kSbrkOverflow;
  if (!memlib.heap.may_shrink || decrement > memlib.size) return refused(event);
  std::byte* const old_end = memlib.heap.base + memlib.size;
  memlib.size -= decrement;
  memset(old_end - decrement, 0, decrement);
  memlib.events.sbrk_events |= kSbrkShrank;
  return old_end;
}

void empty_heap() {
  memset(memlib.heap.base, 0, memlib.size);
  memlib.size = 0;
}

}  // namespace

extern "C" {

void heapjudge_memlib_attach(const MemlibSettings* settings) {
  memlib = Memlib{};
  memlib.heap = *settings;
}

void heapjudge_memlib_begin(const MemlibRun* run) {
  memlib.run = *run;
  memlib.events = MemlibEvents{};
  memlib.size = 0;
  memlib.growths = 0;
  memlib.refuse_next = 0;
}

void heapjudge_memlib_empty() { empty_heap(); }

void heapjudge_memlib_refuse_next(std::uint64_t growths) { memlib.refuse_next = growths; }

void heapjudge_memlib_take_events(MemlibEvents* events) {
  memlib.events.heap_bytes = memlib.size;
  *events = memlib.events;
  memlib.events = MemlibEvents{};
  memlib.events.peak_bytes = memlib.size;
}

}  // extern "C"
}  // namespace heapjudge

extern "C" {

int verbose = 0;

void mem_init(void) { heapjudge::empty_heap(); }
void mem_deinit(void) {}
void mem_reset_brk(void) { heapjudge::empty_heap(); }

void* mem_sbrk(intptr_t increment) {
  using heapjudge::memlib;
  if (increment > 0) return heapjudge::grow(static_cast<std::size_t>(increment));
  if (increment < 0) return heapjudge::shrink(0 - static_cast<std::size_t>(increment));
  return memlib.heap.base + memlib.size;
}

void* mem_heap_lo(void) { return heapjudge::memlib.heap.base; }
void* mem_heap_hi(void) { return heapjudge::memlib.heap.base + heapjudge::memlib.size - 1; }
size_t mem_heapsize(void) { return heapjudge::memlib.size; }
size_t mem_pagesize(void) { return heapjudge::kPageBytes; }

void* mem_memcpy(void* to, const void* from, size_t n) { return memcpy(to, from, n); }
void* mem_memmove(void* to, const void* from, size_t n) { return memmove(to, from, n); }
void* mem_memset(void* to, int value, size_t n) { return memset(to, value, n); }

// In place of libc's, which wants to map memory to keep its message and would be stopped by the sandbox.
[[noreturn]] void __assert_fail(const char* assertion, const char* file, unsigned line, const char* function) {
  fprintf(stderr, "%s:%u: %s: Assertion `%s' failed.\n", file, line, function, assertion);
  abort();
}

}  // extern "C"
