// What the judge and the program that replays a trace on the C library's own malloc share.
#pragma once

#include <cstddef>
#include <cstdint>

#include "trace/request.h"

namespace heapjudge {

// Theory of operation.
//
//   judge                                          heapjudge_libc_replay, a process of its own
//     writes head and requests, starts it  ──────►   replays, asks the C library after each request how much
//                                                    memory it has
//     reads heap_bytes                     ◄──────   writes it and `done`, exits
//
//   | LibcReplay | Request[requests] | LibcSlot[blocks] |
//
// The program holds nothing of the submission's and is trusted. It uses no memory of the C library for itself: all
// that it has to remember stands here. Layouts are the same in 32-bit and 64-bit programs.
struct LibcReplay {
  std::uint64_t requests = 0;
  std::uint64_t blocks = 0;
  std::uint64_t heap_limit_bytes = 0;  // the C library gets about so much from the system, and no more
  std::uint64_t heap_bytes = 0;        // the most that it had
  std::uint32_t done = 0;
  std::uint32_t reserved = 0;
};
static_assert(sizeof(LibcReplay) == 40 && sizeof(LibcReplay) % alignof(Request) == 0);

struct LibcSlot {
  std::uint64_t address = 0;  // of the live block; 0: NULL
  std::uint64_t size = 0;     // as it was asked for
};

constexpr std::size_t libc_replay_bytes(std::size_t requests, std::size_t blocks) {
  return sizeof(LibcReplay) + requests * sizeof(Request) + blocks * sizeof(LibcSlot);
}

}  // namespace heapjudge
