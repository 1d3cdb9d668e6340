// The house is built from the ground up: no floor includes one above it, and every package has one door.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "tests/test_main.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

// Theory of operation: only the #include lines count. The folder of a file is its floor; the folder that an
// include names is another; the table says which floors a floor may name. System headers are free, unless a
// package claims them.
using Tree = std::map<std::string, std::string>;  // path below the top, contents

// Each floor with those it may include, itself left out. "check.h" is the ground, open to all.
const std::map<std::string_view, std::vector<std::string_view>> kMayInclude{
    {"trace", {}},
    {"record", {"trace"}},
    {"yaml", {"trace"}},
    {"generate", {"yaml", "trace"}},
    {"wire", {"trace"}},
    {"oracle", {"wire", "trace"}},
    {"history", {"oracle", "wire", "trace"}},
    {"student", {"wire", "trace"}},
    {"subject", {"student", "oracle", "wire", "trace"}},
    {"submission", {"subject", "oracle", "wire", "trace"}},
    {"judge", {"submission", "subject", "history", "oracle", "wire", "yaml", "trace"}},
    {"reports", {"judge", "submission", "subject", "history", "oracle", "wire", "trace"}},
    {"fuzz", {"judge", "submission", "subject", "student", "history", "oracle", "wire", "yaml", "trace"}},
    {"cli",
     {"fuzz", "reports", "record", "judge", "submission", "subject", "history", "oracle", "wire", "generate", "yaml", "trace"}},
    {"reference", {"student"}},
    {"zoo", {}},
    {"traces", {"record", "generate", "trace"}},
};

// The headers of a package start with `header`; only paths that start with one of `doors` may include them.
struct Package {
  std::string_view header;
  std::vector<std::string_view> doors;
};
const std::vector<Package> kPackages{
    {"yaml-cpp/", {"driver/yaml/tree."}},
    {"benchmark/", {"tests/bench/", "driver/judge/measure.cc"}},
    {"boost/", {"driver/submission/run_tool.cc", "fuzz/families.cc"}},
    {"seccomp.h", {"driver/student/sandbox.cc"}},
    {"CLI/", {"driver/cli/options.cc"}},
    {"valgrind/", {"driver/student/count_replay.cc"}},
    {"nlohmann/", {"reports/"}},
    {"nettle/", {"driver/judge/identity.cc"}},
    {"zstd.h", {"driver/trace/zstandard.cc", "tests/trace/load_test.cc"}},  // the test compresses
    {"zlib.h", {"driver/trace/gzip.cc", "tests/trace/load_test.cc"}},
    {"elfutils/", {"driver/submission/debug_data.cc"}},
    {"dwarf.h", {"driver/submission/debug_data.cc"}},
    {"gelf.h", {"driver/submission/object_file.cc"}},
    {"fmt/", {"driver/", "reports/", "fuzz/", "tests/"}},
    {"gtest/", {"tests/"}},
};

struct Include {
  std::size_t line = 0;
  bool quoted = false;
  std::string header;
};

std::optional<Include> include_in(const std::string& text, std::size_t line) {
  std::istringstream words(text);
  std::string rest;
  std::getline(words >> std::ws, rest);
  if (!rest.starts_with('#')) return std::nullopt;
  const std::size_t word = rest.find_first_not_of(" \t", 1);
  if (word == rest.npos || rest.compare(word, 7, "include") != 0) return std::nullopt;
  const std::size_t open = rest.find_first_of("\"<", word);
  if (open == rest.npos) return std::nullopt;
  const bool quoted = rest[open] == '"';
  const std::size_t close = rest.find(quoted ? '"' : '>', open + 1);
  return Include{line, quoted, rest.substr(open + 1, close - open - 1)};
}

std::vector<Include> includes_of(const std::string& contents) {
  std::vector<Include> includes;
  std::istringstream lines(contents);
  std::string text;
  for (std::size_t line = 1; std::getline(lines, text); ++line) {
    if (const auto include = include_in(text, line)) includes.push_back(*include);
  }
  return includes;
}

std::string first_folder(std::string_view path) {
  const std::size_t slash = path.find('/');
  return slash == path.npos ? "" : std::string(path.substr(0, slash));
}

std::string floor_of(std::string_view path) {
  if (path.starts_with("fuzz/zoo/") && path.ends_with(".c")) return "zoo";  // submissions, as a student writes them
  return first_folder(path.starts_with("driver/") ? path.substr(7) : path);
}

// What is wrong with a quoted include of a file on this floor; empty when nothing is.
std::string broken_floor_rule(const std::string& floor, const std::string& header) {
  if (header == "check.h") return "";
  if (header.find("..") != header.npos) return "name files from the top, not from here";
  const std::string named = first_folder(header);
  if (named.empty() && (floor == "student" || floor == "reference" || floor == "zoo")) return "";  // mm.h and its like
  if (named == floor) return "";
  const std::vector<std::string_view>& allowed = kMayInclude.at(floor);
  if (std::ranges::find(allowed, named) != allowed.end()) return "";
  return floor + " may not include " + (named.empty() ? "a header without a floor" : named);
}

std::string broken_door_rule(const std::string& path, const std::string& header) {
  for (const Package& package : kPackages) {
    if (!header.starts_with(package.header)) continue;
    const auto is_door = [&](std::string_view door) { return path.starts_with(door); };
    if (std::ranges::none_of(package.doors, is_door)) return "this package has another door";
    if (path.ends_with(".h") && !path.starts_with("tests/")) return "no package may stand in a header";
  }
  return "";
}

void judge_file(const std::string& path, const std::string& contents, std::vector<std::string>& faults) {
  const bool is_example = path.starts_with("reports/examples/");  // written as a student would write them
  const std::string floor = is_example ? "reference" : floor_of(path);
  const bool has_floor = floor != "tests" && !floor.empty();
  if (has_floor && !kMayInclude.contains(floor)) {
    faults.push_back(path + ":1: no rule says what this folder may include");
    return;
  }
  for (const Include& include : includes_of(contents)) {
    const std::string place = path + ":" + std::to_string(include.line) + ": " + include.header + ": ";
    const std::string floor_rule =
        has_floor && include.quoted ? broken_floor_rule(floor, include.header) : "";
    const std::string door_rule = broken_door_rule(path, include.header);
    if (!floor_rule.empty()) faults.push_back(place + floor_rule);
    if (!door_rule.empty()) faults.push_back(place + door_rule);
  }
}

std::vector<std::string> faults_of(const Tree& tree) {
  std::vector<std::string> faults;
  for (const auto& [path, contents] : tree) judge_file(path, contents, faults);
  return faults;
}

Tree our_tree() {
  Tree tree;
  for (const char* top : {"driver", "reports", "fuzz", "reference", "traces", "tests"}) {
    for (const auto& entry : fs::recursive_directory_iterator(source_dir() / top)) {
      const std::string suffix = entry.path().extension();
      const bool is_source = suffix == ".h" || suffix == ".cc" || suffix == ".c";
      if (!entry.is_regular_file() || !is_source) continue;
      std::ostringstream contents;
      contents << std::ifstream(entry.path()).rdbuf();
      tree[fs::relative(entry.path(), source_dir())] = contents.str();
    }
  }
  return tree;
}

using Faults = std::vector<std::string>;

TEST(Layers, OurOwnTreeKeepsTheRules) {
  const Tree tree = our_tree();
  EXPECT_TRUE(tree.contains("driver/check.h") && tree.contains("tests/layers_test.cc"));
  for (const std::string& fault : faults_of(tree)) ADD_FAILURE() << fault;
}

TEST(Layers, DownIsFine) {
  EXPECT_EQ(
      faults_of({{"driver/judge/a.cc", "#include <map>\n#include \"judge/a.h\"\n#include \"oracle/b.h\"\n"},
                 {"driver/oracle/b.h", "#include \"check.h\"\n"},
                 {"driver/cli/main.cc", "#include \"reports/report.h\"\n"},
                 {"reference/implicit.cc", "#include \"mm.h\"\n"}}),
      Faults{});
}

TEST(Layers, UpIsFoundWithFileAndLine) {
  EXPECT_EQ(faults_of({{"driver/trace/a.cc", "// text\n\n#include \"judge/a.h\"\n"}}),
            Faults{"driver/trace/a.cc:3: judge/a.h: trace may not include judge"});
  EXPECT_EQ(faults_of({{"reports/a.cc", "#include \"cli/screen.h\"\n"}}),
            Faults{"reports/a.cc:1: cli/screen.h: reports may not include cli"});
}

TEST(Layers, TheJudgesSideNeverSeesTheStudents) {
  for (const char* path : {"driver/oracle/a.h", "driver/judge/a.cc", "reports/a.cc"}) {
    EXPECT_EQ(faults_of({{path, "#include \"student/memlib.h\"\n"}}).size(), 1u) << path;
    EXPECT_EQ(faults_of({{path, "#include \"memlib.h\"\n"}}).size(), 1u) << path;
  }
}

TEST(Layers, ReferencesUseWhatAStudentUses) {
  EXPECT_EQ(faults_of({{"reference/a.cc", "#include \"trace/request.h\"\n"}}),
            Faults{"reference/a.cc:1: trace/request.h: reference may not include trace"});
}

TEST(Layers, NobodyIncludesTests) {
  EXPECT_EQ(faults_of({{"driver/cli/a.cc", "#include \"tests/test_main.h\"\n"}}).size(), 1u);
}

TEST(Layers, WaysAroundTheRuleAreSeen) {
  EXPECT_EQ(faults_of({{"driver/trace/a.cc", "  #  include\t\"judge/a.h\"\n"}}).size(), 1u);
  EXPECT_EQ(faults_of({{"driver/trace/a.cc", "#include \"../judge/a.h\"\n"}}).size(), 1u);
  EXPECT_EQ(faults_of({{"driver/trace/deep/a.cc", "#include \"judge/a.h\"\n"}}).size(), 1u);
}

TEST(Layers, ANewFolderNeedsARule) {
  EXPECT_EQ(faults_of({{"driver/attic/a.cc", ""}}),
            Faults{"driver/attic/a.cc:1: no rule says what this folder may include"});
}

TEST(Layers, EveryPackageHasItsDoor) {
  EXPECT_EQ(faults_of({{"driver/judge/session.cc", "#include <yaml-cpp/yaml.h>\n"}}),
            Faults{"driver/judge/session.cc:1: yaml-cpp/yaml.h: this package has another door"});
  EXPECT_EQ(faults_of({{"tests/cli/a_test.cc", "#include <CLI/CLI.hpp>\n"}}).size(), 1u);
  EXPECT_EQ(faults_of({{"driver/yaml/tree.cc", "#include <yaml-cpp/yaml.h>\n"},
                       {"reports/json.cc", "#include <nlohmann/json.hpp>\n"},
                       {"tests/bench/a.cc", "#include <benchmark/benchmark.h>\n"}}),
            Faults{});
}

TEST(Layers, NoPackageStandsInAHeader) {
  EXPECT_EQ(faults_of({{"driver/yaml/tree.h", "#include <yaml-cpp/yaml.h>\n"}}),
            Faults{"driver/yaml/tree.h:1: yaml-cpp/yaml.h: no package may stand in a header"});
}

}  // namespace
}  // namespace heapjudge
