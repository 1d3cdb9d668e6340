// A confined compiler brings nothing of the grader's into a library or a message.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "submission/read_border.h"
#include "submission/run_tool.h"
#include "tests/submission/workshop.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSecret = "a 17 4711 is the hidden trace\n";
constexpr const char* kInit = "int mm_init(void) { return 0; }\n";

// A submission in lab/, a hidden trace in traces/.
class ConfinedBuild : public testing::Test {
 protected:
  ConfinedBuild() { workshop_.write("traces/hidden.rep", kSecret); }

  std::variant<Built, BuildFailed> build_confined(const std::string& text,
                                                  const std::string& compiler = "gcc",
                                                  Abi abi = Abi::kLp64) const {
    BuildPlaces places = workshop_.places(abi);
    places.confined = true;
    BuildSettings settings;
    settings.compiler = compiler;
    settings.abi = abi;
    return build({workshop_.write("lab/mm.c", text)}, settings, places);
  }

  static std::string bytes_of(const fs::path& file) {
    std::ostringstream bytes;
    bytes << std::ifstream(file, std::ios::binary).rdbuf();
    return bytes.str();
  }

  // Nothing of the secret in what a student gets to see or to run.
  static void expect_no_leak(const std::variant<Built, BuildFailed>& result) {
    if (!ReadBorder::is_available()) return;
    const BuildFailed* failed = std::get_if<BuildFailed>(&result);
    ASSERT_NE(failed, nullptr);
    EXPECT_EQ(failed->diagnostics.find("4711"), std::string::npos) << failed->diagnostics;
    EXPECT_NE(failed->diagnostics.find("hidden.rep"), std::string::npos) << failed->diagnostics;
  }

  std::string secret_path() const { return fs::absolute("traces/hidden.rep").string(); }

  Workshop workshop_{"confined"};
};

TEST_F(ConfinedBuild, HonestSubmissionsBuildAsBefore) {
  workshop_.write("lab/handout/mm.h", "#define HANDOUT 1\n");
  workshop_.write("lab/parts/list.h", "#include <stdio.h>\n#include <string.h>\n");
  fs::create_symlink("handout/mm.h", "lab/mm.h");
  const std::string text = std::string(
                               "#include \"mm.h\"\n#include \"memlib.h\"\n#include \"parts/list.h\"\n"
                               "int own = HANDOUT;\nvoid *f(void) { return mem_sbrk(8); }\n") +
                           kInit;
  for (const char* compiler : {"gcc", "clang"}) {
    for (const Abi abi : {Abi::kLp64, Abi::kIlp32}) {
      const auto result = build_confined(text, compiler, abi);
      const BuildFailed* failed = std::get_if<BuildFailed>(&result);
      ASSERT_EQ(failed, nullptr) << failed->diagnostics;
    }
  }
}

TEST_F(ConfinedBuild, CxxSubmissionsBuildAsBefore) {
  BuildPlaces places = workshop_.places();
  places.confined = true;
  for (const char* compiler : {"gcc", "clang"}) {
    BuildSettings settings;
    settings.compiler = compiler;
    const auto result =
        build({workshop_.take("modern.cc", std::string(compiler) + "/mm.cc")}, settings, places);
    EXPECT_TRUE(std::holds_alternative<Built>(result));
  }
}

TEST_F(ConfinedBuild, IncludesReachNoHiddenTrace) {
  expect_no_leak(build_confined("#include \"../traces/hidden.rep\"\n"));
  expect_no_leak(build_confined("#include \"" + secret_path() + "\"\n"));
  fs::create_directory_symlink("../traces", "lab/inside");
  expect_no_leak(build_confined("#include \"inside/hidden.rep\"\n"));
}

TEST_F(ConfinedBuild, TheAssemblerReachesNoHiddenTrace) {
  expect_no_leak(build_confined("asm(\".incbin \\\"" + secret_path() + "\\\"\");\n" + kInit));
}

TEST_F(ConfinedBuild, LinksOutOfTheSubmissionAreNotFollowed) {
  workshop_.write("lab/other.c", kInit);
  fs::create_symlink(secret_path(), "lab/hidden.rep.h");
  expect_no_leak(build_confined("#include \"hidden.rep.h\"\n"));
  fs::create_symlink(secret_path(), "lab/hidden.rep.c");
  BuildPlaces places = workshop_.places();
  places.confined = true;
  expect_no_leak(build({"lab"}, {}, places));
}

TEST_F(ConfinedBuild, UnconfinedTheTraceIsThere) {
  const Built built = workshop_.build_or_fail({workshop_.write(
      "lab/mm.c", "asm(\".data\\n .incbin \\\"" + secret_path() + "\\\"\\n .text\");\n" + kInit)});
  EXPECT_NE(bytes_of(built.library).find("4711"), std::string::npos);
}

TEST(ReadBorder, AToolWritesToItsTemporaryFolderOnly) {
  const Workshop workshop("border");
  fs::create_directory("mine");
  ToolLimits limits;
  limits.temporary_dir = fs::absolute("mine");
  limits.readable.emplace();
  run_tool({"sh", "-c", "echo x > mine/inside; echo x > outside"}, limits);
  EXPECT_TRUE(fs::exists("mine/inside"));
  EXPECT_EQ(fs::exists("outside"), !ReadBorder::is_available());
}

}  // namespace
}  // namespace heapjudge
