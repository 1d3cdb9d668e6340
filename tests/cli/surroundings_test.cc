// The program where it is run by other people: closed streams, tight limits, odd folders, no rights.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/cli/shell.h"
#include "tests/test_main.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSound = R"(
#include "memlib.h"
int mm_init(void) { return 0; }
void *mm_malloc(unsigned long size) {
  void *block = mem_sbrk((size + 15) & ~15ul);
  return block == (void *)-1 ? 0 : block;
}
void mm_free(void *block) {}
)";

class Surroundings : public testing::Test {
 protected:
  Surroundings() {
    shell_.write("mm.c", kSound);
    shell_.write("two.rep", "0\n2\n4\n1\na 0 100\na 1 200\nf 0\nf 1\n");
    shell_.write("rubric.yaml", "heapjudge: 1\ntraces:\n  - {file: two.rep}\n");
  }

  static std::string program() { return binary_dir() / "bin" / "heapjudge"; }
  static std::string grade() { return program() + " grade mm.c --rubric rubric.yaml"; }

  // A refusal is one line of the program's own and no grade.
  static void expect_refusal(const ShellResult& result, const std::string& about) {
    EXPECT_EQ(result.status, 2) << about;
    EXPECT_EQ(std::ranges::count(result.errors, '\n'), 1) << about << ": " << result.errors;
    EXPECT_TRUE(result.errors.starts_with("heapjudge: ")) << result.errors;
    EXPECT_NE(result.errors.find(about), std::string::npos) << result.errors;
    EXPECT_EQ(result.output, "") << about;
  }

  Shell shell_;
};

TEST_F(Surroundings, ClosedStreams) {
  EXPECT_EQ(shell_.run(grade() + " <&-").status, 0);
  EXPECT_EQ(shell_.run(grade() + " 2>&-").status, 0);
  EXPECT_EQ(shell_.run(grade() + " <&- 2>&-").status, 0);
  expect_refusal(shell_.run(grade() + " >&-"), "standard output is closed");
  expect_refusal(shell_.run(grade() + " <&- >&-"), "standard output is closed");
  EXPECT_EQ(shell_.run(grade() + " <&- >&- 2>&-").status, 2) << "nobody would see the grade";
}

// What is tighter than the rubric's terms would be blamed on the submission.
TEST_F(Surroundings, TightLimitsAreNotTheSubmissionsFault) {
  for (const char* limit : {"ulimit -s 64", "ulimit -f 10", "ulimit -t 5", "ulimit -n 20"}) {
    expect_refusal(shell_.run(std::string(limit) + "; " + grade()), limit);
  }
}

TEST_F(Surroundings, GenerousOrUnusualOnesDoNoHarm) {
  for (const char* setting :
       {"ulimit -c unlimited", "ulimit -S -n 40", "umask 077", "umask 777; umask 022",
        "export TMPDIR=/nonexistent", "unset HOME", "export HUGE=$(head -c 120000 /dev/zero | tr '\\0' x)",
        "export LC_ALL=xx_XX PATH=/usr/bin:/bin"}) {
    const ShellResult result = shell_.run(std::string(setting) + "; " + grade());
    EXPECT_EQ(result.status, 0) << setting << ": " << result.errors;
  }
  EXPECT_EQ(shell_.run("env -i " + grade()).status, 0);
}

TEST_F(Surroundings, SignalsThatTheCallerIgnoresOrBlocks) {
  for (const char* setting : {"env --ignore-signal=CHLD ", "env --block-signal=CHLD,TERM,PROF,SEGV "}) {
    const ShellResult result = shell_.run(setting + grade());
    EXPECT_EQ(result.status, 0) << setting << result.errors;
  }
  const ShellResult hung_up =
      shell_.run("timeout --preserve-status -s HUP 0.05 env --ignore-signal=HUP " + grade());
  EXPECT_EQ(hung_up.status, 0) << hung_up.errors;
}

TEST_F(Surroundings, AFolderOfAnyName) {
  const std::string name = "a b\u00e4'\n\"c$;";
  for (const char* file : {"mm.c", "two.rep", "rubric.yaml"})
    shell_.write(name + "/" + file, shell_.read(file));
  EXPECT_EQ(shell_.run("cd a*; " + grade()).status, 0);
  EXPECT_EQ(shell_.run(program() + " grade a*/mm.c --rubric a*/rubric.yaml").status, 0);
}

TEST_F(Surroundings, AFolderThatCannotBeWrittenTo) {
  shell_.write(".heapjudge", "a file");
  expect_refusal(shell_.run(grade()), ".heapjudge");
}

TEST_F(Surroundings, TwoAtOnceInOneFolder) {
  const ShellResult result =
      shell_.run(grade() + " >one & one=$!; " + grade() + " >other && wait $one && ls -A .heapjudge");
  EXPECT_EQ(result.status, 0) << result.errors;
  EXPECT_EQ(result.output, "");
}

// As in a container without privileges: root, with nobody to become.
TEST_F(Surroundings, ARootOfItsOwnNamespace) {
  if (shell_.run("unshare -r true").status != 0) return;  // no such namespaces here
  const ShellResult result = shell_.run("unshare -r " + grade());
  EXPECT_EQ(result.status, 0) << result.errors;
}

TEST_F(Surroundings, WithoutNamespacesThatIsSaid) {
  const std::string forbid = "echo 0 > /proc/sys/user/max_user_namespaces";
  if (shell_.run("unshare -r sh -c '" + forbid + "'").status != 0) return;
  const std::string inside = "unshare -r sh -c '" + forbid + "; exec " + grade();
  const ShellResult result = shell_.run(inside + "'");
  EXPECT_EQ(result.status, 0) << result.errors;
  EXPECT_NE(result.output.find("no namespaces"), std::string::npos) << result.output;
  expect_refusal(shell_.run(inside + " --require-isolation'"), "no namespaces");
}

}  // namespace
}  // namespace heapjudge
