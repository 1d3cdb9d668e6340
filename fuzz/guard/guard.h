// The host's side of the guard: watches every load and store of a submission against what is live, and brings the
// process back from whatever the submission does to it. Submissions do not see this header.
#pragma once

#include <cstddef>
#include <cstdint>

#include "wire/payload_pattern.h"

namespace heapjudge {

// Theory of operation.
//
//   submission ── load, store, memcpy ... ──► callback ──► tags ──► goes on
//                                                           └─ a live payload, or not heap ─► escape
//   submission ── signal, exit, abort, too many steps ──────────────────────────────────────► escape
//
// The submission is compiled with callbacks at every load and store, and linked so that what it calls of libc comes
// through here. A tag for each granule of 8 bytes says how many of them, from its first on, are payload. An escape
// unwinds the submission to where heapjudge_guard_run() was called, before the store has happened; what the
// submission has left behind is for the caller to put right. One per process, as memlib is.
//
// Steps, not seconds, tell that a submission makes no progress: each callback is one, and libc's functions cost some
// by length. A loop without any load or store takes none; a clock of the process itself ends that (kStandstill).

inline constexpr std::uint64_t kGranuleBytes = 8;
inline constexpr std::uint64_t kPageBytes = 4096;
inline constexpr std::size_t kMaxEscapeFrames = 32;

enum class EscapeKind : std::uint32_t {
  kSignal,
  kExit,
  kOutOfSteps,
  kStandstill,        // so long in one request, without a step, that it will not end
  kStoreIntoPayload,
  kStoreOutsideHeap,
};

// Where the submission was, and why it was left.
struct Escape {
  EscapeKind kind = EscapeKind::kSignal;
  std::int32_t signal = 0;
  std::int32_t exit_status = 0;
  std::uint32_t has_address = 0;
  std::uint64_t address = 0;        // of the access that crashed
  std::uint32_t near_stack = 0;     // it lies beside the stack pointer
  std::uint32_t store_bytes = 0;    // of the store that was convicted
  std::uint64_t store_offset = 0;   // where, as a heap offset
  std::uint32_t reserved = 0;
  std::uint32_t depth = 0;          // of frames, innermost first; one alone unless a backtrace is wanted
  std::uint64_t frames[kMaxEscapeFrames] = {};  // offsets in the submission's library, within the instruction or call
};

// A read of payload is no crime: designs without footers may look there. What was read is not told apart from
// what was needed.
struct PayloadReads {
  std::uint64_t count = 0;
  std::uint64_t first_frame = 0;  // as in Escape
};

struct GuardSettings {
  std::byte* heap = nullptr;
  std::uint64_t heap_limit_bytes = 0;
  std::uint8_t* tags = nullptr;      // one for each granule of the heap and kSpareTags more, all zero
  std::uint8_t* used = nullptr;      // one for each stretch of the heap that begins, see below
  std::uint8_t* dirty_pages = nullptr;  // one for each page of the static data: set where a store went
};
inline constexpr std::uint64_t kSpareTags = 16;

// What went into a stretch of the heap: nothing (0), nothing but tags (kUsedForTags), whatever a store may have left
// (kUsedWholly), or samples of one payload alone (Coverage::kSampled). Of these a stretch holds one at most, which begins
// in a line whose number is told, and ends in the next line.
inline constexpr std::uint64_t kStretchBytes = kSampledStepBytes;
constexpr std::uint64_t stretches_of(std::uint64_t bytes) { return (bytes + kStretchBytes - 1) / kStretchBytes; }
inline constexpr std::uint8_t kUsedWholly = 1;
inline constexpr std::uint8_t kUsedFromLine = 2;  // and from there on
inline constexpr std::uint8_t kUsedForTags = 255;
static_assert(kUsedFromLine + kStretchBytes / kSampledLineBytes <= kUsedForTags);

// Of bytes[begin .. end) the first that is not 0; `end` when all are.
inline std::uint64_t first_set(const std::uint8_t* bytes, std::uint64_t begin, std::uint64_t end) {
  for (; begin + sizeof(std::uint64_t) <= end; begin += sizeof(std::uint64_t)) {
    std::uint64_t eight = 0;
    __builtin_memcpy(&eight, bytes + begin, sizeof eight);
    if (eight != 0) return begin + static_cast<unsigned>(__builtin_ctzll(eight)) / 8;
  }
  while (begin < end && bytes[begin] == 0) ++begin;
  return begin;
}

// Where a library lies; static data is what of it can be written.
struct LibraryPlace {
  std::uint64_t base = 0;
  std::uint64_t end = 0;
  std::uint64_t data = 0;
  std::uint64_t data_bytes = 0;
};

inline constexpr long kTickMicroseconds = 4'000;  // no kernel's clock ticks much faster

extern "C" {
void heapjudge_guard_attach(const GuardSettings* settings);
void heapjudge_guard_watch(const LibraryPlace* library);

// Signals from here on lead to an escape; those outside of heapjudge_guard_run() end the process as ever.
void heapjudge_guard_install();

// Calls body(argument) with the guard on. False when it was left by an escape, which is then in `escape`. Nothing
// between here and the submission may own anything.
bool heapjudge_guard_run(void (*body)(void*), void* argument, Escape* escape);

void heapjudge_guard_allow_steps(std::uint64_t steps);  // from now on
void heapjudge_guard_allow_ticks(unsigned ticks);       // of kTickMicroseconds of CPU time, in one request without a step
std::uint64_t heapjudge_guard_steps_left();
void heapjudge_guard_want_backtraces(bool wanted);

// What is live. `offset` is a multiple of a granule; other blocks are passed over. `is_new`: all of it was filled as one
// payload, if at all. forget() tells how many bytes were marked from there on.
void heapjudge_guard_mark(std::uint64_t offset, std::uint64_t bytes, bool is_new);
std::uint64_t heapjudge_guard_forget(std::uint64_t offset);
void heapjudge_guard_forget_all();

void heapjudge_guard_take_reads(PayloadReads* reads);

// The counters of edges that the submission's own start has announced; none without instrumentation.
struct EdgeCounters {
  char* start = nullptr;
  char* stop = nullptr;
};
void heapjudge_guard_edge_counters(EdgeCounters* counters);
bool heapjudge_guard_is_instrumented();
}

}  // namespace heapjudge
