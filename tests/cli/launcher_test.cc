// The launcher in a tree of its own, where apt-get, cmake and ninja only write down that they were called.
#include <gtest/gtest.h>

#include "tests/cli/shell.h"
#include "tests/test_main.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

// Every fake notes its name and arguments in calls.
constexpr const char* kNote = "#!/bin/bash\necho \"${0##*/} $*\" >>\"$CALLS\"\n";

class Launcher : public testing::Test {
 protected:
  Launcher() {
    fs::copy_file(source_dir() / "heapjudge", shell_.folder() / "heapjudge");
    for (const char* file :
         {"CMakeLists.txt", "cmake/a.cmake", "driver/a.cc", "fuzz/a.cc", "reports/a.cc", "traces/record/a.cc"})
      shell_.write(file, "x");
    fake("apt-get", "");
    fake("sudo", "exec \"$@\"\n");
    fake("dpkg-query",
         "shift 3; for package; do [[ $package == ${MISSING-} ]] || printf 'installed=%s ' \"$package\"; "
         "done\n");
    fake("cmake",
         "mkdir -p build; touch build/build.ninja\n"
         "echo \"CMAKE_HOME_DIRECTORY:INTERNAL=$PWD\" >build/CMakeCache.txt\n");
    fake("ninja",
         "[[ -z ${BROKEN-} ]] || { echo 'a.cc:1:1: error: broken'; exit 1; }\n"
         "sleep ${SLOW-0}; mkdir -p build/bin; cp ${PROGRAM-/bin/true} build/bin/heapjudge\n");
    fake("ctest", "");
  }

  void fake(const std::string& name, const std::string& script) {
    shell_.write("../fakes/" + name, kNote + script);
    fs::permissions(shell_.folder() / "../fakes" / name, fs::perms::owner_all);
  }

  // With variables such as "MISSING=cmake PROGRAM=/bin/pwd" for the fakes.
  ShellResult launch(const std::string& arguments, const std::string& variables = "") const {
    return shell_.run("export CALLS=$PWD/../calls PATH=$PWD/../fakes:$PATH " + variables + "; ./heapjudge " +
                      arguments);
  }

  // What was called since the last time, one name for each line.
  std::string calls() const {
    const std::string all = shell_.read("../calls");
    fs::remove(shell_.folder() / "../calls");
    std::string names;
    for (std::size_t at = 0; at < all.size(); at = all.find('\n', at) + 1) {
      names += all.substr(at, all.find(' ', at) - at) + " ";
    }
    return names;
  }

  Shell shell_;
};

TEST_F(Launcher, BuildsOnceAndThenGoesStraightToTheProgram) {
  EXPECT_EQ(launch("grade").status, 0);
  EXPECT_EQ(calls(), "dpkg-query cmake ninja ");
  const ShellResult again = launch("grade");
  EXPECT_EQ(again.status, 0);
  EXPECT_EQ(again.errors, "");
  EXPECT_EQ(calls(), "");
}

TEST_F(Launcher, AChangedSourceIsBuiltAgainWithoutAskingForPackages) {
  launch("grade");
  calls();
  shell_.write("driver/deep/new.cc", "y");
  EXPECT_EQ(launch("grade").status, 0);
  EXPECT_EQ(calls(), "ninja ");
  shell_.run("touch -d '2000-01-01' driver/a.cc");  // older, and yet another file
  launch("grade");
  EXPECT_EQ(calls(), "ninja ");
  launch("grade");
  EXPECT_EQ(calls(), "");
}

TEST_F(Launcher, NamesAndInstallsWhatIsMissing) {
  const ShellResult result = launch("grade", "MISSING=libfmt-dev");
  EXPECT_EQ(result.status, 0) << result.errors;
  EXPECT_NE(result.errors.find("heapjudge: installing with apt-get: libfmt-dev\n"), std::string::npos)
      << result.errors;
  EXPECT_NE(shell_.read("../calls").find("install --no-install-recommends libfmt-dev\n"), std::string::npos);
}

TEST_F(Launcher, RefusesToInstallWhenToldSo) {
  for (const char* arguments :
       {"--no-install grade mm.c", "grade --no-install mm.c", "--no-install selftest"}) {
    const ShellResult result = launch(arguments, "MISSING=libfmt-dev");
    EXPECT_EQ(result.status, 2);
    EXPECT_EQ(result.errors, "heapjudge: --no-install, but these packages are missing: libfmt-dev\n");
    EXPECT_EQ(calls(), "dpkg-query ");
  }
  EXPECT_EQ(launch("--no-install grade mm.c").status, 0);
}

TEST_F(Launcher, ABrowserIsForTheSelftestOnly) {
  EXPECT_EQ(launch("--no-install grade", "MISSING=chromium").status, 0);
  const ShellResult result = launch("--no-install selftest", "MISSING=chromium");
  EXPECT_EQ(result.errors, "heapjudge: --no-install, but these packages are missing: chromium\n");
}

TEST_F(Launcher, NodeFromElsewhereIsNotReplaced) {
  fake("node", "");
  fake("npm", "");
  EXPECT_EQ(launch("--no-install grade", "MISSING=npm").status, 0);
}

TEST_F(Launcher, ArgumentsAndFolderReachTheProgramUnchanged) {
  EXPECT_EQ(launch("'%s|' 'a  b' '' '*'", "PROGRAM=/usr/bin/printf").output, "a  b||*|");
  fs::create_directory(shell_.folder() / "elsewhere");
  shell_.run("rm -r build");
  EXPECT_EQ(
      shell_
          .run("export CALLS=$PWD/../calls PATH=$PWD/../fakes:$PATH PROGRAM=/bin/pwd; ./heapjudge -P >&2; "
               "cd elsewhere && ../heapjudge -P")
          .output,
      fs::canonical(shell_.folder() / "elsewhere").string() + "\n");
}

TEST_F(Launcher, TheNameItIsCalledByReachesTheProgram) {
  fs::create_symlink("heapjudge", shell_.folder() / "mdriver");
  launch("grade", "PROGRAM=/bin/bash");
  EXPECT_EQ(shell_.run("./mdriver -c 'echo ${BASH_ARGV0}'").output, "./mdriver\n");
}

TEST_F(Launcher, ABuildThatFailsShowsItsErrorsAndIsStatus2) {
  const ShellResult result = launch("grade", "BROKEN=yes");
  EXPECT_EQ(result.status, 2);
  EXPECT_NE(result.errors.find("a.cc:1:1: error: broken\n"), std::string::npos) << result.errors;
  EXPECT_EQ(result.output, "");
  EXPECT_EQ(launch("grade").status, 0);
}

TEST_F(Launcher, StartsAtTheSameTimeBuildOnce) {
  const ShellResult result = shell_.run(
      "export CALLS=$PWD/../calls PATH=$PWD/../fakes:$PATH SLOW=0.3; "
      "./heapjudge a & first=$!; ./heapjudge b & second=$!; wait $first && wait $second");
  EXPECT_EQ(result.status, 0) << result.errors;
  EXPECT_EQ(calls(), "dpkg-query cmake ninja ");
}

TEST_F(Launcher, SelftestBuildsAllAndEndsAsCtestDoes) {
  fake("ctest", "exit 8\n");
  EXPECT_EQ(launch("selftest -R layers").status, 8);
  const std::string noted = shell_.read("../calls");
  EXPECT_NE(noted.find(" all\n"), std::string::npos) << noted;
  EXPECT_NE(noted.find("--output-on-failure"), std::string::npos) << noted;
  EXPECT_NE(noted.find(" -R layers\n"), std::string::npos) << noted;
}

TEST_F(Launcher, AFolderThatCannotBeWrittenToIsNamedWithTheWayOut) {
  const ShellResult result = launch("grade", "HEAPJUDGE_BUILD=/proc/heapjudge");
  EXPECT_EQ(result.status, 2);
  EXPECT_EQ(result.errors,
            "heapjudge: cannot write to /proc/heapjudge, and a build is needed; HEAPJUDGE_BUILD names "
            "another folder\n");
}

}  // namespace
}  // namespace heapjudge
