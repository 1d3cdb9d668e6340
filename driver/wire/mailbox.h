// The memory that the judge and a student process share beside the heap.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "wire/bell.h"
#include "wire/heap_range.h"
#include "wire/message.h"
#include "wire/payload_pattern.h"
#include "wire/replay_program.h"
#include "wire/watched_word.h"

namespace heapjudge {

// Theory of operation.
//
//   judge                                     student process ("host")
//     writes Setup, launches ──────────────►  confines itself: limits, namespaces, Landlock, seccomp
//     reads Confinement      ◄── to_judge ──  says what it reached
//     orders kLoad           ── to_student ►  loads the submission (constructors run), narrows seccomp
//     orders kBegin          ── to_student ►  empties the heap, calls mm_init
//     orders kServe, n       ── to_student ►  answers commands[0..n) into replies[0..n), or fewer: the last one
//                                             may be the first during which `mapped` has changed
//     orders kReplay         ── to_student ►  replays the program that it was launched with, by itself
//
// The judge trusts nothing here once the submission is loaded: it reads every value once, into memory of its
// own, and checks that copy. What it has written it never reads back. Layouts are the same in 32-bit and 64-bit
// programs (static_asserts below).

inline constexpr std::size_t kBatchCapacity = 1024;
inline constexpr std::size_t kMaxBacktraces = 6;
inline constexpr std::size_t kMaxFilter = 512;

enum class Order : std::uint32_t { kLoad, kBegin, kServe, kReplay };

// One instruction of a seccomp filter; the layout of `struct sock_filter`.
struct FilterInstruction {
  std::uint16_t code;
  std::uint8_t jump_true;
  std::uint8_t jump_false;
  std::uint32_t value;
};
static_assert(sizeof(FilterInstruction) == 8);

struct Filter {
  std::uint32_t length = 0;
  std::uint32_t reserved = 0;
  FilterInstruction instructions[kMaxFilter];
};

// Written by the judge before the launch.
struct alignas(64) Setup {
  std::uint64_t heap_base;
  std::uint64_t heap_limit_bytes;
  std::uint64_t memory_bytes;  // address space beside the heap
  std::uint64_t output_bytes;  // what may be printed
  std::uint32_t cpu_seconds;   // the kernel's own deadline, behind the judge's
  std::uint32_t heap_may_shrink;
  std::uint32_t init_returns_bool;
  std::uint32_t want_seccomp;
  std::uint32_t want_landlock;
  std::uint32_t want_namespaces;
  std::uint32_t judge_process;  // its process id
  std::uint32_t pointer_width;  // PointerWidth, of the payload pattern
  ProgramShape program;
  WatchedWord watched[kMaxWatched];
  std::uint32_t watch_ways;  // WatchWay bits
  std::uint32_t reserved;
  char prefix[32];
  char aligned_function[64];
  char checker_function[64];
  Filter loading;  // while the submission is loaded
  Filter serving;  // from then on, in addition
};

// Bits of Confinement::reached.
enum ConfinementLayer : std::uint32_t {
  kLimitsApplied = 1,
  kNoNewPrivileges = 2,
  kNamespacesEntered = 4,
  kLandlockApplied = 8,
  kSeccompApplied = 16,
};

enum class LoadResult : std::uint32_t { kNotYet, kLoaded, kFailed };

// What was going on when the process died or was looked at.
struct alignas(64) Distress {
  std::uint64_t address;     // of the access that crashed
  std::uint32_t has_address;
  std::uint32_t signal;      // 0: nothing was recorded
  std::uint32_t syscall;     // number, for SIGSYS
  std::uint32_t argument;    // its first argument: the status, when it is an exit
  std::uint32_t near_stack;  // the address lies beside the stack pointer
  std::uint32_t backtraces;  // how many
  std::uint32_t depth[8];    // of each; kMaxBacktraces of them are used
  std::uint64_t frames[kMaxBacktraces][kMaxFrames];  // offsets into the submission's library
};

struct alignas(64) Mailbox {
  Setup setup;

  alignas(64) Bell to_student;
  alignas(64) Bell to_judge;
  alignas(64) std::atomic<std::uint32_t> completed;  // commands of this batch answered so far

  alignas(64) Order order;
  std::uint32_t command_count;
  std::uint64_t refuse_from;
  std::uint64_t refuse_count;
  std::uint32_t fill_byte;
  std::uint32_t step_through;  // 1: the calls of this order are those that stores are searched in
  ReplayOrder replay;

  alignas(64) std::uint32_t confinement;  // ConfinementLayer bits
  LoadResult load_result;
  ReplayOutcome replay_outcome;

  Distress distress;
  alignas(64) WatchState watch_state;
  alignas(8) WordRecord stores[kMaxWatched];
  alignas(64) Command commands[kBatchCapacity];
  alignas(64) Reply replies[kBatchCapacity];
  alignas(64) MappedTable mapped;
};

static_assert(std::atomic<std::uint32_t>::is_always_lock_free);
static_assert(sizeof(Setup) == 8512 && sizeof(Distress) == 2368);
static_assert(offsetof(Mailbox, commands) % 64 == 0 && sizeof(Mailbox) == 94784);
static_assert(offsetof(Mailbox, stores) - offsetof(Mailbox, watch_state) == 8);

}  // namespace heapjudge
