// What does not build says why; what is no submission is refused in one line.
#include <gtest/gtest.h>

#include "submission/build.h"
#include "submission/toolchain.h"
#include "tests/submission/workshop.h"
#include "trace/input_error.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

constexpr const char* kBump = R"(
#include "memlib.h"
int mm_init(void) { return 0; }
void *mm_malloc(size_t size) { return mem_sbrk(size); }
void mm_free(void *block) {}
)";

TEST(BuildFailure, ShowsTheCompilersOwnLinesWithoutWarnings) {
  const Workshop workshop("error");
  const auto source = workshop.write(
      "sub/mm.c", "int f(char *p) { return (int)p; }\nint mm_init(void) { return nothing; }\n");
  const BuildFailed failed = workshop.failure_of({source});
  EXPECT_TRUE(failed.command.starts_with("gcc -std=gnu17 -O2 -g -DDRIVER ")) << failed.command;
  EXPECT_NE(failed.diagnostics.find("sub/mm.c:2:28: error: 'nothing' undeclared"), std::string::npos)
      << failed.diagnostics;
  EXPECT_NE(failed.diagnostics.find("2 | int mm_init(void) { return nothing; }"), std::string::npos)
      << failed.diagnostics;
  EXPECT_EQ(failed.diagnostics.find("warning"), std::string::npos) << failed.diagnostics;
}

TEST(BuildFailure, AnUndefinedFunctionIsTheLinkersError) {
  const Workshop workshop("undefined");
  const auto source =
      workshop.write("mm.c", std::string(kBump) + "void lost(void);\nvoid f(void) { lost(); }\n");
  const BuildFailed failed = workshop.failure_of({source});
  EXPECT_NE(failed.diagnostics.find("mm.c:7: undefined reference to `lost'"), std::string::npos)
      << failed.diagnostics;
  EXPECT_EQ(failed.diagnostics.find("/tests/submission/"), std::string::npos) << failed.diagnostics;
}

TEST(BuildFailure, IsShownInBoundedPrintableLines) {
  EXPECT_EQ(presentable("a\nb\n", 2), "a\nb\n");
  EXPECT_EQ(presentable("a\nb", 2), "a\nb\n");
  EXPECT_EQ(presentable("a\nb\nc\nd\n", 2), "a\nb\n... 2 more lines\n");
  EXPECT_EQ(presentable("a\nb\nc", 2), "a\nb\n... 1 more line\n");
  EXPECT_EQ(presentable("", 2), "");
  EXPECT_EQ(presentable("\x1b[2Jx\ty\r\n", 2), "?[2Jx\ty\n");
  EXPECT_EQ(presentable(std::string(1000, 'x'), 2), std::string(500, 'x') + " ...\n");
}

TEST(BuildRefuses, WhatIsNoSubmission) {
  const Workshop workshop("refused");
  const auto message = [&](std::vector<fs::path> files) -> std::string {
    try {
      workshop.try_build(files);
    } catch (const InputError& error) {
      return error.what();
    }
    return "accepted";
  };
  fs::create_directory("empty");
  EXPECT_EQ(message({"gone.c"}), "gone.c: no such file");
  EXPECT_EQ(message({"empty"}), "empty: no allocator's C or C++ sources in this folder");
  EXPECT_EQ(message({workshop.write("nothing.c", "")}), "nothing.c: the file is empty");
  EXPECT_EQ(message({workshop.write("a.c", std::string_view("\x7f"
                                                            "ELF\0\0",
                                                            6))}),
            "a.c: a binary file, not C or C++ source");
  EXPECT_EQ(message({workshop.write("mm.txt", kBump)}),
            "mm.txt: not a C or C++ source (.c, .cc, .cpp, .cxx)");
  EXPECT_EQ(message({workshop.write("memlib.c", kBump)}), "memlib.c: no allocator among the files given");
  EXPECT_EQ(message({"/dev/zero"}), "/dev/zero: not a regular file");
  EXPECT_EQ(message({}), "submission: no file given");
}

}  // namespace
}  // namespace heapjudge
