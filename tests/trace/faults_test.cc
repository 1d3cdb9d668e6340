// All faults of a file at once, and remarks on files without any.
#include <gtest/gtest.h>

#include "trace/generate.h"
#include "trace/input_error.h"
#include "trace/random.h"
#include "trace/remarks.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

using Lines = std::vector<std::string>;

TEST(Faults, AreAllTold) {
  EXPECT_EQ(faults_of_trace("t.rep", "1000\n3\n8\n1\na 0 1\na 0 2\nb 1 2\nf 7\nf 2\na 1 x\n\nf 0 0\nf 0\n"),
            (Lines{"t.rep:6:3: block 0 is live already, since line 5",
                   "t.rep:7:1: expected a request (a, f, r, c, m, i or s), found 'b'",
                   "t.rep:8:3: id 7 is too large: the header says 3 ids",
                   "t.rep:9:3: block 2 is not live: it was never allocated",
                   "t.rep:10:5: expected a size, found 'x'",
                   "t.rep:12:5: expected the end of the line, found '0'"}));
}

TEST(Faults, OfTheNumberOfRequestsComeLast) {
  EXPECT_EQ(faults_of_trace("t.rep", "1000\n3\n3\n1\na 0 1\nx\n"),
            (Lines{"t.rep:6:1: expected a request (a, f, r, c, m, i or s), found 'x'",
                   "t.rep:7:1: the file ends after 2 of the 3 requests that the header says"}));
  EXPECT_EQ(faults_of_trace("t.rep", "1000\n3\n1\n1\na 0 1\nf 0\n"),
            (Lines{"t.rep:6:1: a request too many: the header says 1"}));
}

TEST(Faults, OfTheHeaderStandAlone) {
  EXPECT_EQ(faults_of_trace("t.rep", "1000\nthree\n1\n1\nx\n"),
            (Lines{"t.rep:2:1: expected the number of ids, found 'three'"}));
  EXPECT_EQ(faults_of_trace("t.rep", ""), (Lines{"t.rep: the file is empty"}));
}

TEST(Faults, AreAsManyAsAskedFor) {
  EXPECT_EQ(faults_of_trace("t.rep", "1000\n3\n3\n1\nx\ny\nz\n", 2).size(), 2u);
}

TEST(Faults, AreNoneExactlyWhenTheReaderTakesTheFile) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    std::string text = print_trace(random_trace(seed, 40, kP3Mix));
    Random random(seed);
    if (seed % 2 == 0) text[random.below(text.size())] = "0123456789 \nafrx"[random.below(16)];
    std::string first;
    try {
      parse_trace("t.rep", text);
    } catch (const InputError& error) {
      first = error.what();
    }
    const Lines faults = faults_of_trace("t.rep", text);
    EXPECT_EQ(faults.empty() ? "" : faults.front(), first) << "seed " << seed;
  }
}

Lines remarks(const std::string& text, std::uint64_t limit = UINT64_MAX) {
  return remarks_on(parse_trace("t.rep", text), limit);
}

TEST(Remarks, AreNoneOnAPlainTrace) {
  EXPECT_EQ(remarks("1000\n1\n2\n1\na 0 1\nf 0\n"), Lines{});
}

TEST(Remarks, NameBlocksThatAreNeverFreed) {
  EXPECT_EQ(remarks("1000\n2\n3\n1\na 0 1\na 1 1\nf 0\n"), Lines{"1 block is never freed: 1 of line 6"});
  EXPECT_EQ(remarks("1000\n2\n3\n1\na 0 1\na 1 1\nr 0 5\n"),
            Lines{"2 blocks are never freed: 0 of line 5, 1 of line 6"});
}

TEST(Remarks, NameWhatLooksOdd) {
  EXPECT_EQ(remarks("1000\n0\n0\n0\n"), (Lines{"the trace has no requests", "its weight is 0"}));
  EXPECT_EQ(remarks("1000\n3\n2\n1\na 0 1\nf 0\n"), Lines{"2 ids of the header are never used"});
  EXPECT_EQ(remarks("1000\n1\n2\n1\nc 0 1 1\nf 0\n"),
            Lines{"line 5: from here on it uses our extension (c, m, i or s), which other drivers refuse"});
  EXPECT_EQ(remarks("1\n1\n2\n9\na 0 5\nf 0\n"),
            Lines{"its header says that at most 9 bytes are live; it is 5"});
  EXPECT_EQ(remarks("1000\n1\n2\n1\na 0 500\nf 0\n", 100),
            Lines{"1 request is for more than the heap limit"});
  EXPECT_EQ(remarks("1000\n2\n4\n1\na 0 80\na 1 80\nf 0\nf 1\n", 100),
            Lines{"more than the heap limit is live after request 2"});
}

}  // namespace
}  // namespace heapjudge
