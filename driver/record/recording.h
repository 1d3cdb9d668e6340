// What a log says: which programs ran, and what each of them asked for.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "record/log_file.h"
#include "trace/transcript.h"

namespace heapjudge {

// One program in one process: a fork and an exec both begin another one.
struct RecordedProgram {
  std::uint32_t number = 0;  // in the log, from 1
  std::int32_t pid = 0;
  std::string name;            // of its file, without the folder; printable
  std::uint64_t requests = 0;  // as TranscriptCounts::requests
};

struct Recording {
  std::vector<RecordedProgram> programs;  // in the order in which they began
  std::uint64_t unfinished = 0;           // requests whose process ended before they were written down
  std::uint64_t lost = 0;                 // for which the log had no room
  std::uint64_t early = 0;                // before the recorder could write; all programs together
  std::uint32_t unnumbered = 0;           // programs beyond what the log can tell apart; not recorded
  bool disk_was_full = false;             // what came after that is missing
};

// Nothing is written to the log any longer; programs that still run go on unrecorded.
Recording close_log(LogFile& log);

// The requests of one of its programs.
Transcript transcript_of(const LogFile& log, std::uint32_t program, const TranscriptOptions& options);

}  // namespace heapjudge
