// heapjudge debug: gdb stops where it was asked to, knows the heap, and stops at the store that does the damage.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "subject/watch_trial.h"
#include "tests/cli/shell.h"
#include "tests/reports/golden.h"
#include "tests/test_main.h"

namespace heapjudge {
namespace {

std::string file_of(const std::string& name) { return (source_dir() / name).string(); }

std::string heapjudge() { return (binary_dir() / "bin" / "heapjudge").string(); }

const std::string kGuilty = file_of("tests/guilty/footer_too_far.c");
const std::string kTrace = file_of("tests/guilty/footer_too_far.rep");

class Debugging : public testing::Test {
 protected:
  // What gdb shows when it is given these commands, one after the other.
  std::string shown(const std::string& arguments, const std::vector<std::string>& commands) const {
    std::string line = heapjudge() + " debug " + arguments + " --gdb=-batch";
    for (const std::string& command : commands) line += " --gdb=-ex '--gdb=" + command + "'";
    const ShellResult result = shell_.run(line);
    EXPECT_NE(result.errors.find("without its sandbox"), std::string::npos) << result.errors;
    return result.output;
  }

  Shell shell_;
};

// From the line on in which the program has been stopped, without the name of our folder.
std::string from_stop(const std::string& output) {
  std::string text = output.substr(std::min(output.find("stopped on entry"), output.size()));
  const std::string folder = source_dir().string() + "/";
  for (std::size_t at = text.find(folder); at != text.npos; at = text.find(folder, at)) text.erase(at, folder.size());
  return text;
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != text.npos; }

TEST_F(Debugging, StopsOnEntryToTheRequestAndShowsTheHeapAsTheJudgeSeesIt) {
  const std::string output = shown(kGuilty + " -f " + kTrace + " --at 4",
                                   {"mheap", "mblock 0", "mshadow", "next", "next", "mshadow"});
  EXPECT_TRUE(holds(output, "mm_free (payload=0x8000000")) << output;
  EXPECT_TRUE(holds(output, "footer_too_far.c:")) << output;
  expect_golden("cli/debug-footer.txt", from_stop(output));
}

TEST_F(Debugging, GoesOnRequestByRequest) {
  const std::string output = shown(kGuilty + " -f " + kTrace, {"mnext", "mnext 2", "mheap", "mnext 9"});
  EXPECT_TRUE(holds(output, "stopped on entry to request #1: mm_malloc(")) << output;
  EXPECT_TRUE(holds(output, "request #4 of 4 in run 1: mm_free(block 0)")) << output;
}

void expect_store_to_be_found(const std::string& output) {
  EXPECT_TRUE(holds(output, "stopped on entry to request #4")) << output;
  EXPECT_TRUE(holds(output, stores_can_be_watched() ? "Hardware watchpoint" : "Watchpoint")) << output;
  EXPECT_TRUE(holds(output, "mm_free")) << output;
  EXPECT_FALSE(holds(output, "payload_pattern")) << output;
}

TEST_F(Debugging, StopsAtTheFirstFailureAndThenAtTheStore) {
  expect_store_to_be_found(shown(kGuilty + " -f " + kTrace + " --first-failure", {"continue", "backtrace 1"}));
}

TEST_F(Debugging, DoesSoIn32Bits) {
  SKIP_WHERE_32_BITS_DO_NOT_RUN(true);
  expect_store_to_be_found(shown(kGuilty + " -f " + kTrace + " --abi ilp32 --first-failure", {"continue"}));
}

TEST_F(Debugging, WatchesAnyBytes) {
  const std::string output = shown(kGuilty + " -f " + kTrace + " --watch +0x0:8", {"continue"});
  EXPECT_TRUE(holds(output, "Old value = 0\nNew value = 32\nmm_malloc (size=32)")) << output;
}

TEST_F(Debugging, StopsInTheSecondRunWhereOnlyThatOneFails) {
  const std::string output = shown(file_of("tests/guilty/stale_list.c") + " -f " + file_of("tests/guilty/stale_list.rep") +
                                       " --first-failure",
                                   {"mheap"});
  EXPECT_TRUE(holds(output, "in run 2:")) << output;
}

// No time is asserted; a conditional breakpoint would take minutes, and the test has two.
TEST_F(Debugging, StopsAtTheLastOfAMillionRequests) {
  std::string trace = "1048576\n1\n1000000\n1\n";
  for (int i = 0; i < 500000; ++i) trace += "a 0 48\nf 0\n";
  shell_.write("long.rep", trace);
  const std::string output = shown(kGuilty + " -f long.rep --at 1000000", {"mheap"});
  EXPECT_TRUE(holds(output, "request #1000000 of 1000000 in run 1: mm_free(block 0)")) << output;
}

TEST_F(Debugging, OnlyPrintsWhatItWouldStart) {
  const ShellResult result = shell_.run(heapjudge() + " debug " + kGuilty + " -f " + kTrace + " --print-only --at 2");
  EXPECT_EQ(result.status, 0) << result.errors;
  EXPECT_TRUE(result.output.starts_with("gdb -q -x ")) << result.output;
  EXPECT_TRUE(holds(result.output, "gdb_commands.py")) << result.output;
  EXPECT_TRUE(result.errors.empty()) << result.errors;
}

TEST_F(Debugging, SaysThatThereIsNothingToStopAt) {
  const ShellResult result = shell_.run(heapjudge() + " debug " + kGuilty + " -f " + file_of("tests/guilty/odd_header.rep") +
                                        " --first-failure");
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(result.errors, "heapjudge: the trace passes: there is no failure to stop at\n");
}

TEST_F(Debugging, RefusesARequestThatIsNotThere) {
  const ShellResult result = shell_.run(heapjudge() + " debug " + kGuilty + " -f " + kTrace + " --at 5");
  EXPECT_EQ(result.status, 2);
  EXPECT_EQ(result.errors, "heapjudge: the trace has 4 requests, and no request 5\n");
}

TEST_F(Debugging, SaysHowToGetGdb) {
  const ShellResult result = shell_.run("PATH=/nowhere " + heapjudge() + " debug " + kGuilty + " -f " + kTrace);
  EXPECT_EQ(result.status, 2);
  EXPECT_EQ(result.errors, "heapjudge: gdb is not installed: apt-get install gdb\n");
}

}  // namespace
}  // namespace heapjudge
