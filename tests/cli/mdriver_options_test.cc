// The classic driver's flags, of both generations.
#include "cli/mdriver_options.h"

#include <gtest/gtest.h>

#include "trace/input_error.h"

namespace heapjudge {
namespace {

MdriverOptions parse(const std::vector<std::string>& arguments) {
  return std::get<MdriverOptions>(parse_mdriver_options(arguments));
}

std::string complaint(const std::vector<std::string>& arguments) {
  try {
    parse_mdriver_options(arguments);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

TEST(MdriverOptions, TheSubmissionIsMmDotC) {
  EXPECT_EQ(parse({}).grade.submission, std::vector<std::filesystem::path>{"mm.c"});
}

TEST(MdriverOptions, VerbosityIsAFlagAndANumber) {
  EXPECT_FALSE(parse({}).table);
  EXPECT_TRUE(parse({"-v"}).table);
  EXPECT_TRUE(parse({"-v", "2"}).table);
  EXPECT_TRUE(parse({"-v1"}).table);
  EXPECT_FALSE(parse({"-v", "0"}).table);
  EXPECT_TRUE(parse({"-V"}).table);
  EXPECT_EQ(parse({"-v", "-f", "a.rep"}).grade.traces, std::vector<std::string>{"a.rep"});
}

TEST(MdriverOptions, FlagsMayStandInOneWord) {
  const MdriverOptions options = parse({"-vVaf", "a.rep"});
  EXPECT_TRUE(options.table);
  EXPECT_EQ(options.grade.traces, std::vector<std::string>{"a.rep"});
  EXPECT_EQ(parse({"-fa.rep"}).grade.traces, std::vector<std::string>{"a.rep"});
}

TEST(MdriverOptions, AFileWinsOverAFolder) {
  EXPECT_EQ(parse({"-t", "traces"}).grade.trace_dir, "traces");
  EXPECT_FALSE(parse({"-t", "traces", "-f", "a.rep"}).grade.trace_dir.has_value());
}

TEST(MdriverOptions, CheckingOnceTakesATraceOrAll) {
  EXPECT_TRUE(parse({"-c"}).grade.each_trace_once);
  EXPECT_TRUE(parse({"-c", "-V"}).grade.traces.empty());
  EXPECT_EQ(parse({"-c", "a.rep"}).grade.traces, std::vector<std::string>{"a.rep"});
}

TEST(MdriverOptions, TheTimeoutIsInSeconds) {
  EXPECT_EQ(parse({"-s", "20"}).grade.timeout_seconds, 20);
  EXPECT_EQ(complaint({"-s", "soon"}), "-s: expected seconds, got 'soon'");
  EXPECT_EQ(complaint({"-s", "-1"}), "-s: expected seconds, got '-1'");
}

TEST(MdriverOptions, FlagsWithoutAMeaningSaySoInOneLine) {
  EXPECT_TRUE(parse({"-a"}).notes.empty());
  for (const char* flag : {"-g", "-l", "-p", "-D", "-T"}) EXPECT_EQ(parse({flag}).notes.size(), 1u) << flag;
  EXPECT_EQ(parse({"-d", "2"}).notes.size(), 1u);
}

TEST(MdriverOptions, WhatIsNotUnderstoodIsNamed) {
  EXPECT_EQ(complaint({"-q"}), "unknown flag '-q' (mdriver -h)");
  EXPECT_EQ(complaint({"mm.c"}), "unexpected argument 'mm.c' (mdriver -h)");
  EXPECT_EQ(complaint({"-f"}), "-f needs a value (mdriver -h)");
}

TEST(MdriverOptions, HelpHasALineForEveryFlag) {
  const std::string help = std::get<PrintText>(parse_mdriver_options(std::vector<std::string>{"-h"})).text;
  for (const char letter : std::string("acdDfghlpstTvV")) {
    EXPECT_NE(help.find(std::string("\n  -") + letter), std::string::npos) << letter;
  }
}

}  // namespace
}  // namespace heapjudge
