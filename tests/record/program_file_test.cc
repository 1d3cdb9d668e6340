// Programs that cannot be recorded are known by the head of their file.
#include "record/program_file.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "tests/temporary_folder.h"
#include "tests/test_main.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

class ProgramFile : public testing::Test {
 protected:
  static fs::path program(const std::string& name) {
    return binary_dir() / "tests" / "record" / ("recorded_" + name);
  }

  fs::path write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_.path() / name) << text;
    return folder_.path() / name;
  }

  TemporaryFolder folder_;
};

TEST_F(ProgramFile, AnOrdinaryProgramIsRecordable) {
  EXPECT_EQ(why_not_recordable(program("small")), std::nullopt);
  EXPECT_EQ(why_not_recordable("/bin/sh"), std::nullopt);
}

TEST_F(ProgramFile, AStaticProgramIsNot) {
  EXPECT_EQ(why_not_recordable(program("static")),
            "it is linked statically, so that nothing can stand before its malloc");
}

TEST_F(ProgramFile, A32BitProgramIsNot) {
  if (!fs::exists(program("small32"))) GTEST_SKIP() << "32-bit programs cannot be linked here";
  EXPECT_EQ(why_not_recordable(program("small32")),
            "it is a 32-bit program, and the recorder is a 64-bit library");
}

TEST_F(ProgramFile, AScriptIsAsItsInterpreter) {
  EXPECT_EQ(why_not_recordable(write("plain", "#!/bin/sh -e\nexit\n")), std::nullopt);
  EXPECT_EQ(why_not_recordable(write("no_line", "exit\n")), std::nullopt);
  EXPECT_NE(why_not_recordable(write("static", "#! " + program("static").string() + " -x\n")), std::nullopt);
}

TEST_F(ProgramFile, DamagedHeadsDoNotHurt) {
  for (const std::string& text : {std::string(), std::string("#!"), std::string("#!\n"),
                                  std::string("\x7f"
                                              "ELF"),
                                  "\x7f"
                                  "ELF" +
                                      std::string(60, '\xff'),
                                  std::string("\x7f"
                                              "ELF\2")}) {
    why_not_recordable(write("damaged", text));
  }
  EXPECT_EQ(why_not_recordable(folder_.path() / "missing"), std::nullopt);
}

TEST_F(ProgramFile, RightsOfItsOwnAreSeen) {
  const fs::path file = write("tool", "");
  EXPECT_FALSE(has_rights_of_its_own(file));
  fs::permissions(file, fs::perms::set_uid, fs::perm_options::add);
  EXPECT_TRUE(has_rights_of_its_own(file));
  EXPECT_FALSE(has_rights_of_its_own(folder_.path() / "missing"));
}

}  // namespace
}  // namespace heapjudge
