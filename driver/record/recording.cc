// Logs into transcripts.
#include "record/recording.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace heapjudge {
namespace {

constexpr std::uint8_t kLargestAlignmentLog2 = 63;

bool is_request(LogEvent event) {
  return event != LogEvent::kNone && event != LogEvent::kResizeBegins && event <= LogEvent::kResizeNull;
}

std::string printable(const std::array<char, 56>& name) {
  std::string text;
  for (const char c : name) {
    if (c == 0) break;
    text += c >= ' ' && c <= '~' ? c : '?';
  }
  return text;
}

class LogReader {
 public:
  LogReader(const LogFile& log, std::uint32_t program, const TranscriptOptions& options)
      : log_(log), program_(program), transcript_(options) {}

  Transcript read() {
    const auto records = log_.records();
    for (std::size_t i = 0; i < records.size() && !transcript_.is_past_window(); ++i) {
      const std::uint64_t what = records[i].what.load(std::memory_order_acquire);
      if (process_of(what) == program_) take(what, records[i].rest.load(std::memory_order_relaxed), i + 1);
    }
    return std::move(transcript_);
  }

 private:
  void take(std::uint64_t what, std::uint64_t rest, std::uint64_t number) {
    const std::uint64_t address = address_of(what);
    switch (event_of(what)) {
      case LogEvent::kNone:
        break;
      case LogEvent::kMalloc:
        transcript_.malloc(address, size_of(rest));
        break;
      case LogEvent::kCalloc:
        transcript_.calloc(address, extra_of(rest), size_of(rest));
        break;
      case LogEvent::kAligned:
        transcript_.aligned(
            address,
            static_cast<std::uint8_t>(std::min<std::uint64_t>(extra_of(rest), kLargestAlignmentLog2)),
            size_of(rest));
        break;
      case LogEvent::kFree:
        transcript_.free(address);
        break;
      case LogEvent::kResizeBegins:
        resizes_.insert_or_assign(rest, transcript_.begin_resize(address));
        break;
      case LogEvent::kResizeEnds:
        transcript_.end_resize(begin_of(number), address, size_of(rest));
        break;
      case LogEvent::kResizeNull:
        transcript_.end_resize(transcript_.begin_resize(0), address, size_of(rest));
        break;
    }
  }

  // A begin that was not written down is one of an unknown block.
  Transcript::Resizing begin_of(std::uint64_t end_number) {
    const auto place = resizes_.find(end_number);
    if (place == resizes_.end()) return {.address = UINT64_MAX};
    const Transcript::Resizing begin = place->second;
    resizes_.erase(place);
    return begin;
  }

  const LogFile& log_;
  std::uint32_t program_;
  std::unordered_map<std::uint64_t, Transcript::Resizing> resizes_;  // by 1 + the number of their end
  Transcript transcript_;
};

}  // namespace

Recording close_log(LogFile& log) {
  LogHeader& header = log.header();
  LogStop none = LogStop::kNone;
  header.stop.compare_exchange_strong(none, LogStop::kReaderIsDone);
  Recording recording{.lost = log.lost(), .early = header.early};
  recording.disk_was_full = header.stop == LogStop::kDiskIsFull;
  std::vector<std::uint64_t> requests(kMostProcesses);
  for (const LogRecord& record : log.records()) {
    const std::uint64_t what = record.what.load(std::memory_order_acquire);
    if (what == 0) ++recording.unfinished;
    if (is_request(event_of(what))) ++requests[process_of(what)];
  }
  const std::uint32_t count = header.processes;
  if (count >= kMostProcesses) recording.unnumbered = count - kMostProcesses + 1;
  for (std::uint32_t number = 1; number <= std::min(count, kMostProcesses - 1); ++number) {
    const LogProcess& entry = header.table[number];
    recording.programs.push_back({number, entry.pid, printable(entry.program), requests[number]});
  }
  return recording;
}

Transcript transcript_of(const LogFile& log, std::uint32_t program, const TranscriptOptions& options) {
  return LogReader(log, program, options).read();
}

}  // namespace heapjudge
