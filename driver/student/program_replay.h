// Replays a whole trace without asking the judge, so that the judge can time it from outside.
#pragma once

#include <cstdint>

#include "student/entry_points.h"
#include "wire/mailbox.h"

namespace heapjudge {

// The program as it is mapped here.
struct ProgramView {
  ProgramShape shape;
  const ReplayStep* steps = nullptr;
  std::uint64_t* answers = nullptr;
  std::uint32_t* ticks = nullptr;
};

// Makes the order's passes: mm_init over an empty heap whose memory is as the pass before left it, then each request.
// Makes no system call. `completed` moves every few hundred requests, as a sign of life.
//
// No payload is filled, because that would be most of the time. In its place one byte of each block that is resized is
// written before and looked at after, at a position that the seed decides, and one byte of each cleared block is looked
// at and dirtied: so an mm_realloc that saves itself the copying when it is timed is found out.
//
// A clocked replay notes how long each request of the last pass took.
ReplayOutcome replay_program(const ProgramView& program, const ReplayOrder& order, const EntryPoints& submission,
                             std::atomic<std::uint32_t>& completed);

}  // namespace heapjudge
