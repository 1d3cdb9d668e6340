// Contenders that are real processes, with the answers of their checked replays.
#pragma once

#include <cstdint>
#include <vector>

#include "judge/measure.h"
#include "subject/child_subject.h"

namespace heapjudge {

// Throws std::runtime_error when the replay is not sound.
std::vector<std::uint64_t> checked_answers(const LaunchSettings& settings, const Trace& trace);

Contender real_contender(const LaunchSettings& settings, const std::vector<Trace>& orders);

}  // namespace heapjudge
