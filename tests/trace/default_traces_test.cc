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

TEST(DefaultTraces, AreTheCommittedFiles) {
  for (const Trace& trace : default_traces()) {
    EXPECT_TRUE(bytes_of(source_dir() / "traces" / trace.name()) == print_trace(trace))
        << trace.name() << " differs: run make_traces traces";
  }
}

TEST(DefaultTraces, AreAllTheFilesThereAre) {
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(source_dir() / "traces")) {
    if (entry.path().extension() == ".rep") ++files;
  }
  EXPECT_EQ(files, default_traces().size());
}

TEST(DefaultTraces, AreDescribedInTheReadme) {
  const std::string readme = bytes_of(source_dir() / "traces" / "README.md");
  for (const Trace& trace : default_traces()) {
    EXPECT_NE(readme.find("`" + trace.name() + "`"), std::string::npos) << trace.name();
  }
}

TEST(TracesReadme, HasAnExampleThatIsATrace) {
  const std::string readme = bytes_of(source_dir() / "traces" / "README.md");
  const std::size_t start = readme.find("```\n") + 4;
  const Trace example = parse_trace("README.md", readme.substr(start, readme.find("```", start) - start));
  EXPECT_EQ(example.requests().size(), 8u);
  EXPECT_EQ(payload_peak(example), (PayloadPeak{.bytes = 768, .request = 3}));
}

TEST(DefaultTraces, OfSaneRequestsAskForNothingElse) {
  for (const Trace& trace : sane_traces()) {
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

TEST(DefaultTraces, FreeEveryBlock) {
  for (const Trace& trace : default_traces()) {
    SCOPED_TRACE(trace.name());
    std::vector<bool> live(trace.block_count(), false);
    for (const Request& request : trace.requests()) {
      if (request.op == Op::kInit) live.assign(live.size(), false);
      if (request.block != kNoBlock) live[request.block] = request.op != Op::kFree;
    }
    EXPECT_EQ(std::ranges::count(live, true), 0);
  }
}

}  // namespace
}  // namespace heapjudge
