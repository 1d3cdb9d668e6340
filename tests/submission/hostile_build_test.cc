// A source can attack the compiler: every such build ends, in bounded time and with a message.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "submission/run_tool.h"
#include "tests/submission/workshop.h"

namespace heapjudge {
namespace {

BuildSettings impatient() {
  BuildSettings settings;
  settings.seconds = 2;
  return settings;
}

TEST(HostileBuild, AnEndlessFileIsNotIncluded) {
  const Workshop workshop("zero");
  const auto source = workshop.write("mm.c", "#include \"/dev/zero\"\nint f(void) { return missing; }\n");
  const BuildFailed failed = workshop.failure_of({source}, impatient());
  EXPECT_NE(failed.diagnostics, "");
}

TEST(HostileBuild, StandardInputIsEmpty) {
  const Workshop workshop("stdin");
  workshop.build_or_fail(
      {workshop.write("mm.c", "#include \"/dev/stdin\"\nint mm_init(void) { return 0; }\n")});
}

TEST(HostileBuild, ThereIsNoTerminalToReadFrom) {
  const Workshop workshop("tty");
  const BuildFailed failed = workshop.failure_of({workshop.write("mm.c", "#include \"/dev/tty\"\n")});
  EXPECT_NE(failed.diagnostics.find("/dev/tty"), std::string::npos) << failed.diagnostics;
}

TEST(HostileBuild, APipeThatNobodyWritesToIsGivenUp) {
  const Workshop workshop("pipe");
  ASSERT_EQ(mkfifo("never.h", 0600), 0);
  const BuildFailed failed =
      workshop.failure_of({workshop.write("mm.c", "#include \"never.h\"\n")}, impatient());
  EXPECT_TRUE(failed.diagnostics.ends_with("stopped: the build took longer than 2 s\n"))
      << failed.diagnostics;
}

TEST(HostileBuild, EndlessExpansionIsStopped) {
  const Workshop workshop("expansion");
  std::string text = "#define x0 1,1,1,1,1,1,1,1\n";
  for (int i = 1; i < 12; ++i) {
    text += fmt::format("#define x{} x{},x{},x{},x{},x{},x{},x{},x{}\n", i, i - 1, i - 1, i - 1, i - 1, i - 1,
                        i - 1, i - 1, i - 1);
  }
  const BuildFailed failed =
      workshop.failure_of({workshop.write("mm.c", text + "int a[] = {x11};\n")}, impatient());
  EXPECT_NE(failed.diagnostics, "");
}

TEST(HostileBuild, EndlessTemplatesAreStopped) {
  const Workshop workshop("templates");
  const BuildFailed failed = workshop.failure_of(
      {workshop.write("mm.cc",
                      "template <int a, int b> struct S { S<a + 1, b> left; S<a, b + 1> right; };\n"
                      "S<0, 0> s;\n")},
      impatient());
  EXPECT_NE(failed.diagnostics, "");
}

TEST(HostileBuild, AHugeInitialiserFillsNoDisk) {
  const Workshop workshop("huge");
  const BuildFailed failed = workshop.failure_of(
      {workshop.write("mm.c", "char a[1l << 33] = {[0 ... 9] = 1, [(1l << 33) - 1] = 1};\n")}, impatient());
  EXPECT_NE(failed.diagnostics, "");
}

TEST(HostileBuild, ErrorsWithoutEndAreShownInPart) {
  const Workshop workshop("errors");
  std::string text;
  for (int i = 0; i < 20000; ++i)
    text += "int f(int) { undeclared_" + std::to_string(i) + "(); return missing; }\n";
  const BuildFailed failed = workshop.failure_of({workshop.write("mm.c", text)}, impatient());
  EXPECT_LE(std::count(failed.diagnostics.begin(), failed.diagnostics.end(), '\n'), 202);
}

TEST(RunTool, KeepsTheFirstOutputAndDropsTheRest) {
  const ToolRun run =
      run_tool({"sh", "-c", "head -c 1000000 /dev/zero; echo end >&2; exit 3"}, {.output_bytes = 1000});
  EXPECT_EQ(run.output.size(), 1000u);
  EXPECT_EQ(run.exit_status, 3);
  EXPECT_FALSE(run.timed_out);
}

TEST(RunTool, EndsWhatIsLeftRunningAtTheDeadline) {
  const ToolRun run =
      run_tool({"sh", "-c", "echo before; sleep 100 & sleep 100; echo after"}, {.seconds = 1});
  EXPECT_TRUE(run.timed_out);
  EXPECT_EQ(run.output, "before\n");
  EXPECT_FALSE(run.succeeded());
}

// Dead, or a corpse that nobody has reaped yet.
bool is_gone(const std::string& process) {
  std::ifstream file("/proc/" + process + "/stat");
  std::string text;
  return !std::getline(file, text) || text.find(") Z ") != std::string::npos;
}

bool is_gone_soon(const std::string& process) {
  for (int i = 0; i < 500 && !is_gone(process); ++i) usleep(10'000);
  return is_gone(process);
}

TEST(RunTool, EndsWhatTheToolLeavesBehind) {
  const ToolRun run = run_tool({"sh", "-c", "sleep 100 >/dev/null 2>&1 & echo $!"});
  EXPECT_TRUE(run.succeeded());
  EXPECT_TRUE(is_gone_soon(run.output.substr(0, run.output.find('\n'))));
}

// However this process ends, neither the tool nor what it started (a compiler proper) is left.
TEST(RunTool, NothingOutlivesAGraderThatIsKilled) {
  const Workshop workshop("killed");
  const pid_t grader = fork();
  ASSERT_GE(grader, 0);
  if (grader == 0) {
    run_tool({"sh", "-c", "sleep 100 & echo $! $$ >started.new; mv started.new started; wait"});
    _exit(0);
  }
  while (!std::filesystem::exists("started")) usleep(1000);
  kill(grader, SIGKILL);
  waitpid(grader, nullptr, 0);
  std::string below;
  std::string tool;
  std::ifstream("started") >> below >> tool;
  EXPECT_TRUE(is_gone_soon(below));
  EXPECT_TRUE(is_gone_soon(tool));
}

TEST(RunTool, GivesNoInputNoDescriptorsAndAPlainEnvironment) {
  setenv("CPATH", "/somewhere", 1);
  const ToolRun run =
      run_tool({"sh", "-c", "cat; ls /proc/self/fd | wc -l; env | grep -v -e PATH= -e PWD= -e _= | sort"});
  unsetenv("CPATH");
  EXPECT_EQ(run.output, "4\nLC_ALL=C\nTMPDIR=/tmp\n");
}

TEST(RunTool, TellsTheSignalThatEndedIt) {
  EXPECT_EQ(run_tool({"sh", "-c", "kill -SEGV $$"}).exit_status, 128 + 11);
}

TEST(RunTool, AToolThatIsMissingIsTheMachinesFault) {
  EXPECT_THROW(run_tool({"no-such-compiler"}), std::runtime_error);
  EXPECT_EQ(find_tool("no-such-compiler"), std::nullopt);
}

}  // namespace
}  // namespace heapjudge
