// Formats counts, sizes, offsets and signals.
#include "reports/numbers.h"

#include <fmt/format.h>

#include <array>
#include <csignal>

namespace heapjudge {
namespace {

struct SignalName {
  int number;
  std::string_view name;
};
constexpr std::array<SignalName, 12> kSignalNames{{{SIGSEGV, "SIGSEGV"},
                                                   {SIGBUS, "SIGBUS"},
                                                   {SIGABRT, "SIGABRT"},
                                                   {SIGFPE, "SIGFPE"},
                                                   {SIGILL, "SIGILL"},
                                                   {SIGTRAP, "SIGTRAP"},
                                                   {SIGKILL, "SIGKILL"},
                                                   {SIGTERM, "SIGTERM"},
                                                   {SIGPIPE, "SIGPIPE"},
                                                   {SIGXCPU, "SIGXCPU"},
                                                   {SIGSYS, "SIGSYS"},
                                                   {SIGINT, "SIGINT"}}};

}  // namespace

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, 1, ' ');
  }
  return digits;
}

std::string kibibytes(std::uint64_t bytes) {
  return grouped(bytes / 1024 + (bytes % 1024 != 0 ? 1 : 0)) + " K";
}

std::string size_text(std::uint64_t bytes) {
  constexpr std::array<std::string_view, 4> kUnits{"KiB", "MiB", "GiB", "TiB"};
  if (bytes < 1024) return bytes_text(bytes);
  double amount = static_cast<double>(bytes) / 1024;
  std::size_t unit = 0;
  for (; amount >= 1024 && unit + 1 < kUnits.size(); ++unit) amount /= 1024;
  return fmt::format("{:.4g} {}", amount, kUnits[unit]);
}

std::string bytes_text(std::uint64_t count) {
  return counted(count, "byte");
}

std::string counted(std::uint64_t count, std::string_view one) {
  return grouped(count) + " " + std::string(one) + (count == 1 ? "" : "s");
}

std::string percent(double fraction) {
  return fmt::format("{:.1f}", fraction * 100);
}

std::string points_text(double points) {
  return fmt::format("{:.1f}", points);
}

std::string speed_text(double speed) {
  if (speed >= 100) return fmt::format("{:.0f}x", speed);
  return speed < 0.1 ? fmt::format("{:.3f}x", speed) : fmt::format("{:.2f}x", speed);
}

std::string time_text(double nanoseconds) {
  constexpr std::array<std::string_view, 4> kUnits{"ns", "us", "ms", "s"};
  double amount = nanoseconds;
  std::size_t unit = 0;
  for (; amount >= 999.5 && unit + 1 < kUnits.size(); ++unit) amount /= 1000;
  if (unit == 0 && amount >= 10) return fmt::format("{:.0f} ns", amount);
  return unit == 0 ? fmt::format("{:.1f} ns", amount) : fmt::format("{:.3g} {}", amount, kUnits[unit]);
}

std::string heap_offset(std::uint64_t offset) {
  constexpr std::uint64_t kFirstNegative = std::uint64_t{1} << 63;
  return offset < kFirstNegative ? fmt::format("+0x{:03x}", offset) : fmt::format("-0x{:03x}", 0 - offset);
}

std::string hex_bytes(std::span<const std::uint8_t> bytes) {
  std::string text;
  for (const std::uint8_t byte : bytes) text += fmt::format("{}{:02x}", text.empty() ? "" : " ", byte);
  return text;
}

std::string signal_name(int signal) {
  for (const SignalName& known : kSignalNames) {
    if (known.number == signal) return std::string(known.name);
  }
  return "signal " + std::to_string(signal);
}

}  // namespace heapjudge
