// heapjudge trace shrink from outside: what is left of a failing trace, and what is said of it.
#include <gtest/gtest.h>

#include "tests/cli/shell.h"
#include "tests/test_main.h"

namespace heapjudge {
namespace {

class TraceShrink : public testing::Test {
 protected:
  TraceShrink() {
    std::string lines;
    int requests = 0;
    const auto add = [&](const std::string& line) {
      lines += line + "\n";
      ++requests;
    };
    for (int block = 0; block < 40; ++block)
      add("a " + std::to_string(block) + " " + std::to_string(100 + 7 * block));
    for (int block = 0; block < 40; block += 2) add("f " + std::to_string(block));
    add("a 40 30");
    add("a 41 500");
    for (int block = 1; block < 40; block += 2) add("r " + std::to_string(block) + " 1000");
    shell_.write("long.rep", "20000\n42\n" + std::to_string(requests) + "\n1\n" + lines);
  }

  ShellResult shrink(const std::string& submission, const std::string& arguments) const {
    return shell_.run(std::string(binary_dir() / "bin" / "heapjudge") + " trace shrink " +
                      std::string(source_dir() / "tests/guilty" / submission) + " " + arguments);
  }

  Shell shell_;
};

TEST_F(TraceShrink, LeavesTheRequestsThatItTakes) {
  const ShellResult result = shrink("copies_too_little.c", "-f long.rep");
  EXPECT_EQ(result.status, 1) << result.errors;
  EXPECT_EQ(result.output.find("long.rep: 2 of 82 requests are left after "), 0u) << result.output;
  EXPECT_NE(result.output.find("; without any one of them it does not fail so\n"), std::string::npos);
  EXPECT_NE(result.output.find(".heapjudge/failures/long-shrunk-E105.rep:6:1: error: [E105]"),
            std::string::npos)
      << result.output;
  const std::string trace = shell_.read(".heapjudge/failures/long-shrunk-E105.rep");
  EXPECT_EQ(trace.find("20000\n1\n2\n1\na 0 "), 0u) << trace;
}

TEST_F(TraceShrink, WritesWhereItIsTold) {
  const ShellResult result = shrink("copies_too_little.c", "-f long.rep -o short.rep --emit-c short.c");
  EXPECT_EQ(result.status, 1) << result.errors;
  EXPECT_NE(result.output.find("short.rep:6:1: error: [E105]"), std::string::npos) << result.output;
  EXPECT_NE(shell_.read("short.rep"), "");
  EXPECT_NE(shell_.read("short.c").find("int main(void) {\n  mem_init();\n"), std::string::npos);
  EXPECT_EQ(shell_.run("test -e .heapjudge/failures").status, 1);
}

TEST_F(TraceShrink, SaysWhenItsTriesRanOut) {
  const ShellResult result = shrink("copies_too_little.c", "-f long.rep --tries 1 -o short.rep");
  EXPECT_EQ(result.status, 1) << result.errors;
  EXPECT_NE(result.output.find("after 1 runs, which is as many as were allowed"), std::string::npos)
      << result.output;
}

TEST_F(TraceShrink, HasNothingToDoWhereTheTracePasses) {
  const ShellResult result = shrink("../../reference/implicit.cc", "-f long.rep");
  EXPECT_EQ(result.status, 0) << result.errors;
  EXPECT_EQ(result.output, "long.rep: passes, there is nothing to shrink\n");
}

TEST_F(TraceShrink, NamesTheFunctionThatIsMissing) {
  shell_.write("calloc.rep", "20000\n1\n1\n1\nc 0 2 8\n");
  const ShellResult result = shrink("copies_too_little.c", "-f calloc.rep");
  EXPECT_EQ(result.status, 2);
  EXPECT_EQ(result.errors, "heapjudge: calloc.rep: mm_calloc is not defined\n");
}

}  // namespace
}  // namespace heapjudge
