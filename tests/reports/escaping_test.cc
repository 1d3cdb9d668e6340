// Text of others inside the syntax of each format.
#include <gtest/gtest.h>

#include "reports/compiler_message.h"
#include "reports/csv_text.h"
#include "reports/markdown_text.h"
#include "reports/workflow_command.h"
#include "reports/xml_text.h"

namespace heapjudge {
namespace {

TEST(Csv, QuotesWhatRfc4180Wants) {
  EXPECT_EQ(csv_field("plain text"), "plain text");
  EXPECT_EQ(csv_field("a,b"), "\"a,b\"");
  EXPECT_EQ(csv_field("a \"b\""), "\"a \"\"b\"\"\"");
  EXPECT_EQ(csv_field("a\r\nb"), "a\\r\\nb");
}

TEST(Csv, NoCellIsAFormula) {
  for (const std::string start : {"=", "+", "-", "@", "  =", "\uff1d", "\uff20"}) {
    EXPECT_EQ(csv_field(start + "cmd"), "'" + start + "cmd");
  }
  EXPECT_EQ(csv_field("=a,b"), "\"'=a,b\"");
  EXPECT_EQ(csv_field("\t=cmd"), "\\t=cmd");
  EXPECT_EQ(csv_field("a=b"), "a=b");
}

TEST(Markdown, WhatIsMarkupStaysText) {
  EXPECT_EQ(markdown_text("a|b `c` <i>"), "a\\|b \\`c\\` \\<i\\>");
  EXPECT_EQ(markdown_text("mm_init\n# x"), "mm\\_init\\\\n\\# x");
  EXPECT_EQ(markdown_text("http://a.b www.c.d @e"), "http\\://a.b www\\.c.d \\@e");
}

TEST(Markdown, AFenceIsLongerThanAnyInItsText) {
  EXPECT_EQ(markdown_block("a"), "```text\na\n```\n");
  EXPECT_EQ(markdown_block("a\n````\nb\n"), "`````text\na\n````\nb\n`````\n");
}

TEST(Xml, ControlCharactersAndBrokenUtf8AreLeftOut) {
  EXPECT_EQ(xml_text(std::string("a\0b\x1b[1mc\x7f\xff\tx\ny", 14)), "ab[1mc\tx\ny");
  EXPECT_EQ(xml_text("\xef\xbf\xbe\xc2\x85gr\xc3\xbc\xc3\x9f"), "gr\xc3\xbc\xc3\x9f");
  EXPECT_EQ(xml_text("<a b=\"c\">&]]>"), "&lt;a b=&quot;c&quot;&gt;&amp;]]&gt;");
}

TEST(Xml, AnAttributeStaysOnItsLine) {
  EXPECT_EQ(xml_attributes({{"a", "b\nc\t\"d\""}, {"e", ""}}), " a=\"b&#10;c&#9;&quot;d&quot;\" e=\"\"");
}

TEST(WorkflowCommand, EscapesWhatWouldEndAMessageOrAProperty) {
  EXPECT_EQ(workflow_command({.file = "a,b:c.c", .line = 3, .column = 7, .title = "50%: x", .message = "50%: a, b"}),
            "::error file=a%2Cb%3Ac.c,line=3,col=7,title=50%25%3A x::50%25: a, b\n");
}

TEST(WorkflowCommand, IsOneLineWhateverItHolds) {
  EXPECT_EQ(workflow_command({.kind = "notice", .message = "a\n::error::b\r"}), "::notice::a\\n::error::b\\r\n");
  EXPECT_EQ(workflow_command({.kind = "notice", .line = 3, .title = "\n"}), "::notice title=\\n::\n");
}

TEST(WorkflowCommand, ThereIsNoneBetweenStopAndResume) {
  EXPECT_EQ(without_commands("a\n::error::b", "t0ken"), "::stop-commands::t0ken\na\n::error::b\n::t0ken::\n");
  EXPECT_EQ(without_commands("", "t0ken"), "::stop-commands::t0ken\n::t0ken::\n");
}

TEST(WorkflowCommandDeathTest, TheTokenMayNotStandInTheText) {
  EXPECT_DEATH(without_commands("::t0ken::\n::error::x", "t0ken"), "token");
}

TEST(CompilerMessage, HasItsPlaceAlsoWithAColonInTheName) {
  const auto messages = compiler_messages_in(
      "a:b.c: In function 'f':\na:b.c:3:14: error: x: error: y\n    3 | f:1:2 error\nc.c:9:1: warning: w\n"
      "d.c:1:10: fatal error: e.h: No such file\nld: error: undefined\nf.c:x:1: error: no line\n");
  ASSERT_EQ(messages.size(), 3u);
  EXPECT_EQ(messages[0].file, "a:b.c");
  EXPECT_EQ(messages[0].line, 3u);
  EXPECT_EQ(messages[0].column, 14u);
  EXPECT_TRUE(messages[0].is_error);
  EXPECT_EQ(messages[0].text, "x: error: y");
  EXPECT_FALSE(messages[1].is_error);
  EXPECT_EQ(messages[2].text, "e.h: No such file");
}

}  // namespace
}  // namespace heapjudge
