// The memory that the judge and a sanitizing process share.
#pragma once

#include <cstdint>

#include "fuzz/input.h"
#include "trace/request.h"
#include "wire/confinement_gate.h"
#include "wire/mailbox.h"

namespace heapjudge {

// Theory of operation.
//
//   judge                                        sanitizing process
//     writes setup and the trace, launches ───►  confines itself
//     opens the gate ─────────────────────────►  loads the submission, makes the requests
//     waits, and watches its memory      ◄─────  what the sanitizers print goes to a file of its own
//     reads that file when it has ended
//
// Live payloads are poisoned, and so is what lies past the heap's end: the submission's own stores and loads there are
// errors to AddressSanitizer. Nothing in here is read back by the judge.
struct SanitizerBoard {
  Setup setup;
  alignas(64) ConfinementGate gate;
  std::uint32_t request_count = 0;
  std::uint32_t block_count = 0;
  std::uint32_t runs = 1;       // 2: the trace is run again in the same process
  std::uint32_t fill_byte = 0;  // what new heap memory holds in the last run
  Request requests[kMostInputRequests];
};

// The first line of the file: "library START END", in hexadecimal; what lies between is the submission's.
inline constexpr const char* kLibraryLine = "library";
inline constexpr const char* kFrameLine = "FRAME";  // the beginning of a line for a frame: its program counter follows

}  // namespace heapjudge
