// Logs as they may be found: what a record means, and what a damaged one does.
#include "record/recording.h"

#include <gtest/gtest.h>

#include <cstring>
#include <string>

#include "tests/temporary_folder.h"
#include "tests/test_main.h"
#include "trace/input_error.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

class Log : public testing::Test {
 protected:
  void add(LogEvent event, std::uint64_t address, std::uint64_t size = 0, std::uint64_t extra = 0,
           std::uint32_t process = 1) {
    add_words(pack_what(event, process, address), pack_rest(size, extra));
  }

  void add_begin(std::uint64_t address, std::uint64_t end_number) {
    add_words(pack_what(LogEvent::kResizeBegins, 1, address), end_number);
  }

  void add_words(std::uint64_t what, std::uint64_t rest) {
    const std::uint64_t number = log_.header().next++;
    auto& record = const_cast<LogRecord&>(log_.records()[number]);
    record.what = what;
    record.rest = rest;
  }

  std::string requests(std::uint32_t process = 1) {
    Transcript transcript = transcript_of(log_, process, {});
    const std::string text = print_trace(transcript.finish("t.rep"));
    counts_ = transcript.counts();
    std::size_t start = 0;
    for (int line = 0; line < 4; ++line) start = text.find('\n', start) + 1;
    return text.substr(start);
  }

  TemporaryFolder folder_;
  LogFile log_{folder_.path() / "log", {.most_records = 1 << 16}};
  TranscriptCounts counts_;
};

TEST_F(Log, RecordsOfSeveralProcessesAreToldApart) {
  add(LogEvent::kMalloc, 0x1000, 10);
  add(LogEvent::kMalloc, 0x1000, 20, 0, 2);
  add(LogEvent::kFree, 0x1000, 0, 0, 2);
  add(LogEvent::kFree, 0x1000);
  EXPECT_EQ(requests(1), "a 0 10\nf 0\n");
  EXPECT_EQ(requests(2), "a 0 20\nf 0\n");
}

TEST_F(Log, ReallocsOfSeveralThreadsMayOverlap) {
  add(LogEvent::kMalloc, 0x1000, 10);
  add(LogEvent::kMalloc, 0x2000, 20);
  add_begin(0x1000, 6);
  add_begin(0x2000, 5);
  add(LogEvent::kResizeEnds, 0x1000, 21);  // the one takes the place of the other
  add(LogEvent::kResizeEnds, 0x2000, 11);
  add(LogEvent::kFree, 0x1000);
  EXPECT_EQ(requests(), "a 0 10\na 1 20\nr 1 21\nr 0 11\nf 1\n");
  EXPECT_EQ(counts_, TranscriptCounts{.requests = 5});
}

TEST_F(Log, AReallocThatDidNotEndLeavesItsBlockLive) {
  add(LogEvent::kMalloc, 0x1000, 10);
  add(LogEvent::kMalloc, 0x2000, 20);
  add_begin(0x1000, 0);
  add_begin(0x2000, 0);
  EXPECT_EQ(requests(), "a 0 10\na 1 20\n");
}

TEST_F(Log, AMallocBeforeTheFreeOfItsAddressIsFound) {
  add(LogEvent::kMalloc, 0x1000, 10);
  add(LogEvent::kMalloc, 0x1000, 20);
  add(LogEvent::kFree, 0x1000);
  requests();
  EXPECT_EQ(counts_.reused_addresses, 1u);
}

TEST_F(Log, WhatWasNotWrittenDownIsCounted) {
  add(LogEvent::kMalloc, 0x1000, 10);
  add_words(0, 0);
  add(LogEvent::kFree, 0x1000);
  EXPECT_EQ(close_log(log_).unfinished, 1u);
  EXPECT_EQ(requests(), "a 0 10\nf 0\n");
}

TEST_F(Log, AnEndWithoutItsBeginIsAnAllocation) {
  add(LogEvent::kResizeEnds, 0x1000, 10);
  EXPECT_EQ(requests(), "a 0 10\n");
  EXPECT_EQ(counts_.unknown_resizes, 1u);
}

TEST_F(Log, NonsenseIsPassedOver) {
  add(LogEvent::kMalloc, 0x1000, 10);
  add_words(pack_what(static_cast<LogEvent>(15), 1, 1), 1);
  add(LogEvent::kAligned, 0x2000, 10, 1000);
  EXPECT_EQ(requests(), "a 0 10\nm 1 9223372036854775808 10\n");
  log_.header().next = UINT64_MAX;
  log_.header().capacity = UINT64_MAX;
  log_.header().processes = UINT32_MAX;
  std::memset(log_.header().table[1].program.data(), 0xff, log_.header().table[1].program.size());
  const Recording recording = close_log(log_);
  EXPECT_EQ(recording.programs.size(), kMostProcesses - 1);
  EXPECT_EQ(recording.programs[0].name, std::string(56, '?'));
}

TEST_F(Log, EveryFieldOfARecordHasItsOwnBits) {
  const std::uint64_t what = pack_what(LogEvent::kResizeNull, kMostProcesses - 1, kMostAddress);
  EXPECT_EQ(event_of(what), LogEvent::kResizeNull);
  EXPECT_EQ(process_of(what), kMostProcesses - 1);
  EXPECT_EQ(address_of(what), kMostAddress);
  const std::uint64_t rest = pack_rest(UINT64_MAX, kMostExtra);
  EXPECT_EQ(size_of(rest), kMostSize);
  EXPECT_EQ(extra_of(rest), kMostExtra);
}

TEST_F(Log, AFileThatIsThereIsNotTaken) {
  EXPECT_THROW(LogFile(folder_.path() / "log", {}), std::runtime_error);
}

}  // namespace
}  // namespace heapjudge
