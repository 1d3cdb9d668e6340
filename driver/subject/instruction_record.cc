#include "subject/instruction_record.h"

#include <sys/mman.h>
#include <unistd.h>

#include <charconv>
#include <stdexcept>
#include <string>
#include <vector>

namespace heapjudge {

namespace {

constexpr off_t kMostBytes = 16 << 20;
constexpr std::string_view kEvents = "events:";
constexpr std::string_view kSummary = "summary:";
constexpr std::string_view kTotals = "totals:";

struct Profile {
  std::vector<std::uint64_t> summaries;  // as announced at the head of each part ...
  std::vector<std::uint64_t> totals;     // ... and as they came out
  bool is_sound = true;
};

std::uint64_t number_in(std::string_view text, bool& is_sound) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  is_sound = is_sound && error == std::errc() && end == text.data() + text.size();
  return value;
}

void take_line(std::string_view line, Profile& profile) {
  const std::size_t space = line.find(' ');
  if (space == line.npos) return;
  const std::string_view key = line.substr(0, space);
  const std::string_view value = line.substr(space + 1);
  if (key == kSummary) profile.summaries.push_back(number_in(value, profile.is_sound));
  if (key == kTotals) profile.totals.push_back(number_in(value, profile.is_sound));
  if (key == kEvents) profile.is_sound = profile.is_sound && value == "Ir";
}

}  // namespace

InstructionRecord::InstructionRecord() : file_(memfd_create("instructions", MFD_CLOEXEC)) {
  if (file_.get() < 0) throw std::runtime_error("cannot make a file for instruction counts");
}

void InstructionRecord::clear() {
  if (ftruncate(file_.get(), 0) != 0) throw std::runtime_error("cannot clear the file for instruction counts");
}

std::optional<std::uint64_t> InstructionRecord::instructions() const {
  const off_t size = lseek(file_.get(), 0, SEEK_END);
  if (size <= 0 || size > kMostBytes) return std::nullopt;
  std::string text(static_cast<std::size_t>(size), '\0');
  const ssize_t got = pread(file_.get(), text.data(), text.size(), 0);
  if (got != static_cast<ssize_t>(text.size())) return std::nullopt;
  return counted_instructions(text);
}

std::optional<std::uint64_t> counted_instructions(std::string_view profile) {
  Profile found;
  while (!profile.empty() && found.is_sound) {
    const std::size_t end = std::min(profile.find('\n'), profile.size());
    take_line(profile.substr(0, end), found);
    profile.remove_prefix(std::min(end + 1, profile.size()));
  }
  const bool two_parts = found.summaries.size() == 2 && found.totals == found.summaries;
  if (!found.is_sound || !two_parts || found.totals[0] < found.totals[1]) return std::nullopt;
  return found.totals[0] - found.totals[1];
}

}  // namespace heapjudge
