// Numbers as the reports write them.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace heapjudge {

std::string grouped(std::uint64_t number);      // "212 372"
std::string kibibytes(std::uint64_t bytes);     // "1 650 K": rounded up, so that a used heap is never 0 K
std::string size_text(std::uint64_t bytes);     // "100 MiB", "1.5 KiB", "20 bytes"
std::string bytes_text(std::uint64_t count);    // "1 byte", "20 bytes"
std::string counted(std::uint64_t count, std::string_view one);  // "1 block", "2 000 blocks"
std::string percent(double fraction);           // "47.3"
std::string points_text(double points);         // "46.2"
std::string speed_text(double speed);           // "1.93x": so many times as fast as the reference
std::string time_text(double nanoseconds);      // "0.8 ns", "31 ns", "1.24 us", "17.2 ms"
std::string heap_offset(std::uint64_t offset);  // "+0x0a0"; below the heap's start "-0x8"
std::string hex_bytes(std::span<const std::uint8_t> bytes);  // "01 00 ff"
std::string signal_name(int signal);                         // "SIGSEGV", "signal 99"

}  // namespace heapjudge
