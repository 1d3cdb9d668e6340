// The processor's watchpoints: stores to a word of this process raise SIGTRAP in it.
#pragma once

#include <cstddef>
#include <cstdint>

namespace heapjudge {

// 8 bytes at `address`, a multiple of 8, until the descriptor that it returns is closed. Below 0 when that is not to be
// had here.
int open_watch_event(std::uintptr_t address);

// Likewise, as watchpoint `number` (0 to 3), until the process ends. False when that is not to be had here.
bool watch_by_debug_register(std::uintptr_t address, std::size_t number);

}  // namespace heapjudge
