// The callbacks of clang's instrumentation, and the tags that they look at.
#include <string.h>

#include "fuzz/guard/watch.h"
#include "student/memlib_control.h"

namespace heapjudge {

Watch watch;

namespace {

EdgeCounters counters;
bool instrumented = false;

// Where tags may be set: below the one, in what mem_sbrk grows, and from the other on, in what mem_map hands out.
struct Marked {
  std::uint64_t grown_end = 0;
  std::uint64_t mapped_start = 0;
};
Marked marked;

constexpr std::uint64_t kAllLive = 0x0808080808080808;

// Most payloads are small, and a call of memset takes longer than what it does for their tags.
void set_bytes(std::uint8_t* to, std::uint8_t value, std::uint64_t count) {
  const std::uint64_t eight = value * std::uint64_t{0x0101010101010101};
  if (count > 16) {
    memset(to, value, count);
  } else if (count >= 8) {
    memcpy(to, &eight, 8);
    memcpy(to + count - 8, &eight, 8);
  } else if (count >= 4) {
    memcpy(to, &eight, 4);
    memcpy(to + count - 4, &eight, 4);
  } else if (count > 0) {
    to[0] = to[count / 2] = to[count - 1] = value;
  }
}

// Of [begin, end) the tags; they are set in no stretch but one that is used, for them alone at least.
void clear_tags(std::uint64_t begin, std::uint64_t end) {
  while (begin < end) {
    const std::uint64_t next = first_set(watch.used, begin / kStretchBytes, stretches_of(end)) * kStretchBytes;
    if (next >= end) return;
    const std::uint64_t from = next > begin ? next : begin;
    const std::uint64_t to = next + kStretchBytes < end ? next + kStretchBytes : end;
    memset(watch.tags + from / kGranuleBytes, 0, (to - from + kGranuleBytes - 1) / kGranuleBytes);
    begin = to;
  }
}

void note_use(std::uint64_t offset, std::uint64_t bytes) {
  const std::uint64_t first = offset / kStretchBytes;
  set_bytes(watch.used + first, kUsedWholly, (offset + bytes - 1) / kStretchBytes - first + 1);
}

// Of a payload that is filled at once, and not beyond where samples are pages: all of its first bytes, then lines,
// always in the same place of a stretch.
void note_samples(std::uint64_t offset, std::uint64_t bytes) {
  const std::uint64_t first = offset + kSampledWholeBytes;
  note_use(offset, kSampledWholeBytes);
  const auto code = static_cast<std::uint8_t>(kUsedFromLine + first % kStretchBytes / kSampledLineBytes);
  const std::uint64_t last = (offset + bytes - 1) / kStretchBytes;
  for (std::uint64_t stretch = first / kStretchBytes; stretch <= last; ++stretch) {
    if (watch.used[stretch] == 0) watch.used[stretch] = kUsedForTags;
  }
  for (std::uint64_t at = kSampledWholeBytes; at < bytes; at = sample_after(at)) {
    std::uint8_t& used = watch.used[(offset + at) / kStretchBytes];
    used = used == kUsedForTags || used == code ? code : kUsedWholly;
  }
}

// Kept out of the callbacks, which are called more often than anything else.
[[gnu::noinline]] void look_closer(std::uint64_t offset, std::uint64_t bytes, const void* pc) {
  const std::uint64_t end = (offset + bytes - 1) / kGranuleBytes + 1;
  for (std::uint64_t granule = offset / kGranuleBytes; (granule = first_set(watch.tags, granule, end)) < end; ++granule) {
    const std::uint64_t start = granule * kGranuleBytes;
    const std::uint64_t at = offset > start ? offset : start;
    if (at < start + (watch.tags[granule] & kTagBytes)) escape_from_store(EscapeKind::kStoreIntoPayload, at, bytes, pc);
  }
  const bool inside = offset + bytes <= *watch.granted || heapjudge_memlib_is_mapped(offset, bytes);
  if (!inside) escape_from_store(EscapeKind::kStoreOutsideHeap, offset, bytes, pc);
}

void note_read(const void* pc) {
  if (watch.reads.count++ != 0) return;
  watch.reads.first_frame = static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(pc)) - 1 - watch.library.base;
}

inline void on_load(const void* from, const void* pc) {
  if (--watch.steps_left == 0) [[unlikely]]
    escape_out_of_steps(pc);
  const std::uint64_t offset = reinterpret_cast<std::uintptr_t>(from) - watch.heap;
  if (offset >= watch.heap_limit_bytes) return;
  if (watch.tags[offset / kGranuleBytes] != 0) [[unlikely]]
    note_read(pc);
}

template <unsigned kBytes>
inline void on_store(void* to, const void* pc) {
  if (--watch.steps_left == 0) [[unlikely]]
    escape_out_of_steps(pc);
  const std::uint64_t offset = reinterpret_cast<std::uintptr_t>(to) - watch.heap;
  if (offset >= watch.heap_limit_bytes) {
    const std::uint64_t place = reinterpret_cast<std::uintptr_t>(to) - watch.data;
    if (place < watch.data_bytes) watch.dirty_pages[place / kPageBytes] = 1;
    return;
  }
  watch.used[offset / kStretchBytes] = kUsedWholly;
  const unsigned tags = watch.tags[offset / kGranuleBytes] | watch.tags[(offset + kBytes - 1) / kGranuleBytes];
  if (tags != 0 || offset + kBytes > *watch.granted) [[unlikely]]
    look_closer(offset, kBytes, pc);
}

}  // namespace

void take_steps(std::uint64_t steps, const void* pc) {
  if (watch.steps_left <= steps) escape_out_of_steps(pc);
  watch.steps_left -= steps;
}

void check_load(const void* from, std::uint64_t bytes, const void* pc) {
  const std::uint64_t offset = reinterpret_cast<std::uintptr_t>(from) - watch.heap;
  if (bytes == 0 || offset >= watch.heap_limit_bytes) return;
  if (watch.tags[offset / kGranuleBytes] != 0) note_read(pc);
}

void check_store(void* to, std::uint64_t bytes, const void* pc) {
  if (bytes == 0) return;
  const std::uint64_t offset = reinterpret_cast<std::uintptr_t>(to) - watch.heap;
  if (offset < watch.heap_limit_bytes) {
    const std::uint64_t room = watch.heap_limit_bytes - offset;
    look_closer(offset, bytes < room ? bytes : room, pc);
    note_use(offset, bytes < room ? bytes : room);
    return;
  }
  const std::uint64_t place = reinterpret_cast<std::uintptr_t>(to) - watch.data;
  if (place >= watch.data_bytes) return;
  const std::uint64_t last = bytes < watch.data_bytes - place ? place + bytes - 1 : watch.data_bytes - 1;
  memset(watch.dirty_pages + place / kPageBytes, 1, last / kPageBytes - place / kPageBytes + 1);
}

extern "C" {

void heapjudge_guard_attach(const GuardSettings* settings) {
  watch.heap = reinterpret_cast<std::uintptr_t>(settings->heap);
  watch.heap_limit_bytes = settings->heap_limit_bytes;
  watch.tags = settings->tags;
  watch.used = settings->used;
  watch.dirty_pages = settings->dirty_pages;
  watch.granted = heapjudge_memlib_granted();
  marked = {0, watch.heap_limit_bytes};
}

void heapjudge_guard_watch(const LibraryPlace* library) {
  watch.library = *library;
  watch.data = library->data;
  watch.data_bytes = watch.dirty_pages == nullptr ? 0 : library->data_bytes;
}

void heapjudge_guard_allow_steps(std::uint64_t steps) { watch.steps_left = steps; }
std::uint64_t heapjudge_guard_steps_left() { return watch.steps_left; }
void heapjudge_guard_want_backtraces(bool wanted) { watch.want_backtraces = wanted; }

void heapjudge_guard_mark(std::uint64_t offset, std::uint64_t bytes, bool is_new) {
  const bool fits = offset <= watch.heap_limit_bytes && bytes <= watch.heap_limit_bytes - offset;
  if (bytes == 0 || offset % kGranuleBytes != 0 || !fits) return;
  if (offset + bytes <= *watch.granted) {
    if (offset + bytes > marked.grown_end) marked.grown_end = offset + bytes;
  } else if (offset < marked.mapped_start) {
    marked.mapped_start = offset;
  }
  const bool is_sampled = is_new && coverage_where(instrumented) == Coverage::kSampled;
  if (is_sampled && kSampledWholeBytes < bytes && bytes <= kDensePayloadBytes) {
    note_samples(offset, bytes);
  } else {
    note_use(offset, bytes);
  }
  std::uint8_t* const first = watch.tags + offset / kGranuleBytes;
  const std::uint64_t whole = bytes / kGranuleBytes;
  set_bytes(first, kGranuleBytes, whole);
  if (bytes % kGranuleBytes != 0) first[whole] = static_cast<std::uint8_t>(bytes % kGranuleBytes);
  first[0] |= kTagStart;
}

std::uint64_t heapjudge_guard_forget(std::uint64_t offset) {
  if (offset % kGranuleBytes != 0 || offset >= watch.heap_limit_bytes) return 0;
  std::uint8_t* const first = watch.tags + offset / kGranuleBytes;
  if ((*first & kTagStart) == 0) return 0;
  std::uint64_t bytes = *first & kTagBytes;
  std::uint8_t* tag = first + 1;
  while (bytes % kGranuleBytes == 0) {
    std::uint64_t eight = 0;
    memcpy(&eight, tag, sizeof eight);
    if (eight == kAllLive) {
      bytes += 8 * kGranuleBytes;
      tag += 8;
      continue;
    }
    if (*tag == 0 || (*tag & kTagStart) != 0) break;
    bytes += *tag++;
  }
  set_bytes(first, 0, static_cast<std::uint64_t>(tag - first));
  return bytes;
}

void heapjudge_guard_forget_all() {
  clear_tags(0, marked.grown_end);
  clear_tags(marked.mapped_start, watch.heap_limit_bytes);
  marked = {0, watch.heap_limit_bytes};
}

void heapjudge_guard_take_reads(PayloadReads* reads) {
  *reads = watch.reads;
  watch.reads = {};
}

void heapjudge_guard_edge_counters(EdgeCounters* found) { *found = counters; }
bool heapjudge_guard_is_instrumented() { return instrumented; }

// A submission is one library, and so has one range of counters.
void __sanitizer_cov_8bit_counters_init(char* start, char* stop) {
  counters = {start, stop};
  instrumented = true;
}

void __sanitizer_cov_load1(void* from) { on_load(from, __builtin_return_address(0)); }
void __sanitizer_cov_load2(void* from) { on_load(from, __builtin_return_address(0)); }
void __sanitizer_cov_load4(void* from) { on_load(from, __builtin_return_address(0)); }
void __sanitizer_cov_load8(void* from) { on_load(from, __builtin_return_address(0)); }
void __sanitizer_cov_load16(void* from) { on_load(from, __builtin_return_address(0)); }
void __sanitizer_cov_store1(void* to) { on_store<1>(to, __builtin_return_address(0)); }
void __sanitizer_cov_store2(void* to) { on_store<2>(to, __builtin_return_address(0)); }
void __sanitizer_cov_store4(void* to) { on_store<4>(to, __builtin_return_address(0)); }
void __sanitizer_cov_store8(void* to) { on_store<8>(to, __builtin_return_address(0)); }
void __sanitizer_cov_store16(void* to) { on_store<16>(to, __builtin_return_address(0)); }
}

}  // namespace heapjudge
