// What a program for the debugger replays: a file that the judge writes and that program reads.
#pragma once

#include <cstddef>
#include <cstdint>

#include "trace/request.h"

namespace heapjudge {

// Theory of operation.
//
//   judge  ──► plan file: DebugPlan, then `requests` times Request
//                 │
//   gdb ──► debug host ──► loads the library by its own name, replays as the judge does, one request at a time
//    │             │
//    └── reads ────┴► DebugBooks: what is live where, in the host's memory; the requests, in the file
//
// There is no sandbox and no judge beside it: who debugs runs his own program on his own machine. Layouts are the same in
// 32-bit and 64-bit programs, and driver/debug/gdb_commands.py knows them.
inline constexpr std::uint64_t kDebugPlanMark = 0x316e616c70676264;  // "dbgplan1"

struct DebugPlan {
  std::uint64_t mark = kDebugPlanMark;
  std::uint64_t heap_base = 0;
  std::uint64_t heap_limit_bytes = 0;
  std::uint64_t refuse_from = 0;  // as in RunSettings, of the last run
  std::uint64_t refuse_count = 0;
  std::uint64_t requests = 0;
  std::uint64_t blocks = 0;
  std::uint32_t heap_may_shrink = 0;
  std::uint32_t init_returns_bool = 0;
  std::uint32_t pointer_width = 0;
  std::uint32_t fill_byte = 0;      // of the last run
  std::uint32_t whole_runs_before = 0;
  std::uint32_t stop_at = 0;        // the request of the last run before which stop_here() is called; 0: mm_init
  char prefix[32] = {};
  char aligned_function[64] = {};
};
static_assert(sizeof(DebugPlan) == 176);

enum class DebugBlockState : std::uint32_t { kAbsent, kLive, kRefused };

struct DebugBlock {
  std::uint64_t offset = 0;  // in the heap
  std::uint64_t size = 0;
  std::uint32_t born = 0;  // the request that made it, from 1: the stamp of its payload
  DebugBlockState state = DebugBlockState::kAbsent;
};
static_assert(sizeof(DebugBlock) == 24);

// `blocks` and `answers` are addresses in the host. The answer to request i, an offset as in Reply, stands at [i - 1].
struct DebugBooks {
  std::uint64_t blocks = 0;
  std::uint64_t answers = 0;
  std::uint64_t heap_bytes = 0;  // what mem_sbrk has granted, before the request in hand
  std::uint32_t request = 0;     // in hand
  std::uint32_t run = 1;         // from 1
  std::uint32_t stop_at = 0;     // may be changed by the debugger, which is then called back there
  std::uint32_t last_run = 1;
};
static_assert(sizeof(DebugBooks) == 40);

}  // namespace heapjudge
