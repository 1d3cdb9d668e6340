// What a dying process wrote down is taken for what it is: a claim.
#include "subject/distress_report.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <string.h>

#include <random>

#include "check.h"

namespace heapjudge {
namespace {

Distress silence() {
  Distress distress;
  memset(static_cast<void*>(&distress), 0, sizeof distress);
  return distress;
}

// Statuses as waitpid tells them.
int killed_by(int signal) { return signal; }
int exited_with(int status) { return status << 8; }

TEST(FormEnding, TheKernelDecidesWhatHappened) {
  EXPECT_EQ(form_ending(Reason::kNone, killed_by(SIGSEGV), silence(), false).kind, EndingKind::kCrashed);
  EXPECT_EQ(form_ending(Reason::kNone, killed_by(SIGXCPU), silence(), false).limit, "CPU time");
  EXPECT_EQ(form_ending(Reason::kNone, exited_with(7), silence(), false).exit_status, 7);
  EXPECT_EQ(form_ending(Reason::kDismissed, killed_by(SIGKILL), silence(), false).kind, EndingKind::kDismissed);
  EXPECT_EQ(form_ending(Reason::kRequestOverdue, killed_by(SIGKILL), silence(), false).kind, EndingKind::kHung);
  EXPECT_EQ(form_ending(Reason::kNotLoaded, killed_by(SIGKILL), silence(), false).kind, EndingKind::kNotLoaded);
}

TEST(FormEnding, AnAddressIsTakenFromTheSameSignalOnly) {
  Distress distress = silence();
  distress.signal = SIGSEGV;
  distress.has_address = 1;
  distress.address = 0x28;
  EXPECT_EQ(form_ending(Reason::kNone, killed_by(SIGSEGV), distress, false).address, 0x28u);
  EXPECT_EQ(form_ending(Reason::kNone, killed_by(SIGABRT), distress, false).address, std::nullopt);
}

TEST(FormEnding, AStoppedCallIsNamedAndAStoppedExitIsAnExit) {
  Distress distress = silence();
  distress.signal = SIGSYS;
  distress.syscall = 41;
  EXPECT_EQ(form_ending(Reason::kNone, killed_by(SIGSYS), distress, false).syscall, "socket");
  distress.syscall = 231;
  distress.argument = 3;
  const Ending ending = form_ending(Reason::kNone, killed_by(SIGSYS), distress, false);
  EXPECT_EQ(ending.kind, EndingKind::kExited);
  EXPECT_EQ(ending.exit_status, 3);
  EXPECT_EQ(form_ending(Reason::kNone, killed_by(SIGSYS), silence(), false).syscall,
            "a call in the manner of another architecture");
}

TEST(FormEnding, CountsAreNotBelieved) {
  Distress distress = silence();
  distress.backtraces = 0xffffffff;
  for (std::uint32_t& depth : distress.depth) depth = 0xffffffff;
  const Ending ending = form_ending(Reason::kNone, killed_by(SIGSEGV), distress, false);
  EXPECT_EQ(ending.backtraces.size(), kMaxBacktraces);
  EXPECT_EQ(ending.backtraces[0].size(), kMaxFrames);
}

TEST(FormEnding, SurvivesAnyBytes) {
  const std::uint32_t seed = 20240607;
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  for (int round = 0; round < 2000; ++round) {
    Distress distress = silence();
    for (std::size_t i = 0; i + 4 <= sizeof distress; i += 4) {
      const auto noise = static_cast<std::uint32_t>(random());
      memcpy(reinterpret_cast<char*>(&distress) + i, &noise, 4);
    }
    distress.signal = round % 2 == 0 ? static_cast<std::uint32_t>(SIGSYS) : distress.signal;
    const auto reason = static_cast<Reason>(random() % 5);
    const Ending ending = form_ending(reason, killed_by(1 + static_cast<int>(random() % 31)), distress, round % 3 == 0);
    EXPECT_LE(ending.backtraces.size(), kMaxBacktraces);
    EXPECT_LT(ending.syscall.size(), 64u);
  }
}

}  // namespace
}  // namespace heapjudge
