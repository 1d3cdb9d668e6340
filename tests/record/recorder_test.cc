// The recorder inside real programs: what they asked for is in the log, in one order, however they end.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <string>
#include <vector>

#include "record/recording.h"
#include "record/run_recorded.h"
#include "tests/temporary_folder.h"
#include "tests/test_main.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

class Recorder : public testing::Test {
 protected:
  static fs::path recorder() { return binary_dir() / "record" / "libheapjudge_recorder.so"; }
  static fs::path program(const std::string& name) {
    return binary_dir() / "tests" / "record" / ("recorded_" + name);
  }

  ProgramEnd run(const std::string& name, const std::vector<std::string>& arguments = {}) {
    std::vector<std::string> words{name};
    words.insert(words.end(), arguments.begin(), arguments.end());
    log_.emplace(folder_.path() / "log", options_);
    const ProgramEnd end = run_recorded({program(name), words}, preload_, *log_, [](pid_t) {});
    recording_ = close_log(*log_);
    return end;
  }

  // The requests of one program of the recording, without a header, and without what the C++ runtime asks for
  // before main.
  std::string requests(std::size_t index, const TranscriptOptions& options = {}) {
    Transcript transcript = transcript_of(*log_, recording_.programs.at(index).number, options);
    const std::string text = print_trace(transcript.finish("t.rep"));
    counts_ = transcript.counts();
    std::size_t start = 0;
    for (int line = 0; line < 4; ++line) start = text.find('\n', start) + 1;
    return text.substr(start);
  }

  fs::path preload_ = recorder();
  LogOptions options_{.most_records = 1 << 20};
  TemporaryFolder folder_;
  std::optional<LogFile> log_;
  Recording recording_;
  TranscriptCounts counts_;
};

TEST_F(Recorder, LogsEveryKindOfRequest) {
  EXPECT_EQ(run("every_request").exit_status, 0);
  ASSERT_EQ(recording_.programs.size(), 1u);
  EXPECT_EQ(recording_.programs[0].name, "recorded_every_request");
  const std::string all = requests(0);
  const std::size_t own = all.find("a 1 1001\n");  // the first block is a buffer of the C++ runtime's own
  ASSERT_NE(own, all.npos) << all;
  EXPECT_EQ(all.substr(own),
            "a 1 1001\nc 2 7 1002\nr 3 1003\nr 3 1004\nr 4 1005\nr 4 1206\nm 5 64 1006\nm 6 128 1007\n"
            "m 7 256 1024\nm 8 4096 1008\nm 9 4096 1009\na 10 1010\na 11 13\na 12 1011\nr 12 0\nf 10\n"
            "f 1\nf 2\nf 3\nf 4\nf 5\nf 6\nf 7\nf 8\nf 9\nf -1\nf 11\nf -1\n");
  EXPECT_EQ(counts_.refused, 2u);
}

// A free that is logged too late, or a malloc too early, shows as an address that is given out while it is
// live, or as a free of an unknown block; a Trace that exists frees no block twice.
TEST_F(Recorder, AllThreadsHaveOneConsistentOrder) {
  for (int round = 0; round < 5; ++round) {
    EXPECT_EQ(run("threads").exit_status, 0);
    const std::string all = requests(0, {.balanced = true});
    EXPECT_GT(std::ranges::count(all, '\n'), 240'000);
    EXPECT_EQ(counts_.reused_addresses, 0u);
    EXPECT_EQ(counts_.unknown_frees, 0u);
    EXPECT_EQ(counts_.unknown_resizes, 0u);
    EXPECT_LE(counts_.freed_at_end, 8u);  // of the runtime: the buffer, and what a thread needs
    EXPECT_EQ(recording_.unfinished, 0u);
    log_.reset();
    fs::remove(folder_.path() / "log");
  }
}

TEST_F(Recorder, ChildrenAreLeftAloneByDefault) {
  EXPECT_EQ(run("forks").exit_status, 0);
  ASSERT_EQ(recording_.programs.size(), 1u);
  EXPECT_EQ(requests(0), "a 0 101\na 1 102\n");
}

TEST_F(Recorder, FollowsChildrenEachOnItsOwn) {
  options_.follow_children = true;
  EXPECT_EQ(run("forks").exit_status, 0);
  ASSERT_EQ(recording_.programs.size(), 3u);
  EXPECT_EQ(requests(0), "a 0 101\na 1 102\n");
  EXPECT_EQ(requests(1), "a 0 201\na 1 202\n");
  EXPECT_EQ(counts_.unknown_frees, 1u);  // of the block that it inherited
  EXPECT_EQ(requests(2), "a 0 301\n");
  EXPECT_NE(recording_.programs[0].pid, recording_.programs[1].pid);
}

TEST_F(Recorder, AnExecBeginsAnotherProgramOfTheSameProcess) {
  EXPECT_EQ(run("becomes").exit_status, 0);
  ASSERT_EQ(recording_.programs.size(), 2u);
  EXPECT_EQ(recording_.programs[0].pid, recording_.programs[1].pid);
  EXPECT_EQ(requests(0), "a 0 111\n");
  EXPECT_EQ(requests(1), "a 0 222\nf 0\n");
}

TEST_F(Recorder, AKilledProgramLosesNothing) {
  const ProgramEnd end = run("killed");
  EXPECT_EQ(end.signal, SIGKILL);
  EXPECT_EQ(recording_.programs.at(0).requests, 49'901u);
  EXPECT_TRUE(requests(0).ends_with("r 0 50000\n"));
}

TEST_F(Recorder, SignalHandlersAreLoggedLikeTheRest) {
  EXPECT_EQ(run("handles_signals").exit_status, 0);
  EXPECT_EQ(recording_.programs.at(0).requests, 100u);
}

TEST_F(Recorder, UsesNoDescriptorOfTheProgram) {
  const fs::path file = folder_.path() / "file";
  EXPECT_EQ(run("closes_everything", {file.string()}).exit_status, 0);
  EXPECT_EQ(recording_.programs.at(0).requests, 200'000u);
  EXPECT_EQ(fs::file_size(file), 0u);
}

TEST_F(Recorder, RequestsBeforeItsStartAreServed) {
  preload_ = binary_dir() / "tests" / "record" / "libearly_dlsym.so:" += recorder();
  EXPECT_EQ(run("small").exit_status, 0);
  EXPECT_EQ(requests(0), "a 0 10\nf 0\na 1 20\n");
  EXPECT_GE(recording_.early, 30u);  // three for each function that is looked up; a free of them is none
}

TEST_F(Recorder, AFullLogSaysHowMuchIsMissing) {
  options_.most_records = 1 << 16;
  EXPECT_EQ(run("closes_everything", {(folder_.path() / "file").string()}).exit_status, 0);
  EXPECT_EQ(recording_.programs.at(0).requests, 65'536u);
  EXPECT_EQ(recording_.lost, 200'000u - 65'536u);
}

TEST_F(Recorder, AskingForNothingIsNoRequest) {
  EXPECT_EQ(run("silent").exit_status, 3);
  EXPECT_EQ(recording_.programs.at(0).requests, 0u);
}

TEST_F(Recorder, AStaticProgramNeverLoadsIt) {
  EXPECT_EQ(run("static").exit_status, 0);
  EXPECT_TRUE(recording_.programs.empty());
}

TEST_F(Recorder, WithoutAddressSpaceItSaysSoAndTheProgramRuns) {
  options_.most_records = 1 << 24;
  log_.emplace(folder_.path() / "log", options_);
  const RecordedCommand command{"/bin/sh",
                                {"sh", "-c", "ulimit -v 100000; exec " + program("small").string()}};
  EXPECT_EQ(run_recorded(command, preload_, *log_, [](pid_t) {}).exit_status, 0);
  recording_ = close_log(*log_);
  EXPECT_EQ(log_->header().obstacle, LogObstacle::kNoAddressSpace);
  EXPECT_EQ(recording_.programs.size(), 1u);  // the shell
}

TEST_F(Recorder, AProgramThatIsNotThereIsAnError) {
  log_.emplace(folder_.path() / "log", options_);
  try {
    run_recorded({"/nonexistent", {"nonexistent"}}, preload_, *log_, [](pid_t) {});
    FAIL();
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "nonexistent: No such file or directory");
  }
}

}  // namespace
}  // namespace heapjudge
