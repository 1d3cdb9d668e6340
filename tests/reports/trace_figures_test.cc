// What `heapjudge trace` prints, word for word.
#include "reports/trace_figures.h"

#include <gtest/gtest.h>

#include "trace/generate.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

constexpr const char* kText = "1000\n3\n7\n1\na 0 100\na 1 50\nr 0 200\nf 1\na 1 0\nr 2 5000\nf 0\n";

TraceFigures figures_of(const Trace& trace, std::uint64_t limit = 4096) {
  return {.heap_limit_bytes = limit, .analysis = analyse(trace, limit), .packing = pack(trace, limit)};
}

TEST(TraceFigures, FitOnAPage) {
  const Trace trace = parse_trace("t.rep", kText);
  EXPECT_EQ(text_of(trace, figures_of(trace), {.unicode = false, .columns = 60}),
            R"(t.rep  7 requests, 3 ids, classic header, weight 1
  requests  3 malloc, 2 free, 2 realloc
            1 for more than 4 KiB: taken to be refused
  blocks    3, of which 1 never freed; 2 live at once at most
  peak      250 bytes of payload after request 3
  live      =+#%%%.
                 request       live bytes  live blocks
                       1              100            1
                       2              150            2
                       3              250            2
                       4              200            1
                       5              200            2
                       6              200            2
                       7                0            1
  sizes                  0          1  20.0%  ########################
                  32 .. 63          1  20.0%  ########################
                 64 .. 127          1  20.0%  ########################
                128 .. 255          1  20.0%  ########################
               4 Ki and up          1  20.0%  ########################
  lifetimes         2 .. 3          1  50.0%  ########################
                    4 .. 7          1  50.0%  ########################
  realloc   1 growing, 0 shrinking, 0 to the same size, 0 of NULL, 0 to 0
            1 of one block at most; 100 bytes to copy if every growing one moved
  at best   of the heap is payload (in %), when a block costs its header and is rounded up:
                                   0       4       8      16 bytes of header
            aligned to 8        97.7    94.7    91.9    86.8
            aligned to 16       91.9    91.9    91.9    82.2
  packed    a heap of 272 bytes does, which is 91.9 % payload, for who knows the future and needs no headers
            (placed offline); below 272 bytes (91.9 %) nobody gets
)");
}

TEST(TraceFigures, OfAnEmptyTraceDivideNothingByNothing) {
  const Trace trace = parse_trace("t.rep", "1000\n0\n0\n1\n");
  const std::string text = text_of(trace, figures_of(trace), {});
  EXPECT_NE(text.find("nothing is ever live"), text.npos) << text;
  EXPECT_EQ(text.find("nan"), text.npos) << text;
  EXPECT_NE(json_of(trace, figures_of(trace)).find("\"utilization\": null"), std::string::npos);
}

TEST(TraceFigures, AreJsonToo) {
  const Trace trace = parse_trace("t.rep", kText);
  const std::string json = json_of(trace, figures_of(trace));
  for (const char* part :
       {R"("schema": "heapjudge-trace-info/1")", R"("requests": 7)", R"("beyond_limit": 1)",
        R"("bytes": 250)", R"("least_heap_bytes": 272)", R"("method": "largest octaves first")"}) {
    EXPECT_NE(json.find(part), json.npos) << part << "\n" << json;
  }
}

TEST(CheckedTraces, AreListedWithEveryFaultAndRemark) {
  const std::vector<CheckedTrace> checked{
      {.file = "a.rep", .faults = {"a.rep:5:1: bad", "a.rep:6:1: worse"}, .remarks = {}},
      {.file = "b.rep", .faults = {}, .remarks = {"its weight is 0"}},
      {.file = "c.rep", .faults = {}, .remarks = {}}};
  EXPECT_EQ(text_of(checked),
            "a.rep:5:1: bad\na.rep:6:1: worse\nb.rep: warning: its weight is 0\nc.rep: fine\n");
  EXPECT_NE(json_of(checked).find(R"("a.rep:6:1: worse")"), std::string::npos);
}

TEST(ComparedTraces, ShowBothRequestsWithTheirLines) {
  const Trace left = parse_trace("l.rep", "1000\n2\n3\n1\na 0 1\na 1 2\nf 0\n");
  const Trace right = parse_trace("r.rep", "# head\n1000\n2\n3\n1\na 0 1\na 1 2\nf 1\n");
  const Trace shorter = left.prefix(2);
  EXPECT_EQ(text_of(ComparedTraces{"l.rep", "r.rep", left, right, first_difference(left, right)}),
            "request 3 is the first to differ: it is about another block\n  l.rep:7: f 0\n  r.rep:8: f 1\n");
  EXPECT_EQ(text_of(ComparedTraces{"l.rep", "s.rep", left, shorter, first_difference(left, shorter)}),
            "request 3 is the first to differ\n  l.rep:7: f 0\n  s.rep: ends here\n");
  EXPECT_EQ(text_of(ComparedTraces{"l.rep", "l.rep", left, left, std::nullopt}), "the same requests\n");
  const std::string json =
      json_of(ComparedTraces{"l.rep", "s.rep", left, shorter, first_difference(left, shorter)});
  EXPECT_NE(json.find(R"("request": "f 0")"), json.npos) << json;
  EXPECT_NE(json.find(R"("line": null)"), json.npos) << json;
}

}  // namespace
}  // namespace heapjudge
