// heapjudge doctor, as it is run by a person: where all is there, and where some of it is missing.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/cli/shell.h"
#include "tests/test_main.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

class Doctor : public testing::Test {
 protected:
  static std::string doctor() { return (binary_dir() / "bin" / "heapjudge").string() + " doctor"; }

  // The same with a PATH of all programs but these.
  std::string doctor_without(const std::vector<std::string>& lost) const {
    fs::create_directories(shell_.folder() / "programs");
    for (const char* folder : {"/usr/bin", "/bin"}) {
      for (const auto& entry : fs::directory_iterator(folder)) {
        const std::string name = entry.path().filename();
        if (std::ranges::find(lost, name) != lost.end()) continue;
        std::error_code there_already;
        fs::create_symlink(entry.path(), shell_.folder() / "programs" / name, there_already);
      }
    }
    return "PATH=$PWD/programs " + doctor();
  }

  // The part's line and the one below it.
  static std::string about(const std::string& part, const std::string& output) {
    const std::size_t at = output.find(" " + part + " ");
    if (at == output.npos) return "";
    const std::size_t end = output.find('\n', output.find('\n', at) + 1);
    return output.substr(at, end - at);
  }

  Shell shell_;
};

TEST_F(Doctor, LooksAtEverythingAndLeavesNothingBehind) {
  const ShellResult result = shell_.run(doctor());
  EXPECT_EQ(result.status, 0) << result.output << result.errors;
  EXPECT_EQ(result.errors, "");
  for (const char* part : {"compiler", "64-bit", "32-bit", "sandbox", "gdb", "valgrind", "clang", "watchpoints", "node",
                           "viewer", "timer noise"}) {
    EXPECT_NE(about(part, result.output), "") << part << "\n" << result.output;
  }
  EXPECT_NE(about("gdb", result.output).find("starts programs"), std::string::npos) << result.output;
  EXPECT_NE(about("clang", result.output).find("libFuzzer"), std::string::npos) << result.output;
  EXPECT_NE(about("valgrind", result.output).find("counts instructions"), std::string::npos) << result.output;
  EXPECT_TRUE(result.output.ends_with("grading works here\n"));
  EXPECT_TRUE(fs::is_empty(shell_.folder() / ".heapjudge"));
}

TEST_F(Doctor, SaysWhatIsLostWithoutValgrind) {
  const ShellResult result = shell_.run(doctor_without({"valgrind"}));
  EXPECT_EQ(result.status, 0) << "grading works without: " << result.output;
  EXPECT_NE(about("valgrind", result.output).find("no valgrind"), std::string::npos) << result.output;
  EXPECT_NE(about("valgrind", result.output).find("lost: throughput: {by: instructions}"), std::string::npos)
      << result.output;
}

TEST_F(Doctor, SaysThatGdbIsMissingOrOfNoUse) {
  const ShellResult missing = shell_.run(doctor_without({"gdb"}));
  EXPECT_NE(about("gdb", missing.output).find("lost: heapjudge debug"), std::string::npos) << missing.output;
  fs::remove(shell_.folder() / "programs" / "gdb");
  shell_.write("programs/gdb", "#!/bin/sh\n[ \"$1\" = --version ] && echo GNU gdb 13.1\n");
  fs::permissions(shell_.folder() / "programs" / "gdb", fs::perms::owner_all);
  const ShellResult useless = shell_.run("PATH=$PWD/programs " + doctor());
  EXPECT_NE(about("gdb", useless.output).find("may not start a program"), std::string::npos) << useless.output;
  EXPECT_EQ(useless.status, 0) << useless.output;
}

TEST_F(Doctor, FailsWithoutTheCompiler) {
  const ShellResult result = shell_.run(doctor_without({"gcc", "g++", "clang", "clang++"}));
  EXPECT_EQ(result.status, 2) << result.output;
  EXPECT_NE(about("compiler", result.output).find("no gcc"), std::string::npos) << result.output;
  EXPECT_TRUE(result.output.ends_with("nothing can be graded here\n")) << result.output;
}

TEST_F(Doctor, NamesTheLayersThatTheSandboxLacks) {
  const std::string forbid = "echo 0 > /proc/sys/user/max_user_namespaces";
  if (shell_.run("unshare -r sh -c '" + forbid + "'").status != 0) return;  // nothing can be forbidden here
  const ShellResult result = shell_.run("unshare -r sh -c '" + forbid + "; exec " + doctor() + "'");
  EXPECT_EQ(result.status, 0) << result.output << result.errors;
  EXPECT_NE(about("sandbox", result.output).find("partial: no namespaces"), std::string::npos) << result.output;
  EXPECT_NE(about("sandbox", result.output).find("lost: grading with --require-isolation"), std::string::npos);
}

TEST_F(Doctor, SpeaksJson) {
  const fs::path validate = source_dir() / "tests" / "reports" / "validate_json.py";
  const fs::path schema = source_dir() / "reports" / "schema" / "heapjudge-doctor-1.schema.json";
  EXPECT_EQ(shell_.run(doctor() + " --format json >doctor.json").status, 0);
  const ShellResult result =
      shell_.run("python3 " + validate.string() + " " + schema.string() + " doctor.json");
  EXPECT_EQ(result.status, 0) << result.output << result.errors;
}

TEST_F(Doctor, TakesNoOtherOptions) {
  const ShellResult result = shell_.run(doctor() + " --frmat json");
  EXPECT_EQ(result.status, 2);
  EXPECT_EQ(result.errors, "heapjudge: unknown option '--frmat'; did you mean --format?\n");
}

}  // namespace
}  // namespace heapjudge
