// What the doctor found, in words and as JSON.
#include "reports/checkup.h"

#include <gtest/gtest.h>

namespace heapjudge {
namespace {

const std::vector<Checkup> kSome{
    {.part = "compiler", .found = "gcc 12.2.0", .essential = true},
    {.part = "sandbox", .health = Health::kLimited, .found = "partial: no Landlock", .lost = "--require-isolation"},
    {.part = "valgrind", .health = Health::kMissing, .found = "no valgrind", .lost = "by: instructions"}};

TEST(CheckupText, HasALineForEachPartAndOneForWhatIsLost) {
  EXPECT_EQ(text_of(kSome, {}),
            " ✓ compiler  gcc 12.2.0\n"
            " ! sandbox   partial: no Landlock\n"
            "             lost: --require-isolation\n"
            " ✗ valgrind  no valgrind\n"
            "             lost: by: instructions\n"
            "grading works here\n");
}

TEST(CheckupText, ManagesWithoutUnicode) {
  const std::string text = text_of(kSome, {.unicode = false});
  EXPECT_TRUE(text.starts_with(" + compiler"));
  EXPECT_NE(text.find(" x valgrind"), text.npos);
}

TEST(CheckupText, SaysWhenSomethingEssentialIsMissing) {
  std::vector<Checkup> broken = kSome;
  broken[0].health = Health::kMissing;
  EXPECT_FALSE(can_grade(broken));
  EXPECT_TRUE(text_of(broken, {}).ends_with("nothing can be graded here\n"));
}

TEST(CheckupText, LimitedIsEnough) {
  std::vector<Checkup> limited = kSome;
  limited[0].health = Health::kLimited;
  EXPECT_TRUE(can_grade(limited));
}

TEST(CheckupJson, HoldsTheSame) {
  EXPECT_EQ(json_of({kSome[2]}),
            R"({
  "schema": "heapjudge-doctor/1",
  "can_grade": true,
  "parts": [
    {
      "part": "valgrind",
      "health": "missing",
      "found": "no valgrind",
      "lost": "by: instructions",
      "essential": false
    }
  ]
}
)");
}

TEST(CheckupJson, ReplacesWhatIsNoUtf8) {
  const std::string json = json_of({{.part = "gdb", .found = "\xff"}});
  EXPECT_NE(json.find("\xef\xbf\xbd"), json.npos);
}

}  // namespace
}  // namespace heapjudge
