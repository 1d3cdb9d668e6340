// How a student process ended, and what it left behind.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace heapjudge {

enum class EndingKind : std::uint8_t {
  kDismissed,         // the judge had no more requests and ended it
  kCrashed,           // a signal: `signal`, `address`
  kHung,              // no progress within the deadline
  kExited,            // it called exit or the like: `exit_status`
  kResourceLimit,     // CPU time, memory or output beyond what the rubric grants: `limit`
  kForbiddenSyscall,  // `syscall`
  kNotLoaded,         // the library could not be loaded, or sabotaged that: `output`
};

// Where the process was at one moment, innermost first, as offsets into the submission's library; frames outside
// of it are left out. An offset lies within the instruction that was interrupted, or in the call that has not
// returned.
using Backtrace = std::vector<std::uint64_t>;

// A store of the submission that changed a watched word. Stores of one call are counted from 1; 0: there was none.
struct SeenStore {
  std::uint32_t order = 0;
  Backtrace where;
};

// Those of the last call of the submission.
struct WordStores {
  SeenStore first;
  SeenStore last;
};

struct SeenStores {
  bool armed = false;  // false: this machine does not let a process watch its stores
  std::vector<WordStores> words;
};

// Only `kind`, `signal`, `exit_status` and `cpu_seconds` come from the kernel; the rest is what the process
// said before it died: bounded and printable as it stands, but for explanation only.
struct Ending {
  EndingKind kind = EndingKind::kDismissed;
  bool while_loading = false;             // before mm_init was called: in a constructor, say
  std::size_t served = 0;                 // commands of the last batch that were answered before the end
  int signal = 0;
  int exit_status = 0;
  std::optional<std::uint64_t> address;   // the address whose access crashed
  bool stack_overflow = false;
  std::string syscall;                    // its name
  std::string limit;                      // which: "CPU time", "memory"
  std::vector<Backtrace> backtraces;      // one for a crash, several samples for a hang
  std::optional<SeenStores> stores;       // to the words that were to be watched
  std::string output;                     // the end of what it printed, at most 64 KiB, raw bytes
  std::uint64_t output_bytes = 0;         // all that it printed
  double cpu_seconds = 0;
};

}  // namespace heapjudge
