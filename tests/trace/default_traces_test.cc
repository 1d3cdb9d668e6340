// The files in traces/ are what make_traces makes, and what traces/README.md promises of them.
#include "traces/default_traces.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "tests/test_main.h"
#include "trace/rep_format.h"
#include "trace/statistics.h"

namespace heapjudge {
namespace {

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::filesystem::path folder() {
  return source_dir() / "traces";
}

// The sane ones are what the specs of their names give: that is where make_traces has them from.
TEST(DefaultTraces, AreTheCommittedFiles) {
  for (const Trace& trace : default_traces(folder())) {
    EXPECT_TRUE(bytes_of(folder() / trace.name()) == print_trace(trace))
        << trace.name() << " differs: run make_traces traces";
  }
}

TEST(DefaultTraces, AreAllTheFilesThereAre) {
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder())) {
    if (entry.path().extension() == ".rep") ++files;
  }
  EXPECT_EQ(files, default_traces(folder()).size());
}

TEST(DefaultTraces, AreDescribedInTheReadme) {
  const std::string readme = bytes_of(folder() / "README.md");
  for (const Trace& trace : default_traces(folder())) {
    EXPECT_NE(readme.find("`" + trace.name() + "`"), std::string::npos) << trace.name();
  }
  for (const auto& entry : std::filesystem::directory_iterator(folder() / "first")) {
    const std::string name = "`first/" + entry.path().filename().string() + "`";
    EXPECT_NE(readme.find(name), std::string::npos) << name;
  }
}

TEST(TracesReadme, HasAnExampleThatIsATrace) {
  const std::string readme = bytes_of(folder() / "README.md");
  const std::size_t start = readme.find("```\n") + 4;
  const Trace example = parse_trace("README.md", readme.substr(start, readme.find("```", start) - start));
  EXPECT_EQ(example.requests().size(), 8u);
  EXPECT_EQ(payload_peak(example), (PayloadPeak{.bytes = 768, .request = 3}));
}

TEST(DefaultTraces, OfSaneRequestsAskForNothingElse) {
  for (const Trace& trace : sane_traces(folder())) {
    SCOPED_TRACE(trace.name());
    EXPECT_LE(payload_peak(trace).bytes, 4u << 20);
    EXPECT_LE(trace.requests().size(), 20'000u);
    for (const Request& request : trace.requests()) {
      ASSERT_TRUE(request.op == Op::kMalloc || request.op == Op::kRealloc || request.op == Op::kFree);
      ASSERT_NE(request.block, kNoBlock);
      ASSERT_TRUE(request.op == Op::kFree || request.size > 0);
    }
  }
}

std::size_t never_freed(const Trace& trace) {
  std::vector<bool> live(trace.block_count(), false);
  for (const Request& request : trace.requests()) {
    if (request.op == Op::kInit) live.assign(live.size(), false);
    if (request.block != kNoBlock) live[request.block] = request.op != Op::kFree;
  }
  return static_cast<std::size_t>(std::ranges::count(live, true));
}

TEST(DefaultTraces, FreeEveryBlock) {
  for (const Trace& trace : default_traces(folder())) EXPECT_EQ(never_freed(trace), 0u) << trace.name();
}

// Small enough to be followed with a pencil.
TEST(FirstTraces, AreTinyAndFreeEveryBlock) {
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder() / "first")) {
    const Trace trace = load_trace(entry.path());
    ++files;
    EXPECT_LE(trace.requests().size(), 150u) << trace.name();
    EXPECT_EQ(never_freed(trace), 0u) << trace.name();
  }
  EXPECT_EQ(files, 6u);
}

TEST(CommittedTraces, TakeLessThanTwentyMegabytes) {
  std::uintmax_t bytes = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder())) {
    if (entry.is_regular_file()) bytes += entry.file_size();
  }
  EXPECT_LT(bytes, 20'000'000u);
}

}  // namespace
}  // namespace heapjudge
