// heapjudge trace from outside: what it writes where, and which exit status.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/cli/shell.h"
#include "tests/test_main.h"

namespace heapjudge {
namespace {

constexpr const char* kSpec =
    "seed: 3\nphases:\n  - stream: {requests: 50, live: [3, 9], sizes: [1, 100], resize: {chance: 0.2}}\n";
constexpr const char* kTrace = "1000\n2\n4\n1\na 0 100\na 1 200\nf 0\nf 1\n";

class TraceCommand : public testing::Test {
 protected:
  TraceCommand() {
    shell_.write("s.yaml", kSpec);
    shell_.write("t.rep", kTrace);
  }

  ShellResult trace(const std::string& arguments) const {
    return shell_.run(std::string(binary_dir() / "bin" / "heapjudge") + " trace " + arguments);
  }

  Shell shell_;
};

TEST_F(TraceCommand, GenPrintsOrWritesTheSameTrace) {
  const ShellResult printed = trace("gen s.yaml");
  EXPECT_EQ(printed.status, 0) << printed.errors;
  EXPECT_GE(std::ranges::count(printed.output, '\n'), 4 + 50);
  EXPECT_EQ(trace("gen s.yaml -o out.rep").output, "");
  EXPECT_EQ(shell_.read("out.rep"), printed.output);
  EXPECT_EQ(trace("gen s.yaml --seed 3").output, printed.output);
  EXPECT_NE(trace("gen s.yaml --seed 4").output, printed.output);
}

TEST_F(TraceCommand, GenPacksByTheNameOfTheFile) {
  EXPECT_EQ(trace("gen s.yaml -o a.rep.zst").status, 0);
  EXPECT_EQ(trace("gen s.yaml -o a.rep.gz").status, 0);
  EXPECT_EQ(shell_.read("a.rep.zst").substr(0, 4), "\x28\xb5\x2f\xfd");
  EXPECT_EQ(shell_.read("a.rep.gz").substr(0, 2), "\x1f\x8b");
  EXPECT_EQ(trace("diff a.rep.zst a.rep.gz").status, 0);
}

TEST_F(TraceCommand, GenChangesTheSpec) {
  const ShellResult result = trace("gen s.yaml --set phases.0.stream.requests=9 --set end=keep");
  EXPECT_EQ(std::ranges::count(result.output, '\n'), 4 + 9) << result.errors;
}

TEST_F(TraceCommand, GenNamesThePlaceOfAFaultInTheSpec) {
  shell_.write("bad.yaml", "phases:\n  - stream: {requets: 50}\n");
  const ShellResult result = trace("gen bad.yaml -o out.rep");
  EXPECT_EQ(result.status, 2);
  EXPECT_EQ(result.errors, "heapjudge: bad.yaml:2:14: unknown key 'requets'; did you mean 'requests'?\n");
  EXPECT_EQ(shell_.read("out.rep"), "");
}

TEST_F(TraceCommand, GenMakesHiddenSetsFromASeed) {
  const ShellResult result = trace("gen s.yaml --hidden 5 -o set");
  EXPECT_EQ(result.status, 0) << result.errors;
  EXPECT_EQ(result.output, "traces:\n  - {file: s.rep, name: hidden-s, hidden: true}\n");
  const std::string first = shell_.read("set/s.rep");
  EXPECT_NE(first, trace("gen s.yaml").output);
  trace("gen s.yaml --hidden 5 -o again");
  EXPECT_EQ(shell_.read("again/s.rep"), first);
  trace("gen s.yaml --hidden 6 -o other");
  EXPECT_NE(shell_.read("other/s.rep"), first);
}

TEST_F(TraceCommand, GenMakesAHiddenSetOfAllOurSpecs) {
  const ShellResult result = trace("gen --hidden 5 -o set");
  EXPECT_EQ(result.status, 0) << result.errors;
  for (const char* line : {"  - {file: random-uniform.rep, name: hidden-random-uniform, hidden: true}\n",
                           "  - {file: zero-sizes.rep, name: hidden-zero-sizes, tier: P1, hidden: true}\n"})
    EXPECT_NE(result.output.find(line), std::string::npos) << result.output;
  EXPECT_EQ(result.output.find("worst-"), std::string::npos) << "nothing in them depends on a seed";
  EXPECT_EQ(trace("check set/*.rep").status, 0);
}

TEST_F(TraceCommand, GenRefusesWhatDoesNotFitTogether) {
  EXPECT_EQ(trace("gen").errors, "heapjudge: trace gen takes one spec, or --hidden SEED\n");
  EXPECT_EQ(trace("gen --hidden 3").errors, "heapjudge: --hidden needs -o FOLDER\n");
  EXPECT_EQ(trace("gen s.yaml --seed x").errors,
            "heapjudge: --seed: expected a number from 0 to 2^64 - 1, got 'x' (heapjudge --help)\n");
  EXPECT_EQ(trace("gen none.yaml").errors, "heapjudge: none.yaml: no such spec\n");
}

TEST_F(TraceCommand, InfoPrintsFiguresAsTextOrJson) {
  const ShellResult text = trace("info t.rep");
  EXPECT_EQ(text.status, 0) << text.errors;
  EXPECT_NE(text.output.find("300 bytes of payload after request 2"), std::string::npos) << text.output;
  EXPECT_NE(trace("info t.rep --format json").output.find("\"heapjudge-trace-info/1\""), std::string::npos);
  EXPECT_NE(trace("info t.rep --heap-limit 150").output.find("1 for more than 150 bytes"), std::string::npos);
}

TEST_F(TraceCommand, CheckTellsEveryFaultWithStatus2) {
  shell_.write("bad.rep", "1000\n2\n3\n1\na 0 1\na 0 2\nf 7\n");
  const ShellResult result = trace("check t.rep bad.rep none.rep");
  EXPECT_EQ(result.status, 2);
  EXPECT_EQ(result.output,
            "t.rep: fine\nbad.rep:6:3: block 0 is live already, since line 5\n"
            "bad.rep:7:3: id 7 is too large: the header says 2 ids\nnone.rep: No such file or directory\n");
  EXPECT_EQ(result.errors, "");
}

TEST_F(TraceCommand, CheckWarnsWithStatus0) {
  shell_.write("leak.rep", "1000\n1\n1\n1\na 0 1\n");
  const ShellResult result = trace("check leak.rep");
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(result.output, "leak.rep: warning: 1 block is never freed: 0 of line 5\n");
  EXPECT_NE(trace("check leak.rep --format json").output.find("\"warnings\""), std::string::npos);
}

TEST_F(TraceCommand, ConvertChangesTheHeader) {
  EXPECT_EQ(trace("convert t.rep --dialect weighted").output, "1\n2\n4\n300\na 0 100\na 1 200\nf 0\nf 1\n");
  shell_.write("w.rep", "1\n2\n4\n0  # flag\na 0 100\na 1 200\nf 0\n\nf 1\n");
  EXPECT_EQ(trace("convert w.rep").output, "1\n2\n4\n0\na 0 100\na 1 200\nf 0\nf 1\n");
  EXPECT_EQ(trace("convert w.rep --dialect classic").output, "300\n2\n4\n1\na 0 100\na 1 200\nf 0\nf 1\n");
  shell_.write("heavy.rep", "1000\n0\n0\n500\n");
  EXPECT_EQ(trace("convert heavy.rep --dialect weighted").status, 2);
}

TEST_F(TraceCommand, ConvertReadsALogOfMtrace) {
  shell_.write("log", "= Start\n@ ./a.out:[0x401186] + 0x1ebe2a0 0x64\n@ ./a.out:[0x4011b0] - 0x1ebe2a0\n= End\n");
  const ShellResult result = trace("convert log --dialect weighted");
  EXPECT_EQ(result.status, 0) << result.errors;
  EXPECT_TRUE(result.output.ends_with("a 0 100\nf 0\n")) << result.output;
}

TEST_F(TraceCommand, CutWritesABalancedWindow) {
  EXPECT_EQ(trace("cut t.rep --window 2:3").output, "1000\n2\n4\n1\na 0 100\na 1 200\nf 0\nf 1\n");
  EXPECT_EQ(trace("cut t.rep --window 2: --before drop").output, "1000\n1\n2\n1\na 0 200\nf 0\n");
  EXPECT_EQ(trace("cut t.rep --window 3").errors,
            "heapjudge: --window: expected two numbers of requests, A:B, got '3'\n");
  EXPECT_EQ(trace("cut t.rep --window 9:9").errors, "heapjudge: t.rep: no requests from 9 to 9: it has 4\n");
}

TEST_F(TraceCommand, DiffIsStatus1WhenTracesDiffer) {
  shell_.write("same.rep", "1\n9\n4\n1\na 8 100\na 3 200\nf 8\nf 3\n");
  shell_.write("other.rep", "1000\n2\n4\n1\na 0 100\na 1 200\nf 1\nf 0\n");
  EXPECT_EQ(trace("diff t.rep same.rep").status, 0);
  const ShellResult result = trace("diff t.rep other.rep");
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(
      result.output,
      "request 3 is the first to differ: it is about another block\n  t.rep:7: f 0\n  other.rep:7: f 1\n");
  EXPECT_NE(trace("diff t.rep other.rep --format json").output.find("\"same\": false"), std::string::npos);
}

TEST_F(TraceCommand, UnknownOptionsNameTheNearest) {
  EXPECT_EQ(trace("info t.rep --fromat json").errors,
            "heapjudge: unknown option '--fromat'; did you mean --format?\n");
  EXPECT_EQ(trace("cut t.rep").status, 2);
}

}  // namespace
}  // namespace heapjudge
