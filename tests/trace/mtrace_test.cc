// Logs of glibc's mtrace(), and the error for each thing that is none.
#include "trace/mtrace_format.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/test_main.h"
#include "trace/input_error.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

std::string lines_of(const Trace& trace) {
  const std::string text = print_trace(trace);
  std::size_t start = 0;
  for (int line = 0; line < 4; ++line) start = text.find('\n', start) + 1;
  return text.substr(start);
}

std::string error_of(const std::string& log) {
  try {
    parse_mtrace("folder/log.mtrace", log);
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

constexpr const char* kLog =
    "= Start\n"
    "@ ./a.out:[0x401186] + 0x1ebe2a0 0x64\n"
    "@ /lib/x86_64-linux-gnu/libc.so.6:(getdelim+0x8d)[0x7ffff7a6a84d] + 0x1ebe310 0x78\n"
    "@ ./a.out:[0x4011b0] < 0x1ebe2a0\n"
    "@ ./a.out:[0x4011b0] > 0x1ebe400 0xc8\n"
    "@ ./a.out:[0x4011c2] ! 0x1ebe400 0xc800000000\n"
    "@ ./a + b.out:[0x4011a4] - 0x1ebe310\n"
    "+ 0x1ebe310 0\n"
    "- 0x1ebe400\n"
    "= End\n";

TEST(Mtrace, ReadsEveryEventWithItsPlaceOrWithout) {
  const Trace trace = parse_mtrace("folder/log.mtrace", kLog);
  EXPECT_EQ(trace.name(), "log.mtrace");
  EXPECT_EQ(lines_of(trace), "a 0 100\na 1 120\nr 0 200\nf 1\na 2 0\nf 0\n");
}

TEST(Mtrace, CountsWhatATraceCannotSay) {
  Transcript transcript = read_mtrace("log", std::string("= Start\n- 0x10\n+ (nil) 0x5\n") + kLog);
  transcript.finish("log");
  EXPECT_EQ(transcript.counts(), (TranscriptCounts{.requests = 9, .refused = 2, .unknown_frees = 1}));
}

TEST(Mtrace, TakesTheOptionsOfATranscript) {
  EXPECT_EQ(lines_of(parse_mtrace("log", kLog, {.balanced = true, .sane = true})),
            "a 0 100\na 1 120\nr 0 200\nf 1\na 2 1\nf 0\nf 2\n");
}

TEST(Mtrace, CarriageReturnsDoNotMatter) {
  EXPECT_EQ(lines_of(parse_mtrace("log", "= Start\r\n+ 0x10 0x5\r\n= End\r\n")), "a 0 5\n");
}

TEST(Mtrace, ALastLineThatWasCutShortIsPassedOver) {
  EXPECT_EQ(lines_of(parse_mtrace("log", "= Start\n+ 0x10 0x5\n+ 0x20 0x5")), "a 0 5\n");
}

TEST(Mtrace, KnowsItsOwn) {
  EXPECT_TRUE(is_mtrace(kLog));
  EXPECT_FALSE(is_mtrace("20000\n1\n1\n1\na 0 5\n"));
}

TEST(Mtrace, ErrorsNameTheirPlace) {
  EXPECT_EQ(error_of("a 0 5\n"),
            "folder/log.mtrace:1:1: this is no mtrace log: it does not begin with '= Start'");
  EXPECT_EQ(error_of("= Start\n= End\n"), "log.mtrace: none of 0 requests is kept");
  EXPECT_EQ(error_of("= Start\nnonsense\n"),
            "folder/log.mtrace:2:1: expected an event of an mtrace log, found 'nonsense'");
  EXPECT_EQ(error_of("= Start\n\n"), "folder/log.mtrace:2:1: expected an event of an mtrace log, found ''");
  EXPECT_EQ(error_of("= Start\n+ 0x10 five\n"),
            "folder/log.mtrace:2:8: expected a size in hexadecimal, found 'five'");
  EXPECT_EQ(error_of("= Start\n@ a:[0x1] - 10\n"),
            "folder/log.mtrace:2:13: expected an address in hexadecimal, found '10'");
  EXPECT_EQ(error_of("= Start\n- 0x10000000000000000\n"),
            "folder/log.mtrace:2:3: expected an address in hexadecimal, found '0x10000000000000000'");
}

TEST(Mtrace, BothLinesOfAReallocAreNeeded) {
  EXPECT_EQ(error_of("= Start\n> 0x10 0x5\n"),
            "folder/log.mtrace:2:1: expected the line of the old address ('<') before this one");
  EXPECT_EQ(error_of("= Start\n< 0x10\n@ a:[0x1] + 0x10 0x5\n"),
            "folder/log.mtrace:3:11: expected the line of the new address ('>') after that of the old one");
}

}  // namespace
}  // namespace heapjudge
