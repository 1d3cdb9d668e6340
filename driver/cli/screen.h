// What is known about the terminals behind the standard streams, and writing to them.
#pragma once

#include <cstddef>
#include <string_view>

#include "cli/options.h"
#include "reports/report.h"

namespace heapjudge {

// Colour as the option says, and by default on a terminal unless NO_COLOR or TERM=dumb; Unicode by the
// locale; the width from the terminal or COLUMNS. With `to_file`, no colour by default, and Unicode.
TextStyle text_style(ColourRule rule, bool verbose, bool to_file);

// Writes to the standard output and makes sure that it got there. Throws std::runtime_error when it is closed
// or full.
void write_stdout(std::string_view text);

// One line on a terminal's standard error that counts what is done; nothing elsewhere.
class ProgressLine {
 public:
  ProgressLine();
  ~ProgressLine() { clear(); }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  bool on_terminal() const { return on_terminal_; }
  std::size_t columns() const;  // that a line may have without wrapping
  bool unicode() const;

  void show(std::string_view text);
  void clear();

 private:
  bool on_terminal_;
  bool shown_ = false;
};

}  // namespace heapjudge
