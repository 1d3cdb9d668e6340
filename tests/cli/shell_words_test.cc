// Command lines that can be pasted into a shell.
#include "cli/shell_words.h"

#include <gtest/gtest.h>

namespace heapjudge {
namespace {

std::string line(const std::vector<std::string>& words) {
  return shell_line(words);
}

TEST(ShellLine, PlainWordsStayAsTheyAre) {
  EXPECT_EQ(line({"heapjudge", "grade", "a/mm.c", "--min-score=3"}), "heapjudge grade a/mm.c --min-score=3");
}

TEST(ShellLine, WhatAShellWouldChangeIsQuoted) {
  EXPECT_EQ(line({"-k", "not bal"}), "-k 'not bal'");
  EXPECT_EQ(line({"it's", "$HOME", ""}), "'it'\\''s' '$HOME' ''");
}

}  // namespace
}  // namespace heapjudge
