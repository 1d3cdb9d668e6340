// What the parts of the guard know of each other: the tags, the steps, and the way out.
#pragma once

#include "fuzz/guard/guard.h"

namespace heapjudge {

// Bits of a tag: how many bytes are payload, 0 to kGranuleBytes; and that a block starts here.
inline constexpr std::uint8_t kTagBytes = 0x0f;
inline constexpr std::uint8_t kTagStart = 0x80;

// All that a callback looks at, close together.
struct Watch {
  std::uint64_t steps_left = 0;
  std::uint64_t heap = 0;                 // its address
  std::uint64_t heap_limit_bytes = 0;     // 0: nothing is watched
  std::uint8_t* tags = nullptr;
  std::uint8_t* used = nullptr;
  const std::size_t* granted = nullptr;   // what mem_sbrk has handed out, now
  std::uint64_t data = 0;                 // static data
  std::uint64_t data_bytes = 0;
  std::uint8_t* dirty_pages = nullptr;
  LibraryPlace library;
  PayloadReads reads;
  const void* caller = nullptr;           // of the libc function that is running for the submission
  bool want_backtraces = false;
};

extern Watch watch __attribute__((visibility("hidden")));

// Never return. `pc` is a return address in the submission.
[[noreturn]] void escape_from_store(EscapeKind kind, std::uint64_t offset, std::uint64_t bytes, const void* pc)
    __attribute__((visibility("hidden")));
[[noreturn]] void escape_by_exit(int status, const void* pc) __attribute__((visibility("hidden")));
[[noreturn]] void escape_by_abort(const void* pc) __attribute__((visibility("hidden")));
[[noreturn]] void escape_out_of_steps(const void* pc) __attribute__((visibility("hidden")));

// As a load or store of so many bytes would be.
void check_load(const void* from, std::uint64_t bytes, const void* pc) __attribute__((visibility("hidden")));
void check_store(void* to, std::uint64_t bytes, const void* pc) __attribute__((visibility("hidden")));

void take_steps(std::uint64_t steps, const void* pc) __attribute__((visibility("hidden")));

}  // namespace heapjudge
