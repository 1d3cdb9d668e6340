// What the bar says, from numbers alone.
#include "cli/progress.h"

#include <gtest/gtest.h>

#include "reports/layout.h"

namespace heapjudge {
namespace {

WorkDone checked(std::size_t done, double seconds) {
  return {.what = "checked", .done = done, .total = 20, .of = "traces", .seconds = seconds};
}

TEST(Progress, IsCountedAndDrawn) {
  EXPECT_EQ(progress_text(checked(0, 0), 80, false),
            "checked  0 of 20 traces  ..............................");
  EXPECT_EQ(progress_text(checked(10, 0), 80, false),
            "checked 10 of 20 traces  ###############...............");
  EXPECT_EQ(progress_text(checked(20, 0), 80, false),
            "checked 20 of 20 traces  ##############################");
  EXPECT_EQ(progress_text(checked(5, 0), 35, true), "checked  5 of 20 traces  ██▌       ");
}

TEST(Progress, SaysAboutHowLongTheRestTakes) {
  EXPECT_EQ(time_left_text(checked(5, 3)), "about 9 s left");
  EXPECT_EQ(time_left_text(checked(5, 12)), "about 35 s left");
  EXPECT_EQ(time_left_text(checked(5, 60)), "about 3 min left");
  EXPECT_EQ(time_left_text(checked(1, 600)), "over an hour left");
  EXPECT_EQ(time_left_text(checked(19, 2)), "about 1 s left");
  EXPECT_EQ(progress_text(checked(5, 3), 80, false),
            "checked  5 of 20 traces  #######.......................  about 9 s left");
}

TEST(Progress, SaysNothingOfTheTimeWithoutAMeasure) {
  EXPECT_EQ(time_left_text(checked(0, 10)), "");
  EXPECT_EQ(time_left_text(checked(20, 10)), "");
  EXPECT_EQ(time_left_text(checked(5, 0.2)), "");
}

TEST(Progress, IsNeverWiderThanTheScreen) {
  for (std::size_t columns = 1; columns < 100; ++columns) {
    for (const double seconds : {0.0, 5.0, 5000.0}) {
      for (const bool unicode : {true, false}) {
        EXPECT_LE(width_of(progress_text(checked(7, seconds), columns, unicode)), columns);
      }
    }
  }
}

}  // namespace
}  // namespace heapjudge
