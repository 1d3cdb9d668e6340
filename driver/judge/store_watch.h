// Can a process be stopped at the store that changes a certain word?
#pragma once

namespace heapjudge {

// True when the kernel gives a process a watchpoint of its own (a breakpoint event that raises SIGTRAP), which many
// virtual machines and containers do not have. Tried in a child of this process.
bool stores_can_be_watched();

}  // namespace heapjudge
