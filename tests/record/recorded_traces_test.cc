// The traces of real programs that are kept: whole, in the form that every allocator can serve, and with a
// note.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "tests/cli/shell.h"
#include "tests/test_main.h"
#include "trace/decompress.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> recorded_traces() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(source_dir() / "traces" / "recorded")) {
    files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

std::string text_of(const fs::path& file) {
  std::ostringstream bytes;
  bytes << std::ifstream(file, std::ios::binary).rdbuf();
  return unzstd(file.filename().string(), bytes.str(), kMostTraceBytes);
}

// "# key: value" of the lines before the header.
std::map<std::string, std::string> note_of(const fs::path& file) {
  std::map<std::string, std::string> note;
  std::istringstream lines(text_of(file));
  for (std::string line; std::getline(lines, line) && line.starts_with("# ");) {
    const std::size_t colon = line.find(": ");
    if (colon != line.npos) note[line.substr(2, colon - 2)] = line.substr(colon + 2);
  }
  return note;
}

std::string name_of(const testing::TestParamInfo<fs::path>& info) {
  return std::regex_replace(info.param.filename().string(), std::regex("\\.rep\\.zst$"), "");
}

class RecordedTrace : public testing::TestWithParam<fs::path> {};

TEST_P(RecordedTrace, SaysWhatItIsOf) {
  const std::map<std::string, std::string> note = note_of(GetParam());
  for (const char* key : {"program", "command", "date", "options", "version"}) {
    EXPECT_FALSE(note.contains(key) ? note.at(key).empty() : true) << key;
  }
  EXPECT_TRUE(std::regex_match(note.at("date"), std::regex("20\\d\\d-\\d\\d-\\d\\d"))) << note.at("date");
  EXPECT_TRUE(std::regex_match(note.at("version"), std::regex("[a-z0-9.+-]+ [0-9][^ ]*")))
      << note.at("version");
  EXPECT_TRUE(note.at("options").ends_with("--sane --balanced")) << note.at("options");
}

TEST_P(RecordedTrace, NamesNoPlaceOfTheMachineItWasMadeOn) {
  const std::string text = text_of(GetParam());
  const std::string head = text.substr(0, text.find("\n1048576\n"));
  for (const char* place : {"/home", "/root", "/work", "/tmp", "/usr/local"}) {
    EXPECT_EQ(head.find(place), std::string::npos) << place;
  }
  EXPECT_FALSE(std::regex_search(head, std::regex("0x[0-9a-f]{6}"))) << "an address";
}

TEST_P(RecordedTrace, HasAUsefulLength) {
  const std::size_t requests = load_trace(GetParam()).requests().size();
  EXPECT_GE(requests, 5'000u);
  EXPECT_LE(requests, 200'000u);
}

TEST_P(RecordedTrace, AsksOnlyForWhatEveryAllocatorCanDo) {
  const Trace trace = load_trace(GetParam());
  std::vector<bool> live(trace.block_count());
  for (const Request& request : trace.requests()) {
    const bool fits = request.op == Op::kMalloc || (request.op == Op::kRealloc && live[request.block]) ||
                      (request.op == Op::kFree && request.block != kNoBlock);
    ASSERT_TRUE(fits);
    ASSERT_TRUE(request.op == Op::kFree || request.size > 0);
    live[request.block] = request.op != Op::kFree;
  }
  EXPECT_TRUE(std::ranges::none_of(live, [](bool is_live) { return is_live; })) << "it is not balanced";
}

INSTANTIATE_TEST_SUITE_P(Each, RecordedTrace, testing::ValuesIn(recorded_traces()), name_of);

TEST(RecordedTraces, AreOfAtLeast14ProgramsAndFitTheirBudget) {
  std::map<std::string, int> programs;
  std::uintmax_t bytes = 0;
  for (const fs::path& file : recorded_traces()) {
    ++programs[note_of(file)["program"]];
    bytes += fs::file_size(file);
  }
  EXPECT_GE(programs.size(), 14u);
  EXPECT_LE(bytes, 8u << 20);
}

TEST(RecordedTraces, AGoodAllocatorPassesThemAll) {
  std::string command = (binary_dir() / "bin" / "heapjudge").string() + " grade --no-speed " +
                        (source_dir() / "reference" / "segregated.cc").string();
  for (const fs::path& file : recorded_traces()) command += " -f " + file.string();
  const Shell shell;
  const ShellResult result = shell.run(command);
  EXPECT_EQ(result.status, 0) << result.output << result.errors;
}

TEST(RecordedTraces, TheScriptRecordsOneAnew) {
  const Shell shell;
  const ShellResult result =
      shell.run("HEAPJUDGE=" + (binary_dir() / "bin" / "heapjudge").string() + " RECORDED=. " +
                (source_dir() / "traces" / "record" / "record_all.sh").string() + " bash");
  ASSERT_EQ(result.status, 0) << result.errors;
  const fs::path again = shell.folder() / "bash.rep.zst";
  const fs::path kept = source_dir() / "traces" / "recorded" / "bash.rep.zst";
  EXPECT_EQ(note_of(again)["command"], note_of(kept)["command"]);
  EXPECT_GE(load_trace(again).requests().size(), 5'000u);
}

TEST(RecordedTraces, TheScriptRefusesAnUnknownName) {
  const Shell shell;
  const ShellResult result =
      shell.run("HEAPJUDGE=" + (binary_dir() / "bin" / "heapjudge").string() + " RECORDED=. " +
                (source_dir() / "traces" / "record" / "record_all.sh").string() + " nonsense");
  EXPECT_EQ(result.status, 2);
  EXPECT_EQ(result.errors, "record_all.sh: no such trace among: nonsense\n");
}

}  // namespace
}  // namespace heapjudge
