// The memlib of these tests is built once for each ABI.
#include "tests/submission/workshop.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "submission/run_tool.h"
#include "tests/test_main.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

fs::path fixtures() {
  return source_dir() / "tests/submission/fixtures";
}
fs::path scratch_root() {
  return binary_dir() / "tests/submission/scratch";
}

fs::path make_memlib(Abi abi) {
  const bool narrow = abi == Abi::kIlp32;
  const fs::path folder = scratch_root() / fmt::format("memlib-{}", ::getpid());
  const fs::path library = folder / (narrow ? "libmemlib32.so" : "libmemlib.so");
  if (fs::exists(library)) return library;
  fs::create_directories(folder);
  const ToolRun run = run_tool({"gcc", narrow ? "-m32" : "-m64", "-shared", "-fPIC", "-O1", "-w", "-I",
                                (source_dir() / "driver/student/include").string(),
                                (fixtures() / "memlib_stub.c").string(), "-o", library.string()});
  EXPECT_TRUE(run.succeeded()) << run.output;
  return library;
}

}  // namespace

Workshop::Workshop(const std::string& name)
    : before_{fs::current_path()}, folder_{scratch_root() / fmt::format("{}-{}", name, ::getpid())} {
  fs::remove_all(folder_);
  fs::create_directories(folder_ / "out");
  fs::current_path(folder_);
}

Workshop::~Workshop() {
  fs::current_path(before_);
  fs::remove_all(folder_);
}

fs::path Workshop::write(const std::string& file, std::string_view text) const {
  fs::create_directories((folder_ / file).parent_path());
  std::ofstream(folder_ / file, std::ios::binary) << text;
  return file;
}

fs::path Workshop::take(const std::string& name, const std::string& as) const {
  const fs::path file = as.empty() ? name : as;
  fs::create_directories((folder_ / file).parent_path());
  fs::copy_file(fixtures() / name, folder_ / file);
  return file;
}

BuildPlaces Workshop::places(Abi abi) const {
  return {.include_dir = source_dir() / "driver/student/include",
          .memlib = make_memlib(abi),
          .scratch_dir = folder_ / "out"};
}

std::variant<Built, BuildFailed> Workshop::try_build(const std::vector<fs::path>& submission,
                                                     const BuildSettings& settings) const {
  return build(submission, settings, places(settings.abi));
}

Built Workshop::build_or_fail(const std::vector<fs::path>& submission, const BuildSettings& settings) const {
  auto result = try_build(submission, settings);
  if (const BuildFailed* failed = std::get_if<BuildFailed>(&result)) {
    throw std::runtime_error("does not build: " + failed->command + "\n" + failed->diagnostics);
  }
  return std::get<Built>(result);
}

BuildFailed Workshop::failure_of(const std::vector<fs::path>& submission,
                                 const BuildSettings& settings) const {
  auto result = try_build(submission, settings);
  if (std::holds_alternative<Built>(result)) throw std::runtime_error("builds, but should not");
  return std::get<BuildFailed>(result);
}

InspectSettings classic_rules() {
  return {.prefix = "mm_",
          .forbidden_functions = {"malloc", "free", "realloc", "calloc", "sbrk", "brk", "mmap"},
          .max_global_bytes = 1024};
}

std::vector<std::string> findings_of(const Inspection& inspection) {
  std::vector<std::string> lines;
  for (const StaticFinding& finding : inspection.findings) {
    lines.push_back(
        fmt::format("E{} {}: {}", static_cast<int>(finding.fault), finding.subject, finding.message));
  }
  return lines;
}

}  // namespace heapjudge
