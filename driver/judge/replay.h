// One replay of a trace on a subject: the only loop there is that sends requests and judges replies.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "history/heap_history.h"
#include "oracle/block_layout.h"
#include "oracle/heap_profile.h"
#include "wire/payload_pattern.h"
#include "oracle/violation.h"
#include "subject/subject.h"
#include "trace/trace.h"

namespace heapjudge {

// Theory of operation.
//
//   requests ──► batch ──► verify what the batch frees or resizes ──► subject ──► judge each reply in order,
//                                                                                 verify the new payloads
//   ... and at the end verify every live payload and the memory past the heap's end.
//
// A batch never both creates and consumes a block: so whatever it frees or resizes is verified before it, and
// whatever it creates (and the request server fills) after it. Damage therefore shows late in a replay of large
// batches; replays that stop earlier, and one that takes the last request alone, find where it began
// (judge/narrow.h).
//
// Where stores are guarded, sweeps look for what the guard cannot see, and wait until it would be lost: a payload that
// stays as it was filled is verified once, when it is freed, resized, or left at the end, and of a large one only samples
// (Coverage::kSampled); the memory past the heap's end at the end, and when the heap gets smaller.

struct ReplayRules {
  std::uint64_t heap_limit_bytes = 100u << 20;
  std::uint32_t alignment = 16;
  PointerWidth pointer_width = PointerWidth::k64;
  bool heap_may_shrink = false;
  std::optional<BlockLayout> layout;     // that live blocks must have (E401)
  std::size_t checker_result_bytes = 0;  // of the submission's own heap checker; 0: it returns nothing
};

struct ReplaySettings {
  RunSettings run;
  std::size_t count = SIZE_MAX;   // the first so many requests of the trace
  bool last_alone = false;        // verify everything before the last of them, and serve that one alone
  bool ignore_refusals = false;   // kRefuse does nothing
  bool avoid_null = false;        // free(NULL) is left out, realloc(NULL, n) is malloc(n)
  bool own_checks = false;        // the submission's own heap checker is called in between, see judge/own_checks.h
  bool profile = false;
  bool history = false;           // what every picture of the heap is made of; takes some 50 bytes a request
};

struct ReplayResult {
  std::optional<Violation> violation;
  bool ended = false;                      // the subject did not survive; its Ending tells how
  std::size_t ended_at = 0;                // the request it was working on, or has answered last; 0 is mm_init
  bool ended_in_checker = false;           // it was its own heap checker that did not return
  std::vector<std::uint64_t> offsets;      // of each reply, as an offset in the heap; for comparing runs
  std::uint64_t growths = 0;               // calls of mem_sbrk that asked for more
  std::optional<HeapProfile> profile;
  std::optional<HeapHistory> history;      // when asked for, up to the last reply that is sound; damage may lie before it

  bool is_sound() const { return !violation && !ended; }
  // The request it went wrong at; only when it is not sound.
  std::size_t request() const { return violation ? violation->request : ended_at; }
};

ReplayResult replay(Subject& subject, const Trace& trace, const ReplayRules& rules,
                    const ReplaySettings& settings);

// One replay after the other on the same subject, each as replay() would do it, in memory that is kept: for traces so
// short that taking memory would cost more than the replay.
class Replayer {
 public:
  explicit Replayer(Subject& subject);
  ~Replayer();
  Replayer(const Replayer&) = delete;
  Replayer& operator=(const Replayer&) = delete;

  ReplayResult replay(const Trace& trace, const ReplayRules& rules, const ReplaySettings& settings);

 private:
  class Replay;

  Subject& subject_;
  std::unique_ptr<Replay> replay_;  // none before the first one
};

}  // namespace heapjudge
