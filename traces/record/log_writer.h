// The recorder's pen: one log for the process it lives in, and for those that it becomes.
#pragma once

#include <cstdint>

#include "record/log_layout.h"

namespace heapjudge {

// All of it may be called from any thread and from signal handlers, takes no memory from malloc, holds no
// lock and leaves errno alone.
//
// Writes one record and returns 1 + its number; 0 when it was not written, because this process is not to be
// recorded, or not any longer.
std::uint64_t write_record(LogEvent event, const void* address, std::uint64_t rest);

// The end of a realloc whose begin was written with the result `begin`.
void write_resize_end(std::uint64_t begin, const void* address, std::uint64_t size);

// A request came before anything could be written.
void count_early_request();

// Opens the log that the environment names, if it was not opened yet.
void open_log();

}  // namespace heapjudge
