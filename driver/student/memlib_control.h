// The grader's side of memlib: what sets the heap up and listens in. Submissions do not see this header.
#pragma once

#include <cstddef>
#include <cstdint>

#include "wire/heap_range.h"
#include "wire/message.h"

namespace heapjudge {

struct MemlibSettings {
  std::byte* base = nullptr;  // limit_bytes of memory, all zero
  std::size_t limit_bytes = 0;
  bool may_shrink = false;
  MappedTable* mapped = nullptr;  // where the ranges are kept, empty at first; null: mem_map refuses
};

struct MemlibRun {
  std::uint8_t fill_byte = 0;      // what new heap memory holds, and what is past its end: see kFilledPastEnd
  std::uint64_t refuse_from = 0;   // growths from this one on are refused (counted from 1; 0: none) ...
  std::uint64_t refuse_count = 0;  // ... as many of them
  bool watched = true;  // memory is looked at when it is handed out, and cleared when it is given back; not when timed
  std::size_t inspected_bytes = 4096;  // most of what is handed out at once; not 0
};

// What happened since the last time it was asked.
struct MemlibEvents {
  std::size_t heap_bytes = 0;     // as in Reply, like all of these
  std::size_t peak_bytes = 0;
  std::uint32_t sbrk_events = 0;  // SbrkEvent bits
  std::uint32_t sbrk_calls = 0;
};

extern "C" {
void heapjudge_memlib_attach(const MemlibSettings* settings);
void heapjudge_memlib_begin(const MemlibRun* run);           // the heap is empty; its bytes are zero already
void heapjudge_memlib_empty();                               // in the midst of a run: empties and zeroes it
void heapjudge_memlib_empty_as_it_is();                      // likewise, but its bytes stay
void heapjudge_memlib_refuse_next(std::uint64_t growths);    // 0 lifts it
void heapjudge_memlib_take_events(MemlibEvents* events);
std::size_t heapjudge_memlib_limit();
const std::size_t* heapjudge_memlib_granted();               // where it keeps how much mem_sbrk has handed out
bool heapjudge_memlib_is_mapped(std::uint64_t offset, std::uint64_t bytes);  // all in one range; bytes is not 0
}

}  // namespace heapjudge
