// Rubrics made of a few lines, for the tests of what a rubric may say.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "judge/rubric.h"
#include "tests/temporary_folder.h"
#include "trace/input_error.h"

namespace heapjudge {

class RubricText : public testing::Test {
 protected:
  RubricText() { std::ofstream(temporary_.path() / "a.rep") << "x"; }

  // `rest` begins on line 2: before it stand the traces.
  Rubric parse(const std::string& rest) const { return parse_whole(with_traces(rest)); }
  std::string error_of(const std::string& rest) const { return error_of_whole(with_traces(rest)); }

  // Without the folder in front.
  std::string error_of_whole(const std::string& yaml) const {
    try {
      parse_whole(yaml);
    } catch (const InputError& error) {
      return std::string(error.what()).substr(temporary_.path().string().size() + 1);
    }
    return "accepted";
  }

 private:
  static std::string with_traces(const std::string& rest) { return "traces: [a.rep]\n" + rest + "\n"; }
  Rubric parse_whole(const std::string& yaml) const { return parse_rubric(temporary_.path() / "r.yaml", yaml); }

  TemporaryFolder temporary_;
};

}  // namespace heapjudge
