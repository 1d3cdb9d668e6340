// Which traces -f, -t and -k choose.
#include "cli/trace_selection.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "trace/input_error.h"
#include "tests/temporary_folder.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

class TraceSelection : public testing::Test {
 protected:
  TraceSelection() {
    for (const char* file : {"b.rep", "a.rep.gz", "c.rep.zst", "notes.txt"})
      std::ofstream(folder_ / file) << "x";
    rubric_.traces = {{.name = "edge", .file = folder_ / "b.rep", .tier = Tier::kP1},
                      {.name = "sane", .file = folder_ / "elsewhere.rep"}};
  }

  std::vector<std::string> names(const GradeOptions& options) const {
    std::vector<std::string> result;
    for (const TraceEntry& entry : select_traces(rubric_, options)) result.push_back(entry.name);
    return result;
  }

  TemporaryFolder temporary_;
  fs::path folder_ = temporary_.path();
  Rubric rubric_;
};

using Names = std::vector<std::string>;

TEST_F(TraceSelection, TheRubricDecidesWhenNothingIsAskedFor) {
  EXPECT_EQ(names({}), (Names{"edge", "sane"}));
  EXPECT_EQ(names({.expression = "sa"}), Names{"sane"});
  EXPECT_EQ(names({.expression = "nothing"}), Names{});
}

TEST_F(TraceSelection, ANameOfTheRubricNeedsNoPath) {
  EXPECT_EQ(names({.traces = {"sane"}}), Names{"sane"});
}

TEST_F(TraceSelection, AFileOfTheRubricKeepsItsEntry) {
  const auto entries = select_traces(rubric_, {.traces = {folder_ / "." / "b.rep"}});
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries[0].name, "edge");
  EXPECT_EQ(entries[0].tier, Tier::kP1);
}

TEST_F(TraceSelection, AnyOtherFileIsSaneAndNamedAfterItself) {
  const auto entries = select_traces(rubric_, {.traces = {folder_ / "a.rep.gz"}});
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries[0].name, "a");
  EXPECT_EQ(entries[0].tier, Tier::kP0);
}

TEST_F(TraceSelection, AFolderMeansItsTracesInOrder) {
  EXPECT_EQ(names({.trace_dir = folder_}), (Names{"a", "edge", "c"}));
}

TEST_F(TraceSelection, EveryFileComesOnce) {
  EXPECT_EQ(names({.traces = {"edge", folder_ / "b.rep"}, .trace_dir = folder_}), (Names{"edge", "a", "c"}));
}

TEST_F(TraceSelection, NamesStayUnique) {
  fs::create_directory(folder_ / "more");
  std::ofstream(folder_ / "more" / "a.rep") << "x";
  const std::string second = folder_ / "more" / "a.rep";
  EXPECT_EQ(names({.traces = {folder_ / "a.rep.gz", second}}), (Names{"a", second}));
}

TEST_F(TraceSelection, WhatIsNotThereIsNamed) {
  EXPECT_THROW(names({.traces = {"missing.rep"}}), InputError);
  EXPECT_THROW(names({.trace_dir = folder_ / "missing"}), InputError);
  EXPECT_THROW(names({.trace_dir = folder_ / "b.rep"}), InputError);
}

}  // namespace
}  // namespace heapjudge
