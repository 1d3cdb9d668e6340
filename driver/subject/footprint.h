// Where a submission could keep its books, other than in the heap.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>

#include "wire/mailbox.h"

namespace heapjudge {

// Bytes of private memory that the process has written to, in whole pages: static data, mappings of its own and the C
// library's. Not its stack, whose dead part the host throws away every few batches (student/host.cc).
std::uint64_t private_bytes_of(pid_t process);

// Bytes that somebody wrote where neither side writes: the setup, which is cleared once the host has read it, the
// record of distress of a healthy process, the commands and replies past the largest batch, and the table of ranges
// past its end.
std::uint64_t scribbled_bytes(const Mailbox& mailbox, std::size_t largest_batch);

}  // namespace heapjudge
