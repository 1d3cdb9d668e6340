// The log that the recorder inside a program writes and the judge's side reads.
//
// Theory of operation. The log is one file, mapped by every process that writes to it:
//
//   | LogHeader | LogRecord 0 | LogRecord 1 | ...                              (a hole as long as the
//   capacity) |
//
// A writer takes the next record's number from one atomic counter, fills the record in, and stores its `what`
// last. So the order of the numbers is the order of the requests, in all threads of all processes, provided
// that
//   - what gives an address away (free, the begin of realloc) takes its number before the allocator is
//   called,
//   - what hands one out (malloc, the end of realloc) takes it after the allocator has answered.
// A writer that dies in between leaves a record whose `what` is 0; everything else it wrote stays in the
// file. A realloc is two records, because the old address is free for other threads before the new one is
// known.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace heapjudge {

inline constexpr std::uint64_t kLogMagic = 0x31474f4c4a504148;   // "HAPJLOG1"
inline constexpr const char* kLogVariable = "HEAPJUDGE_RECORD";  // the environment names the log's file

enum class LogEvent : std::uint8_t {
  kNone,          // not written
  kMalloc,        // address, size
  kCalloc,        // address, size of an element, extra: how many
  kAligned,       // address, size, extra: log2 of the alignment
  kFree,          // address
  kResizeBegins,  // address: the old one, never NULL; link
  kResizeEnds,    // address: the new one, size
  kResizeNull,    // realloc(NULL, size): address, size
};

// Addresses are 0 where the allocator refused, or for free(NULL). They have 48 bits in every program that
// does not ask for more; a size that needs more is always refused.
//
//   what   | process: 12 | event: 4 | address: 48 |      rest   | extra: 16 | size: 48 |
//
// `rest` of a kResizeBegins is a link instead: 1 + the number of the kResizeEnds, or 0 when none came.
struct LogRecord {
  std::atomic<std::uint64_t> what = 0;
  std::atomic<std::uint64_t> rest = 0;
};
static_assert(sizeof(LogRecord) == 16 && std::atomic<std::uint64_t>::is_always_lock_free);

inline constexpr unsigned kAddressBits = 48;
inline constexpr unsigned kEventBits = 4;
inline constexpr unsigned kProcessBits = 12;
inline constexpr unsigned kSizeBits = 48;
inline constexpr std::uint64_t kMostAddress = (std::uint64_t{1} << kAddressBits) - 1;
inline constexpr std::uint64_t kMostSize = (std::uint64_t{1} << kSizeBits) - 1;
inline constexpr std::uint64_t kMostExtra = (std::uint64_t{1} << (64 - kSizeBits)) - 1;

constexpr std::uint64_t pack_what(LogEvent event, std::uint32_t process, std::uint64_t address) {
  return (address & kMostAddress) | static_cast<std::uint64_t>(event) << kAddressBits |
         std::uint64_t{process} << (kAddressBits + kEventBits);
}
constexpr LogEvent event_of(std::uint64_t what) {
  return static_cast<LogEvent>(what >> kAddressBits & ((1u << kEventBits) - 1));
}
constexpr std::uint32_t process_of(std::uint64_t what) {
  return static_cast<std::uint32_t>(what >> (kAddressBits + kEventBits));
}
constexpr std::uint64_t address_of(std::uint64_t what) {
  return what & kMostAddress;
}

constexpr std::uint64_t pack_rest(std::uint64_t size, std::uint64_t extra) {
  return (size < kMostSize ? size : kMostSize) | extra << kSizeBits;
}
constexpr std::uint64_t size_of(std::uint64_t rest) {
  return rest & kMostSize;
}
constexpr std::uint64_t extra_of(std::uint64_t rest) {
  return rest >> kSizeBits;
}

// One program in one process: after a fork, and after an exec, comes another one.
struct LogProcess {
  std::int32_t pid = 0;
  std::uint32_t parent = 0;        // the process it was forked from; 0 for one that began with an exec
  std::array<char, 56> program{};  // the name of its file, without the folder, cut short, ended by a 0
};

inline constexpr std::uint32_t kMostProcesses = 1u << kProcessBits;  // number 0 is nobody's

enum class LogStop : std::uint32_t {
  kNone,
  kReaderIsDone,
  kDiskIsFull,
};

// What keeps a program that loaded the recorder from being recorded.
enum class LogObstacle : std::uint32_t {
  kNone,
  kNoAddressSpace,  // the log could not be mapped
  kOldKernel,       // no MADV_WIPEONFORK
};

struct LogHeader {
  std::uint64_t magic = kLogMagic;
  std::uint64_t capacity = 0;          // records
  std::uint32_t follows_children = 0;  // else only the process that was started first
  std::atomic<std::uint32_t> main_pid = 0;
  std::atomic<LogStop> stop = LogStop::kNone;  // anything but kNone: write no more
  std::atomic<LogObstacle> obstacle = LogObstacle::kNone;
  std::atomic<std::uint32_t> processes = 0;  // numbers given out; those beyond the table are not recorded
  std::atomic<std::uint32_t> early = 0;      // requests before the log could be opened; not recorded
  alignas(64) std::atomic<std::uint64_t> next = 0;  // numbers given out; those beyond the capacity are lost
  alignas(64) std::array<LogProcess, kMostProcesses> table{};
};

inline constexpr std::size_t kLogHeaderBytes = 1 << 19;
static_assert(sizeof(LogHeader) <= kLogHeaderBytes);

constexpr std::size_t log_bytes(std::uint64_t capacity) {
  return kLogHeaderBytes + capacity * sizeof(LogRecord);
}

}  // namespace heapjudge
