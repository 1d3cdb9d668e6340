// A conviction: the rule, the request, and the evidence a report needs. Pure data.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "history/heap_history.h"
#include "oracle/heap_profile.h"
#include "oracle/violation.h"
#include "subject/ending.h"
#include "submission/symbolize.h"
#include "trace/request.h"

namespace heapjudge {

// Which replay of the trace it was.
enum class Run : std::uint8_t {
  kFirst,      // fresh process, heap memory zero
  kSecond,     // again in the same process, after mm_init
  kOtherFill,  // again with other bytes in new heap memory
  kRefused,    // with a growth of the heap refused
  kOwnChecked, // fresh process, with the submission's own heap checker called in between
  kTimed       // many times over, with nobody looking at the payloads
};

// One stretch of a block's life, for the history and the picture.
struct BlockHistory {
  BlockId block = kNoBlock;
  std::size_t born = 0;      // the request that created this stretch (malloc, calloc, or a realloc)
  std::size_t died = 0;      // the request that freed or resized it; 0 while it lives
  Request request;           // the one that created it
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
};

// What came of the search for the store that damaged bytes.
enum class StoreSearch : std::uint8_t {
  kNone,       // there was nothing to look for, or nobody looked
  kFound,      // Finding::written_at
  kOverwrote,  // likewise; a resized block was written to in its old place, before it was copied
  kNoStore,    // nothing the request did has changed these bytes
  kUnwatched,  // this machine does not let a process watch its stores
  kLost        // the replay took too long, or did not end as the one before
};

// A line of the submission's source, as it stands in the file.
struct SourceLine {
  std::size_t number = 0;
  std::string text;
};

struct Finding {
  Fault fault = Fault::kMisaligned;    // what it is convicted of
  Fault beneath = Fault::kMisaligned;  // what was seen; differs for E108, E202, E203, E204
  std::size_t request = 0;             // from 1; 0 is mm_init; request_count + 1 is "after the last one"
  Request asked;                       // that request; meaningless when request is 0 or past the last
  Run run = Run::kFirst;
  std::variant<Violation, Ending> evidence;
  std::optional<std::size_t> intact_after;  // damage: the request after which the bytes were still right
  std::vector<BlockHistory> histories;      // of the blocks involved, by birth
  std::optional<BlockId> pointer_from;      // a crash at an address that was read from this block's payload
  StoreSearch store_search = StoreSearch::kNone;
  bool in_checker = false;                  // run kOwnChecked: the process ended in the submission's own heap checker
  std::string printed;                      // run kOwnChecked: the end of what it printed, raw bytes
  Backtrace written_at;                     // the store that damaged the bytes, when it was found
  std::vector<std::vector<SourceFrame>> stacks;  // innermost first; several for a hang
  std::vector<SourceLine> excerpt;  // stacks[0][0]'s line, perhaps its neighbours; empty when not readable
  std::uint64_t first_run_offset = 0;       // E203, E204 that only differ: where the first run put the block
  bool only_differs = false;                // E203, E204: both runs are sound but not the same
  bool truncated_pointer = false;           // the crash address looks like a heap address cut to 32 bits
  std::uint64_t heap_base = 0;
  std::uint64_t heap_limit_bytes = 0;
  std::uint64_t refused_growth = 0;         // run kRefused: which growth was refused, from 1
};

// What an unwanted ending is called.
Fault fault_of(EndingKind kind);

// What became of one trace.
struct Examination {
  std::optional<Finding> finding;      // none: passed
  std::optional<HeapProfile> profile;  // of the first run, when that was sound to its end
  std::optional<HeapHistory> history;  // of the first run, when asked for; ends where that went wrong
  std::vector<std::uint64_t> answers;  // of the first run, as offsets in the heap; as many as were given
  std::string isolation;               // of the subject
  std::string checker_remark;          // why its own heap checker was not called to the end; empty: it was, or was not asked
  std::uint64_t output_bytes = 0;      // what the submission printed
};

}  // namespace heapjudge
