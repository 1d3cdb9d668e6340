// The command line: what is understood, and what is said about the rest.
#include "cli/options.h"

#include <gtest/gtest.h>

#include "cli/command_list.h"
#include "trace/input_error.h"

namespace heapjudge {
namespace {

Options parse(const std::vector<std::string>& arguments) {
  return parse_options(arguments);
}
GradeOptions grade(const std::vector<std::string>& arguments) {
  return std::get<GradeOptions>(parse(arguments));
}

std::string complaint(const std::vector<std::string>& arguments) {
  try {
    parse(arguments);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

TEST(Options, ABareFileMeansGrade) {
  EXPECT_EQ(grade({"mm.c"}).submission, grade({"grade", "mm.c"}).submission);
  EXPECT_EQ(grade({"-x", "mm.c"}).submission, std::vector<std::filesystem::path>{"mm.c"});
  EXPECT_TRUE(grade({"-x", "mm.c"}).stop_at_first);
}

TEST(Options, SeveralFilesMakeOneSubmission) {
  EXPECT_EQ(grade({"grade", "mm.c", "list.c"}).submission,
            (std::vector<std::filesystem::path>{"mm.c", "list.c"}));
}

TEST(Options, EveryTraceOptionTakesExactlyOneTrace) {
  const GradeOptions options = grade({"grade", "-f", "a.rep", "mm.c", "-f", "b.rep"});
  EXPECT_EQ(options.traces, (std::vector<std::string>{"a.rep", "b.rep"}));
  EXPECT_EQ(options.submission, std::vector<std::filesystem::path>{"mm.c"});
}

TEST(Options, WhatIsNotGivenStaysUnset) {
  const GradeOptions options = grade({"mm.c"});
  EXPECT_FALSE(options.rubric || options.trace_dir || options.output || options.abi);
  EXPECT_FALSE(options.timeout_seconds || options.alignment_bytes || options.min_score_points);
  EXPECT_EQ(options.workers, 0u);
  EXPECT_EQ(options.format, Format::kText);
  EXPECT_EQ(options.colour, ColourRule::kAuto);
}

TEST(Options, ValuesArriveAsTheyAreMeant) {
  const GradeOptions options =
      grade({"mm.c",        "--abi",    "ilp32",   "--align", "8",        "--timeout=2.5",
             "--min-score", "0",        "-j",      "3",       "--format", "json",
             "-o",          "out.json", "--color", "never",   "--rubric", "r.yaml",
             "-t",          "dir",      "-k",      "not bal", "--check",  "--require-isolation",
             "-v"});
  EXPECT_EQ(options.abi, Abi::kIlp32);
  EXPECT_EQ(options.alignment_bytes, 8u);
  EXPECT_EQ(options.timeout_seconds, 2.5);
  EXPECT_EQ(options.min_score_points, 0);
  EXPECT_EQ(options.workers, 3u);
  EXPECT_EQ(options.format, Format::kJson);
  EXPECT_EQ(options.output, "out.json");
  EXPECT_EQ(options.colour, ColourRule::kNever);
  EXPECT_EQ(options.rubric, "r.yaml");
  EXPECT_EQ(options.trace_dir, "dir");
  EXPECT_EQ(options.expression, "not bal");
  EXPECT_TRUE(options.refuse_growth && options.require_isolation && options.verbose);
}

TEST(Options, AGradeIsWrittenInAnyFormatAndAlsoInOthers) {
  EXPECT_EQ(grade({"mm.c", "--format", "gradescope"}).format, Format::kGradescope);
  EXPECT_EQ(grade({"mm.c", "--format", "markdown"}).format, Format::kMarkdown);
  EXPECT_EQ(grade({"mm.c", "--html", "a.html"}).html, "a.html");
  EXPECT_NE(complaint({"mm.c", "--watch", "--html", "a.html"}).find("--watch excludes"), std::string::npos);
  const GradeOptions options = grade({"mm.c", "--also", "junit=a=b.xml", "--also", "text=log"});
  EXPECT_EQ(options.also, (std::vector<AlsoWritten>{{Format::kJunit, "a=b.xml"}, {Format::kText, "log"}}));
  for (const char* wrong : {"junit", "junit=", "=a", "nonsense=a", ""}) {
    EXPECT_EQ(complaint({"mm.c", "--also", wrong}),
              "--also: expected FORMAT=FILE with a format of --format, got '" + std::string(wrong) + "'");
  }
}

TEST(Options, DoctorTakesAFormat) {
  EXPECT_EQ(std::get<DoctorOptions>(parse({"doctor"})).format, Format::kText);
  EXPECT_EQ(std::get<DoctorOptions>(parse({"doctor", "--format", "json"})).format, Format::kJson);
}

TEST(Options, ExplainTakesACodeOrNone) {
  EXPECT_EQ(std::get<ExplainOptions>(parse({"explain", "E103"})).code, "E103");
  EXPECT_EQ(std::get<ExplainOptions>(parse({"explain"})).code, "");
}

TEST(Options, AnUnknownOptionNamesTheNearest) {
  EXPECT_EQ(complaint({"mm.c", "--fromat", "json"}), "unknown option '--fromat'; did you mean --format?");
  EXPECT_EQ(complaint({"mm.c", "--min_score=3"}), "unknown option '--min_score'; did you mean --min-score?");
  EXPECT_EQ(complaint({"mm.c", "--teleport"}), "unknown option '--teleport'");
  EXPECT_EQ(complaint({"--chekc"}), "unknown option '--chekc'; did you mean --check?");
}

TEST(Options, AnUnknownCommandNamesTheNearest) {
  EXPECT_EQ(complaint({"expalin", "E103"}), "unknown command 'expalin'; did you mean explain?");
}

TEST(Options, BadValuesAreNamedWithTheirOption) {
  EXPECT_EQ(complaint({"mm.c", "--align", "12"}),
            "--align: expected a power of two up to 4096, got '12' (heapjudge --help)");
  EXPECT_EQ(complaint({"mm.c", "-j", "0"}),
            "-j: expected a number from 1 to 256, got '0' (heapjudge --help)");
  EXPECT_EQ(complaint({"mm.c", "--timeout", "nan"}),
            "--timeout: expected a number from 0.1 to 86400, got 'nan' (heapjudge --help)");
  EXPECT_EQ(complaint({"mm.c", "--format", "xml"}),
            "--format: expected text|json|junit|gradescope|autolab|github|csv|markdown, got 'xml' (heapjudge --help)");
}

TEST(Options, EveryComplaintIsOneLine) {
  for (const std::vector<std::string>& arguments :
       std::vector<std::vector<std::string>>{{"grade"},
                                             {"grade", "-f"},
                                             {"mm.c", "-j", "1.5"},
                                             {"explain", "E1", "E2"},
                                             {"mm.c", "--rubric"}}) {
    EXPECT_NE(complaint(arguments), "") << arguments.back();
    EXPECT_EQ(complaint(arguments).find('\n'), std::string::npos) << complaint(arguments);
  }
}

TEST(Options, HelpListsEveryOptionAndExitStatus) {
  const std::string help = std::get<PrintText>(parse({"grade", "--help"})).text;
  for (const char* option :
       {"-f", "-t", "-k", "-x", "--rubric", "--check", "-j", "--timeout", "--align", "--abi", "--min-score",
        "--format", "-o", "--color", "-v", "--require-isolation"}) {
    EXPECT_NE(help.find(option), std::string::npos) << option;
  }
  const std::string overview = std::get<PrintText>(parse({"--help"})).text;
  EXPECT_NE(overview.find("5 below --min-score"), std::string::npos);
  EXPECT_EQ(std::get<PrintText>(parse({})).text, overview);
}

TEST(Options, OfTraceComeFromItsTable) {
  const auto command = [](const std::vector<std::string>& arguments) {
    return std::get<TraceOptions>(parse(arguments)).command;
  };
  const auto gen = std::get<TraceGenOptions>(
      command({"trace", "gen", "s.yaml", "--seed", "7", "--set", "a=1", "--set", "b=2", "-o", "x.rep"}));
  EXPECT_EQ(gen.specs, std::vector<std::filesystem::path>{"s.yaml"});
  EXPECT_EQ(gen.changes, (std::vector<std::string>{"a=1", "b=2"}));
  EXPECT_EQ(gen.seed, 7u);
  EXPECT_EQ(gen.output, "x.rep");
  const auto window = std::get<TraceCutOptions>(command({"trace", "cut", "t.rep", "--window", "3:9"}));
  EXPECT_EQ(window.first, 3u);
  EXPECT_EQ(window.last, 9u);
  EXPECT_EQ(std::get<TraceCheckOptions>(command({"trace", "check", "a.rep", "b.rep"})).traces.size(), 2u);
  EXPECT_EQ(std::get<TraceInfoOptions>(command({"trace", "info", "a.rep"})).heap_limit_bytes, 100u << 20);
  EXPECT_EQ(std::get<TraceDiffOptions>(command({"trace", "diff", "a", "b", "--format", "json"})).format,
            Format::kJson);
  EXPECT_EQ(complaint({"trace", "diff", "a", "b", "--format", "xml"}),
            "--format: expected text|json, got 'xml' (heapjudge --help)");
}

TEST(Options, OfEveryCommandAreInItsHelp) {
  for (const Subcommand& command : command_list()) {
    std::vector<std::string> words = split(command.row.name, ' ');
    words.emplace_back("--help");
    const std::string help = std::get<PrintText>(parse(words)).text;
    for (const OptionRow& option : command.row.options) {
      EXPECT_NE(help.find("  " + std::string(option.name)), std::string::npos) << command.row.name << " " << option.name;
    }
  }
}

TEST(Options, VersionIsOneLine) {
  const std::string version = std::get<PrintText>(parse({"--version"})).text;
  EXPECT_TRUE(version.starts_with("heapjudge ") && version.ends_with("\n")) << version;
}

TraceRecordOptions record(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {"trace", "record", "-o", "out.rep"});
  return std::get<TraceRecordOptions>(parse(arguments));
}

TEST(Options, WhatIsRecordedKeepsItsOwnOptions) {
  const TraceRecordOptions options = record({"--sane", "--", "cc1", "--help", "-o", "", "a,b", "--sane=3"});
  EXPECT_EQ(options.command, (std::vector<std::string>{"cc1", "--help", "-o", "", "a,b", "--sane=3"}));
  EXPECT_EQ(options.output, "out.rep");
  EXPECT_TRUE(options.transcript.sane);
  EXPECT_FALSE(options.transcript.balanced || options.children);
}

TEST(Options, ARecordingsWindowMayLeaveOutEitherEnd) {
  const auto window = [](const std::string& text) {
    const TranscriptOptions options = record({"--window", text, "--", "ls"}).transcript;
    return std::pair(options.first_request, options.last_request);
  };
  EXPECT_EQ(window("3:9"), std::pair(std::uint64_t{3}, std::uint64_t{9}));
  EXPECT_EQ(window("3:"), std::pair(std::uint64_t{3}, UINT64_MAX));
  EXPECT_EQ(window(":9"), std::pair(std::uint64_t{1}, std::uint64_t{9}));
  for (const char* text : {"", "9", "0:9", "9:3", "a:b", "1:2:3", "-1:2", "1:99999999999999999999"}) {
    EXPECT_EQ(complaint({"trace", "record", "-o", "x.rep", "--window", text, "--", "ls"}),
              "--window: expected two numbers of requests, A:B, got '" + std::string(text) + "'");
  }
}

TEST(Options, ASampleIsOfAtLeastOne) {
  EXPECT_EQ(record({"--sample", "10", "--seed", "7", "--", "ls"}).transcript.sample, 10u);
  EXPECT_EQ(record({"--sample", "10", "--seed", "7", "--", "ls"}).transcript.seed, 7u);
  EXPECT_NE(complaint({"trace", "record", "-o", "x.rep", "--sample", "0", "--", "ls"}), "");
  EXPECT_NE(complaint({"trace", "record", "-o", "x.rep", "--sample", "1.5", "--", "ls"}), "");
}

}  // namespace
}  // namespace heapjudge
