#include "subject/footprint.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <span>
#include <string>

namespace heapjudge {

namespace {

std::uint64_t nonzero_in(std::span<const std::byte> bytes) {
  return static_cast<std::uint64_t>(std::ranges::count_if(bytes, [](std::byte b) { return b != std::byte{0}; }));
}

template <typename Value, std::size_t kCount>
std::uint64_t nonzero_past(const Value (&values)[kCount], std::size_t used) {
  return nonzero_in(std::as_bytes(std::span(values).subspan(std::min(used, kCount))));
}

}  // namespace

std::uint64_t private_bytes_of(pid_t process) {
  std::ifstream map("/proc/" + std::to_string(process) + "/smaps");
  constexpr std::string_view kAnonymous = "Anonymous:";
  std::uint64_t kibibytes = 0;
  bool is_stack = false;
  for (std::string line; std::getline(map, line);) {
    if (line.starts_with(kAnonymous)) {
      if (!is_stack) kibibytes += std::strtoull(line.c_str() + kAnonymous.size(), nullptr, 10);
    } else if (line.find('-') < line.find(':')) {  // "7ffff7dd5000-7ffff7dfb000 r--p ... [stack]"
      is_stack = line.ends_with("[stack]");
    }
  }
  return kibibytes * 1024;
}

std::uint64_t scribbled_bytes(const Mailbox& mailbox, std::size_t largest_batch) {
  return nonzero_in(std::as_bytes(std::span(&mailbox.setup, 1))) +
         nonzero_in(std::as_bytes(std::span(&mailbox.distress, 1))) +
         nonzero_past(mailbox.commands, largest_batch) + nonzero_past(mailbox.replies, largest_batch) +
         nonzero_past(mailbox.mapped.ranges, mailbox.mapped.count);
}

}  // namespace heapjudge
