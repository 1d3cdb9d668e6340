// Submissions that attack the grader. Each gets what its allocator deserves and not a point more, ends nobody
// but itself, and leaves neither a process nor a file behind.
#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <ostream>
#include <set>

#include "tests/guilty/grading.h"
#include "tests/test_main.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

constexpr const char* kTrace = "tests/attacks/ordinary.rep";
constexpr const char* kMark = "heapjudge-attack-mark";  // what attacks call the files they make

struct Attack {
  const char* name;                // tests/attacks/<name>.c
  std::set<std::string> verdicts;  // a code, "passed" (harmless), or "does not build"
  const char* trace = kTrace;
};

void PrintTo(const Attack& attack, std::ostream* out) {
  *out << attack.name;
}

const std::vector<Attack>& attacks() {
  static const std::vector<Attack> all{
      // Words.
      {"prints_a_score", {"E303"}},
      {"prints_at_the_end", {"passed"}},
      {"shouts", {"passed"}},
      {"shouts_from_the_start", {"passed"}},
      {"own_main", {"passed"}},
      // Leaving.
      {"leaves_early", {"E303"}},
      {"leaves_while_loading", {"E303"}},
      {"hangs_while_loading", {"E302"}},
      {"jumps_away", {"E103", "E301", "E302", "E303"}},
      // Behaving while watched.
      {"turns_bad", {"E203"}},
      {"turns_bad_after_many", {"E103"}},
      // Names that others might call.
      {"own_clock", {"passed"}},
      {"own_memcpy", {"passed"}},
      {"own_memlib", {"E102"}},
      {"own_server", {"passed"}},
      {"small_heap", {"passed"}},
      // The heap.
      {"no_memlib", {"E102"}},
      {"remaps_heap", {"E107"}, "tests/attacks/no_realloc.rep"},
      {"unmaps_heap", {"E301"}},
      {"remaps_all", {"passed", "E301", "E302", "E303", "E305", "E503", "E102"}},
      {"fills_heap", {"E109"}},
      // Before the first request.
      {"early_constructor", {"passed"}},
      {"constructor_writes", {"E305"}},
      {"constructor_kills", {"E305"}},
      {"resolver_kills", {"E305"}},
      {"early_thread", {"E305"}},
      {"keeps_the_wide_filter", {"E502"}},
      {"maps_memory_early", {"E502"}},
      {"catches_crashes_early", {"E305"}},
      {"preinit", {"does not build"}},
      // Descriptors and files.
      {"writes_everywhere", {"passed"}},
      {"closes_everything", {"passed"}},
      {"reads_traces", {"E305"}},
      {"makes_a_file", {"E305"}},
      {"opens_socket", {"E305"}},
      // Processes.
      {"kills_parent", {"E305"}},
      {"kills_by_hand", {"E305"}},
      {"signals_others", {"E305"}},
      {"forks", {"E305"}},
      {"daemon", {"E305"}},
      {"thread", {"E305"}},
      // Memory.
      {"maps_memory", {"E305"}},
      {"finds_malloc", {"E305"}},
      {"fills_stack", {"E301"}},
      {"hides_in_stack", {"passed", "E103", "E104", "E105", "E203", "E204", "E301"}},
      // Replies.
      {"replies_kernel", {"E102"}},
      {"replies_low", {"E102"}},
      {"replies_wrapping", {"E102"}},
      {"replies_past_the_end", {"E102"}},
      {"replies_own_stack", {"E102"}},
      {"replies_own_code", {"E102"}},
      {"scribbles",
       {"passed", "E101", "E102", "E103", "E105", "E107", "E109", "E203", "E204", "E301", "E302", "E303",
        "E304", "E305"}},
      {"forges_replies",
       {"passed", "E101", "E102", "E103", "E105", "E107", "E109", "E203", "E204", "E301", "E302", "E303",
        "E304", "E305"}},
      {"claims_refusals", {"E104"}},
      {"hides_growth", {"E109"}},
      {"hides_ranges", {"E109"}},
      // Signals.
      {"catches_crashes", {"E305"}},
      {"blocks_signals", {"E301"}},
      {"blocks_signals_and_hangs", {"E302"}},
  };
  return all;
}

fs::path source_of(const std::string& name) {
  return "tests/attacks/" + name + ".c";
}

std::set<fs::path> entries_of(const fs::path& folder) {
  std::set<fs::path> entries;
  std::error_code gone;
  for (const auto& entry : fs::directory_iterator(folder, gone)) entries.insert(entry.path());
  return entries;
}

double utilization_of(const TraceRow& row) {
  return row.result.examination ? row.result.examination->profile.value_or(HeapProfile{}).utilization : 0;
}

std::string short_verdict_of(const TraceRow& row) {
  const std::string verdict = verdict_of(row);
  return verdict.substr(0, verdict.find(' '));
}

// What a row lets through where the machine lacks a layer of the sandbox: reading a file before the first
// request is stopped by Landlock alone.
bool is_excused(const TraceRow& row) {
  const bool lacks_landlock = row.result.examination->isolation.find("Landlock") != std::string::npos;
  return lacks_landlock && short_verdict_of(row) == "E301";
}

// Orphans of the student processes become children of this one, so that none can hide.
class Attacks : public testing::TestWithParam<Attack> {
 protected:
  static void SetUpTestSuite() {
    ASSERT_EQ(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
    const GradeSheet sheet = grade_submission(source_of("honest"), {kTrace});
    ASSERT_EQ(verdict_of(sheet.traces.at(0)), "passed");
    honest_utilization_ = utilization_of(sheet.traces[0]);
    honest_score_ = sheet.score.value();
  }

  void SetUp() override { before_ = entries_of(fs::current_path()); }

  void TearDown() override {
    EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1) << "a process was left behind";
    EXPECT_EQ(errno, ECHILD);
    EXPECT_EQ(entries_of(fs::current_path()), before_);
    for (const char* folder : {".", "/tmp", "/var/tmp", "/dev/shm"})
      EXPECT_FALSE(fs::exists(fs::path(folder) / kMark));
  }

  static inline double honest_utilization_ = 0;
  static inline double honest_score_ = 0;

 private:
  std::set<fs::path> before_;
};

TEST_P(Attacks, GainNothing) {
  const Attack& attack = GetParam();
  std::optional<GradeSheet> sheet;
  try {
    sheet = grade_submission(source_of(attack.name), {attack.trace});
  } catch (const std::runtime_error& error) {
    EXPECT_EQ(attack.verdicts, std::set<std::string>{"does not build"}) << error.what();
    return;
  }
  const TraceRow& row = sheet->traces.at(0);
  EXPECT_TRUE(attack.verdicts.count(short_verdict_of(row)) == 1 || is_excused(row)) << verdict_of(row);
  EXPECT_LE(row.passed ? utilization_of(row) : 0, honest_utilization_);
  EXPECT_LE(sheet->score.value(), honest_score_);
}

INSTANTIATE_TEST_SUITE_P(All, Attacks, testing::ValuesIn(attacks()),
                         [](const auto& attack) { return std::string(attack.param.name); });

// Writes one trace per system call: a calloc whose size names it.
std::vector<std::string> traces_of_calls(const fs::path& folder, long convention,
                                         const std::vector<long>& calls) {
  std::vector<std::string> traces;
  for (const long call : calls) {
    const fs::path file = folder / ("call-" + std::to_string(call) + ".rep");
    std::ofstream(file) << "1048576\n1\n1\n1\nc 0 1 " << convention + call << "\n";
    traces.push_back(file.string());
  }
  return traces;
}

class SystemCalls : public Attacks {};

TEST_F(SystemCalls, ThatReachOutOfTheProcessAreForbidden) {
  const std::vector<long> calls{SYS_open,
                                SYS_openat,
                                SYS_creat,
                                SYS_open_by_handle_at,
                                SYS_name_to_handle_at,
                                SYS_memfd_create,
                                SYS_mkdir,
                                SYS_unlink,
                                SYS_rename,
                                SYS_link,
                                SYS_symlink,
                                SYS_chmod,
                                SYS_truncate,
                                SYS_ftruncate,
                                SYS_mount,
                                SYS_chroot,
                                SYS_socket,
                                SYS_socketpair,
                                SYS_connect,
                                SYS_bind,
                                SYS_sendmsg,
                                SYS_fork,
                                SYS_vfork,
                                SYS_clone,
                                SYS_clone3,
                                SYS_execve,
                                SYS_execveat,
                                SYS_kill,
                                SYS_tkill,
                                SYS_rt_sigqueueinfo,
                                SYS_rt_sigaction,
                                SYS_sigaltstack,
                                SYS_ptrace,
                                SYS_process_vm_readv,
                                SYS_process_vm_writev,
                                SYS_pidfd_open,
                                SYS_pidfd_getfd,
                                SYS_kcmp,
                                SYS_mmap,
                                SYS_mprotect,
                                SYS_munmap,
                                SYS_mremap,
                                SYS_brk,
                                SYS_remap_file_pages,
                                SYS_userfaultfd,
                                SYS_shmget,
                                SYS_shmat,
                                SYS_msgget,
                                SYS_semget,
                                SYS_mq_open,
                                SYS_inotify_init1,
                                SYS_epoll_create,
                                SYS_eventfd2,
                                SYS_signalfd4,
                                SYS_timerfd_create,
                                SYS_timer_create,
                                SYS_setitimer,
                                SYS_alarm,
                                SYS_io_uring_setup,
                                SYS_io_setup,
                                SYS_bpf,
                                SYS_perf_event_open,
                                SYS_seccomp,
                                SYS_prctl,
                                SYS_arch_prctl,
                                SYS_personality,
                                SYS_unshare,
                                SYS_setns,
                                SYS_setrlimit,
                                SYS_prlimit64,
                                SYS_setuid,
                                SYS_setpriority,
                                SYS_sched_setaffinity,
                                SYS_ioctl,
                                SYS_fcntl,
                                SYS_pipe2,
                                SYS_nanosleep,
                                SYS_pause,
                                SYS_poll,
                                SYS_keyctl,
                                SYS_add_key,
                                SYS_syslog,
                                SYS_reboot,
                                SYS_init_module};
  const TemporaryFolder scratch;
  const GradeSheet sheet =
      grade_submission(source_of("system_calls"), traces_of_calls(scratch.path(), 1000000, calls));
  ASSERT_EQ(sheet.traces.size(), calls.size());
  for (std::size_t i = 0; i < calls.size(); ++i) {
    EXPECT_EQ(short_verdict_of(sheet.traces[i]), "E305") << "system call " << calls[i];
  }
}

// The same numbers mean other calls there; none may get through.
TEST_F(SystemCalls, OfOtherConventionsAreForbidden) {
  const std::vector<long> calls{2, 5, 9, 11, 37, 39, 57, 62, 90, 101, 120, 192, 257, 295};
  const std::set<std::string> stopped{"E301", "E305"};
  for (const long convention : {2000000, 3000000}) {
    const TemporaryFolder scratch;
    const GradeSheet sheet =
        grade_submission(source_of("system_calls"), traces_of_calls(scratch.path(), convention, calls));
    for (std::size_t i = 0; i < calls.size(); ++i) {
      EXPECT_EQ(stopped.count(short_verdict_of(sheet.traces.at(i))), 1u)
          << "convention " << convention << ", system call " << calls[i] << ": "
          << verdict_of(sheet.traces[i]);
    }
  }
}

// Every attack that lies in the folder is in the table.
TEST(AttacksFolder, IsAllInTheTable) {
  std::set<std::string> known{"honest", "system_calls"};
  for (const Attack& attack : attacks()) known.insert(attack.name);
  for (const auto& entry : fs::directory_iterator(source_dir() / "tests/attacks")) {
    if (entry.path().extension() != ".c") continue;
    EXPECT_EQ(known.count(entry.path().stem()), 1u) << entry.path();
  }
}

}  // namespace
}  // namespace heapjudge
