// A submission that replays a trace by itself, timed from outside.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "subject/child_subject.h"
#include "subject/ending.h"
#include "subject/instruction_record.h"
#include "subject/replay_program.h"

namespace heapjudge {

struct TimedReplay {
  bool ended = false;       // it did not survive; end() tells how, and the rest means nothing
  double cpu_seconds = 0;   // of its process, from asleep to asleep: all passes, and what an order costs
  ReplayOutcome outcome;    // untrusted
};

// What becomes of the answers that stand there before a replay. To write them all costs the caches that the replay is to
// find warm; a few are enough to see whether it writes them again.
enum class EarlierAnswers : std::uint8_t { kCleared, kSpoiledHereAndThere };

class TimedSubject {
 public:
  virtual ~TimedSubject() = default;

  // The answers of its program stand there afterwards.
  virtual TimedReplay replay_program(const ReplayOrder& order, EarlierAnswers earlier = EarlierAnswers::kCleared) = 0;

  // As in Subject.
  virtual std::uint64_t touched_bytes() = 0;
  virtual std::uint64_t bytes_outside_heap() = 0;
  virtual const Ending& end() = 0;
};

// As launch() does; `program` outlives the subject. A request's deadline is that of a few hundred requests here, and
// the trace's that of one order.
std::unique_ptr<TimedSubject> launch_timed(const LaunchSettings& settings, ReplayProgram& program);

// Under valgrind, for orders whose target is kCounted: what callgrind says goes to the record. `scratch_dir` exists; the
// process has a folder there while the subject lives. All deadlines are many times longer. `program` and `record`
// outlive the subject.
//
// What the sandbox lacks then: the filter of system calls refuses what reaches others and allows the rest, and
// programs, libraries and that folder can be opened. The submission shares its process with valgrind: one that means to
// can forge its count, though not its answers.
struct CountingLaunch {
  std::filesystem::path valgrind;
  std::filesystem::path scratch_dir;
};
std::unique_ptr<TimedSubject> launch_counted(const LaunchSettings& settings, const CountingLaunch& counting,
                                             ReplayProgram& program, InstructionRecord& record);

}  // namespace heapjudge
