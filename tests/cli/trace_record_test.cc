// heapjudge trace record from outside: the trace it writes, what it says, and its exit status.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "tests/cli/shell.h"
#include "tests/test_main.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

class TraceRecord : public testing::Test {
 protected:
  static std::string recorded(const std::string& name) {
    return binary_dir() / "tests" / "record" / ("recorded_" + name);
  }

  ShellResult record(const std::string& arguments) const {
    return shell_.run((binary_dir() / "bin" / "heapjudge").string() + " trace record " + arguments);
  }

  Trace trace(const std::string& file) const { return load_trace(shell_.folder() / file); }

  Shell shell_;
};

TEST_F(TraceRecord, WritesATraceWithItsNote) {
  const ShellResult result = record("-o small.rep --note 'version: 3' -- " + recorded("small"));
  EXPECT_EQ(result.status, 0) << result.errors;
  EXPECT_EQ(result.output, "");
  EXPECT_EQ(result.errors, "small.rep: 3 of 3 requests of recorded_small, 2 blocks, at most 20 bytes live\n");
  const std::string text = shell_.read("small.rep");
  EXPECT_TRUE(text.starts_with("# program: recorded_small\n# command: ")) << text;
  EXPECT_NE(text.find("\n# options: none\n# version: 3\n1048576\n2\n3\n1\n"), text.npos) << text;
  EXPECT_EQ(trace("small.rep").requests().size(), 3u);
}

TEST_F(TraceRecord, LeavesNothingElseBehind) {
  record("-o small.rep -- " + recorded("small"));
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(shell_.folder())) names.push_back(entry.path().filename());
  std::ranges::sort(names);
  EXPECT_EQ(names, (std::vector<std::string>{".heapjudge", "small.rep"}));
  EXPECT_TRUE(fs::is_empty(shell_.folder() / ".heapjudge"));
}

TEST_F(TraceRecord, PacksByTheNameOfTheFile) {
  EXPECT_EQ(record("-o small.rep.zst -- " + recorded("small")).status, 0);
  EXPECT_TRUE(shell_.read("small.rep.zst").starts_with("\x28\xb5\x2f\xfd"));
  EXPECT_EQ(trace("small.rep.zst").requests().size(), 3u);
}

TEST_F(TraceRecord, TheProgramHasItsStreamsAndArguments) {
  const ShellResult result = record("-o sh.rep -- sh -c 'cat; echo \"$1\" >&2' sh '--a b' <<< in");
  EXPECT_EQ(result.output, "in\n");
  EXPECT_TRUE(result.errors.starts_with("--a b\n")) << result.errors;
}

TEST_F(TraceRecord, HowTheProgramEndedIsToldAndIsNoFailure) {
  const ShellResult failed = record("-o sh.rep -- sh -c 'exit 3'");
  EXPECT_EQ(failed.status, 0);
  EXPECT_TRUE(failed.errors.ends_with("sh ended with status 3\n")) << failed.errors;
  const ShellResult killed = record("-o killed.rep -- " + recorded("killed"));
  EXPECT_EQ(killed.status, 0);
  EXPECT_TRUE(killed.errors.ends_with("was ended by SIGKILL\n")) << killed.errors;
  EXPECT_EQ(trace("killed.rep").requests().size(), 49'901u);
}

TEST_F(TraceRecord, TerminationIsPassedOnAndWhatWasRecordedIsKept) {
  const ShellResult result =
      shell_.run("timeout --foreground -s TERM 1 " + (binary_dir() / "bin" / "heapjudge").string() +
                 " trace record -o bash.rep -- bash -c 'trap \"exit 9\" TERM; "
                 "while :; do read -t 0.01 <> <(:); done'");
  EXPECT_TRUE(result.errors.ends_with("bash ended with status 9\n")) << result.errors;
  EXPECT_GT(trace("bash.rep").requests().size(), 100u);
}

TEST_F(TraceRecord, ShapesTheTraceAsAskedFor) {
  const ShellResult result =
      record("-o every.rep --window 2: --sane --balanced -- " + recorded("every_request"));
  EXPECT_EQ(result.status, 0) << result.errors;
  for (const char* line : {"outside of the window", "refused by the program's own", "sizes of 0: they are 1",
                           "callocs: they are mallocs", "aligned requests: they are mallocs",
                           "reallocs of NULL", "frees of NULL"}) {
    EXPECT_NE(result.errors.find(line), std::string::npos) << line << " is not in " << result.errors;
  }
  std::vector<bool> live(trace("every.rep").block_count());
  const Trace written = trace("every.rep");
  for (const Request& request : written.requests()) {
    EXPECT_TRUE(request.op == Op::kMalloc || request.op == Op::kFree || request.op == Op::kRealloc);
    EXPECT_TRUE(request.op != Op::kRealloc || live[request.block]);
    EXPECT_TRUE(request.op == Op::kFree || request.size > 0);
    live[request.block] = request.op != Op::kFree;
  }
  EXPECT_TRUE(std::ranges::none_of(live, [](bool is_live) { return is_live; }));
  EXPECT_NE(shell_.read("every.rep").find("# options: --window 2: --sane --balanced\n"), std::string::npos);
}

TEST_F(TraceRecord, AFullDiskEndsTheRecordingButNeitherTheProgramNorTheTrace) {
  const std::string mounted = "unshare -rm sh -c 'mount -t tmpfs -o size=2m none . && cd \"$PWD\" && ";
  if (shell_.run(mounted + "true'").status != 0) GTEST_SKIP() << "no small file system can be made here";
  const ShellResult result =
      shell_.run(mounted + (binary_dir() / "bin" / "heapjudge").string() + " trace record -o x.rep -- " +
                 recorded("closes_everything") + " own && cat x.rep && test -e own'");
  EXPECT_EQ(result.status, 0) << result.errors;
  EXPECT_NE(result.errors.find("the disk was full: what came after that is missing\n"), std::string::npos)
      << result.errors;
  const std::size_t requests = parse_trace("x.rep", result.output).requests().size();
  EXPECT_GT(requests, 50'000u);
  EXPECT_LT(requests, 200'000u);
}

TEST_F(TraceRecord, ALimitedAddressSpaceHoldsASmallerLog) {
  if (!std::string(HEAPJUDGE_SANITIZE).empty()) GTEST_SKIP() << "sanitizers take terabytes for themselves";
  const ShellResult result =
      shell_.run("ulimit -v 1500000; " + (binary_dir() / "bin" / "heapjudge").string() +
                 " trace record -o small.rep -- " + recorded("small"));
  EXPECT_EQ(result.status, 0) << result.errors;
}

TEST_F(TraceRecord, ALimitForFilesIsOneLine) {
  const ShellResult result = shell_.run("ulimit -f 100; " + (binary_dir() / "bin" / "heapjudge").string() +
                                        " trace record -o small.rep -- " + recorded("small"));
  EXPECT_EQ(result.status, 2);
  EXPECT_TRUE(result.errors.ends_with("/log: File too large\n")) << result.errors;
}

TEST_F(TraceRecord, ChildrenHaveFilesOfTheirOwn) {
  EXPECT_EQ(record("-o forks.rep --children -- " + recorded("forks")).status, 0);
  EXPECT_EQ(trace("forks.rep").requests().size(), 2u);
  EXPECT_EQ(trace("forks.2-recorded_forks.rep").requests().size(), 2u);
  EXPECT_EQ(trace("forks.3-recorded_forks.rep").requests().size(), 1u);
}

TEST_F(TraceRecord, OfAWrapperItIsTheProgramThatCounts) {
  EXPECT_EQ(record("-o small.rep -- sh -c 'exec " + recorded("small") + "'").status, 0);
  EXPECT_EQ(trace("small.rep").requests().size(), 3u);
}

TEST_F(TraceRecord, WhatCannotBeRecordedIsOneLineAndStatus2) {
  for (const auto& [arguments, error] : std::vector<std::pair<std::string, std::string>>{
           {"-o x.rep -- " + recorded("static"), "nothing can stand before its malloc: nothing was recorded"},
           {"-o x.rep -- " + recorded("silent"), "malloc for nothing: nothing was recorded"},
           {"-o x.rep -- no-such-program", "no-such-program: no such program"},
           {"-o missing/x.rep -- ls", "-o missing/x.rep: No such file or directory"},
           {"-o x.txt -- ls", "-o x.txt: a trace is a .rep or a .rep.zst file"},
           {"-o x.rep --window 9:1 -- ls", "--window: expected two numbers of requests, A:B, got '9:1'"},
           {"-o x.rep --window 900000000: -- ls", "requests is kept"},
           {"-o x.rep --teleport -- ls", "unknown option '--teleport'"},
           {"-- ls", "-o is required (heapjudge --help)"},
           {"-o x.rep", "command is required (heapjudge --help)"}}) {
    const ShellResult result = record(arguments);
    EXPECT_EQ(result.status, 2) << arguments;
    EXPECT_EQ(std::ranges::count(result.errors, '\n'), 1) << result.errors;
    EXPECT_NE(result.errors.find(error), std::string::npos) << arguments << ": " << result.errors;
    EXPECT_FALSE(fs::exists(shell_.folder() / "x.rep")) << arguments;
  }
}

TEST_F(TraceRecord, A32BitProgramIsRefusedInPlainWords) {
  if (!fs::exists(recorded("small32"))) GTEST_SKIP() << "32-bit programs cannot be linked here";
  const ShellResult result = record("-o x.rep -- " + recorded("small32"));
  EXPECT_EQ(result.status, 2);
  EXPECT_NE(result.errors.find(
                "it is a 32-bit program, and the recorder is a 64-bit library: nothing was recorded\n"),
            std::string::npos)
      << result.errors;
}

}  // namespace
}  // namespace heapjudge
