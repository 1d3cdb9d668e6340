// A bar on a terminal's standard error for what takes a while: how much is done, and about how long the rest
// takes.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

#include "cli/screen.h"

namespace heapjudge {

struct WorkDone {
  std::string_view what;  // "checked", "timed"
  std::size_t done = 0;
  std::size_t total = 0;
  std::string_view of;  // "traces"
  double seconds = 0;   // since the first of them was begun
};

// "checked  12 of 20 traces  ██████▌     about 8 s left", never wider than `columns`. Nothing is said of the
// time before there is something to tell it by.
std::string progress_text(const WorkDone& progress, std::size_t columns, bool unicode);

// "about 8 s left", "about 3 min left"; empty when nothing is done or nothing is left.
std::string time_left_text(const WorkDone& progress);

// Shows nothing where the standard error is not a terminal. The clock starts anew with every other `what`.
class ProgressBar {
 public:
  void show(WorkDone progress);          // `seconds` is filled in here
  void say(const std::string& message);  // something that cannot be counted
  void clear() { line_.clear(); }

 private:
  ProgressLine line_;
  std::string what_;
  std::chrono::steady_clock::time_point begun_;
};

}  // namespace heapjudge
