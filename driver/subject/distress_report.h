// Turns what a dying process wrote down into an Ending, believing none of it.
#pragma once

#include <sys/types.h>

#include "subject/ending.h"
#include "wire/mailbox.h"

namespace heapjudge {

// Why the judge ended the process, when it did.
enum class Reason : std::uint8_t { kNone, kDismissed, kNotLoaded, kRequestOverdue, kTraceOverdue };

// `status` is what waitpid told. Counts in `distress` are clamped before they are used.
Ending form_ending(Reason reason, int status, const Distress& distress, bool ilp32);

}  // namespace heapjudge
