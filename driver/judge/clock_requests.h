// Finds out how long each request takes, for pictures.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <variant>

#include "history/latencies.h"
#include "judge/measure.h"

namespace heapjudge {

// The same requests are replayed several times in one process, so on warm caches and without the page faults of a heap
// that is new. `answers` are those of the checked replay: who answers otherwise has done other work, and then, or when the
// process does not survive, this tells why there are no figures. Throws when the machine is at fault.
std::variant<Latencies, std::string> clock_requests(const Trace& trace, const Contender& subject,
                                                    std::span<const std::uint64_t> answers);

}  // namespace heapjudge
