// -k expressions.
#include "cli/trace_filter.h"

#include <gtest/gtest.h>

#include "trace/input_error.h"

namespace heapjudge {
namespace {

bool selects(std::string_view expression, std::string_view name) {
  return TraceFilter(expression).selects(name);
}

std::string complaint(const std::string& expression) {
  try {
    TraceFilter filter(expression);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

TEST(TraceFilter, AnEmptyExpressionSelectsEverything) {
  EXPECT_TRUE(selects("", "realloc"));
  EXPECT_TRUE(selects("  ", "realloc"));
}

TEST(TraceFilter, AWordIsPartOfTheNameInAnyCase) {
  EXPECT_TRUE(selects("allo", "realloc2"));
  EXPECT_TRUE(selects("REALLOC", "realloc2"));
  EXPECT_FALSE(selects("binary", "realloc2"));
}

TEST(TraceFilter, NotBindsTighterThanAndThanOr) {
  EXPECT_TRUE(selects("not a and b", "b"));
  EXPECT_FALSE(selects("not a and b", "ab"));
  EXPECT_TRUE(selects("a or b and c", "a"));
  EXPECT_FALSE(selects("(a or b) and c", "a"));
  EXPECT_TRUE(selects("not not a", "a"));
  EXPECT_TRUE(selects("realloc and not(2 or bal)", "realloc1"));
}

TEST(TraceFilter, ComplaintsNameTheColumn) {
  EXPECT_EQ(complaint("a and"), "-k:1:6: expected a part of a trace's name");
  EXPECT_EQ(complaint("(a"), "-k:1:3: expected ')'");
  EXPECT_EQ(complaint("a b"), "-k:1:3: expected 'and' or 'or' before 'b'");
  EXPECT_EQ(complaint("a)"), "-k:1:2: expected 'and' or 'or' before ')'");
  EXPECT_EQ(complaint(std::string(100000, '(')), "-k:1:65: too deep");
}

}  // namespace
}  // namespace heapjudge
