// The traces next to a small one.
#include "fuzz/neighbours.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "fuzz/generator.h"
#include "fuzz/input.h"
#include "tests/fuzz/trace_lines.h"

namespace heapjudge {
namespace {

std::set<std::string> around(const std::string& lines) {
  std::set<std::string> all;
  for (const Trace& next : neighbours_of(trace_from(lines))) all.insert(lines_of(next));
  return all;
}

using Lines = std::set<std::string>;

TEST(Neighbours, HaveAnotherSizeOrOneBlockMoreBeforeTheEnd) {
  EXPECT_EQ(around("a 0 24;a 1 4;f 0;"),
            (Lines{"a 0 8;a 1 4;f 0;", "a 0 16;a 1 4;f 0;", "a 0 32;a 1 4;f 0;", "a 0 40;a 1 4;f 0;", "a 0 24;a 1 12;f 0;",
                   "a 0 24;a 1 20;f 0;", "a 0 24;a 1 4;a 2 4;f 0;", "a 0 24;a 1 4;a 2 24;f 0;"}));
  EXPECT_EQ(around("a 0 8;f 0;"), (Lines{"a 0 16;f 0;", "a 0 24;f 0;", "a 0 8;a 1 8;f 0;"}));
  EXPECT_EQ(around("c 0 2 8;"), (Lines{"a 0 16;c 1 2 8;"}));
  EXPECT_EQ(around("a 0 18446744073709551608;"), (Lines{"a 0 18446744073709551600;", "a 0 18446744073709551592;"}));
  EXPECT_EQ(around("f -1;"), Lines{});
}

TEST(Neighbours, AskForNothingNew) {
  for (const std::string& lines : around("a 0 24;f 0;a 1 8;")) {
    EXPECT_EQ(lines.find_first_of("rcmis-"), lines.npos) << lines;
  }
}

TEST(Neighbours, AreFewAndWellFormedWhateverTheTrace) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    const Trace trace = decode_trace(generate_input(seed, static_cast<Tier>(seed % 4)), "generated");
    const std::vector<Trace> all = neighbours_of(trace);  // a Trace that exists is well-formed
    EXPECT_LE(all.size(), 5 * trace.requests().size());
    if (trace.requests().size() > 100) EXPECT_TRUE(all.empty());
  }
}

}  // namespace
}  // namespace heapjudge
