// memlib: the model of the sbrk heap. One per process, as its C interface is without a handle.
#include "memlib.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "student/mapped_area.h"
#include "student/memlib_control.h"

namespace heapjudge {
namespace {

// Invariant: `size` is at most the limit and the start of the lowest range; bytes at and past it that are in no
// range are zero, but for the `filled` ones at it, as long as nobody writes there.
struct Memlib {
  MemlibSettings heap;
  MappedArea mapped;
  MemlibRun run;
  MemlibEvents events;
  std::size_t size = 0;            // what mem_sbrk has granted
  std::size_t filled = 0;          // bytes past that which hold the fill byte
  std::uint64_t growths = 0;       // attempted in this run
  std::uint64_t refuse_next = 0;   // ordered by the trace
};

Memlib memlib;

constexpr std::size_t kPageBytes = 4096;
constexpr std::size_t kMostFilledBytes = std::size_t{64} << 20;  // of a growth: a heap may be larger than memory
static_assert(kPageBytes == kMappedUnit);

// No bytes of the heap are taken twice, so the sum does not pass the limit.
std::size_t whole_heap() { return memlib.size + static_cast<std::size_t>(memlib.mapped.bytes()); }

std::size_t ceiling() {
  return static_cast<std::size_t>(memlib.mapped.lowest(memlib.heap.limit_bytes));
}

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

// Somebody wrote to this memory before it was handed out; the growth would hide it.
void look_for_early_writes(const std::byte* fresh, std::size_t bytes) {
  const std::size_t most = memlib.run.inspected_bytes;
  if (!is_all_zero(fresh, bytes < most ? bytes : most)) memlib.events.sbrk_events |= kSbrkMemoryWasUsed;
}

void clear_past_end() {
  memset(memlib.heap.base + memlib.size, 0, memlib.filled);
  memlib.filled = 0;
}

void fill_past_end() {
  if (memlib.run.fill_byte == 0) return;
  const std::size_t room = ceiling() - memlib.size;
  memlib.filled = room < kFilledPastEnd ? room : kFilledPastEnd;
  memset(memlib.heap.base + memlib.size, memlib.run.fill_byte, memlib.filled);
}

// Writes to what is filled past the end are seen in the runs that fill nothing.
void* hand_out(std::size_t offset, std::size_t bytes) {
  std::byte* const fresh = memlib.heap.base + offset;
  if (memlib.run.watched) look_for_early_writes(fresh, bytes);
  if (memlib.run.fill_byte != 0) {
    memset(fresh, memlib.run.fill_byte, bytes < kMostFilledBytes ? bytes : kMostFilledBytes);
  }
  if (whole_heap() > memlib.events.peak_bytes) memlib.events.peak_bytes = whole_heap();
  return fresh;
}

void* grow(std::size_t increment) {
  ++memlib.events.sbrk_calls;
  if (increment > memlib.heap.limit_bytes) return refused(kSbrkOverflow);
  if (increment > ceiling() - memlib.size) return refused(kSbrkLimit);
  if (is_to_be_refused()) return refused(kSbrkRefused);
  const std::size_t offset = memlib.size;
  clear_past_end();
  memlib.size += increment;
  void* const fresh = hand_out(offset, increment);
  fill_past_end();
  return fresh;
}

void* shrink(std::size_t decrement) {
  std::uint32_t event = kSbrkShrank;
  if (decrement > memlib.size) event |= kSbrkOverflow;
  if (!memlib.heap.may_shrink || decrement > memlib.size) return refused(event);
  std::byte* const old_end = memlib.heap.base + memlib.size;
  clear_past_end();
  memlib.size -= decrement;
  memset(old_end - decrement, 0, decrement);
  fill_past_end();
  memlib.events.sbrk_events |= kSbrkShrank;
  return old_end;
}

// nullptr when it is refused.
void* map(std::size_t bytes) {
  ++memlib.events.sbrk_calls;
  const std::size_t whole = (bytes + kPageBytes - 1) & ~(kPageBytes - 1);
  std::uint64_t offset = 0;
  const bool fits = bytes <= memlib.heap.limit_bytes &&
                    memlib.mapped.find_room(whole, memlib.size, memlib.heap.limit_bytes, offset);
  if (!fits || is_to_be_refused()) {
    refused(fits ? kSbrkRefused : kSbrkLimit);
    return nullptr;
  }
  if (offset < memlib.size + memlib.filled) clear_past_end();
  memlib.mapped.enter({offset, whole});
  memlib.events.sbrk_events |= kMappedChanged;
  return hand_out(static_cast<std::size_t>(offset), whole);
}

// What it held is gone: whoever writes there again is found out.
bool unmap(std::uint64_t offset) {
  const HeapRange range = memlib.mapped.strike_out(offset);
  if (range.bytes == 0) return false;
  if (memlib.run.watched) memset(memlib.heap.base + range.offset, 0, static_cast<std::size_t>(range.bytes));
  memlib.events.sbrk_events |= kMappedChanged;
  return true;
}

void empty_heap() {
  while (unmap(memlib.mapped.lowest(memlib.heap.limit_bytes))) {
  }
  memset(memlib.heap.base, 0, memlib.size + memlib.filled);
  memlib.size = memlib.filled = 0;
}

}  // namespace

extern "C" {

void heapjudge_memlib_attach(const MemlibSettings* settings) {
  memlib = Memlib{};
  memlib.heap = *settings;
  memlib.mapped = MappedArea(settings->mapped);
}

void heapjudge_memlib_begin(const MemlibRun* run) {
  memlib.run = *run;
  memlib.events = MemlibEvents{};
  memlib.mapped.clear();
  memlib.size = memlib.filled = 0;
  memlib.growths = 0;
  memlib.refuse_next = 0;
}

void heapjudge_memlib_empty() { empty_heap(); }

void heapjudge_memlib_empty_as_it_is() {
  memlib.mapped.clear();
  memlib.size = memlib.filled = 0;
}

void heapjudge_memlib_refuse_next(std::uint64_t growths) { memlib.refuse_next = growths; }

void heapjudge_memlib_take_events(MemlibEvents* events) {
  *events = {memlib.size, memlib.events.peak_bytes, memlib.events.sbrk_events, memlib.events.sbrk_calls};
  memlib.events = MemlibEvents{};
  memlib.events.peak_bytes = whole_heap();
}

bool heapjudge_memlib_is_mapped(std::uint64_t offset, std::uint64_t bytes) {
  return memlib.mapped.holds(offset, bytes);
}

const std::size_t* heapjudge_memlib_granted() { return &memlib.size; }

std::size_t heapjudge_memlib_limit() { return memlib.heap.limit_bytes; }

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

void* mem_map(size_t bytes) {
  if (bytes != 0) return heapjudge::map(bytes);
  errno = EINVAL;
  return nullptr;
}

void mem_unmap(void* range) {
  const auto offset = static_cast<std::uint64_t>(static_cast<std::byte*>(range) - heapjudge::memlib.heap.base);
  if (!heapjudge::unmap(offset)) heapjudge::memlib.events.sbrk_events |= heapjudge::kUnmapMisused;
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
