// What makes a trace a wasteful one.
#pragma once

#include <cstdint>
#include <optional>

#include "fuzz/heap_meter.h"
#include "judge/waste_sheet.h"
#include "trace/random.h"

namespace heapjudge {

// What tables an allocator keeps in the heap are no waste.
inline constexpr std::uint64_t kOwnTables = 8u << 10;

// The trace shows that the submission takes more than rules.times the reference's heap. What an allocator takes at once
// when it grows, up to 64 KiB, is no waste: in a short trace it is most of the heap.
std::optional<WastefulTrace> larger_than_reference(const Trace& trace, HeapMeter& submission, HeapMeter& reference,
                                                   const WasteRules& rules);

// The last request is a malloc with nothing live before it, the heap that is there is larger than it by a quarter and by
// kOwnTables, and yet it grows.
std::optional<WastefulTrace> grows_when_all_is_free(const Trace& trace, HeapMeter& submission);

// Fills a heap of some 30 to 80 KiB with blocks of one size, of two, or of many, and frees them all: forwards, backwards,
// every other one first, or in any order.
Trace fill_and_free_all(Random& random);

// The trace, and at its end a malloc of three quarters of `heap_bytes`.
Trace with_large_request(const Trace& trace, std::uint64_t heap_bytes);

}  // namespace heapjudge
