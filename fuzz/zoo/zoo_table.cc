// Compares fuzzers by the bugs of the zoo that they find.
//
// Usage: zoo_table [--budget SECONDS] [--seeds N] [--only PART] [--ours] [-j N] [--lines FILE] [--write]
//        zoo_table --pairs N [-j N]
//
//   --budget  CPU seconds of each search (2)         --only   bugs in whose name this stands: segregated-refill
//   --seeds   how many of ours, from 1 on (5)        --lines  every attempt as a line, in this file
//   -j        searches at the same time (2)          --write  the table into fuzz/zoo/README.md
//   --ours    nobody else searches
//   --pairs   searches in allocators with two of the bugs, and counts where both are told of
//
// Exit status 0: all goals are met; 1: the lines below the table say which are not; 2: usage or machine.
#include <charconv>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "fuzz/zoo/contest.h"
#include "fuzz/zoo/pairs.h"
#include "fuzz/zoo/table.h"
#include "judge/scratch_folder.h"
#include "judge/tree.h"
#include "judge/whole_file.h"
#include "trace/input_error.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kBegin = "<!-- zoo_table --write -->\n";
constexpr std::string_view kEnd = "<!-- end -->\n";

struct Options {
  ContestSettings contest;
  std::optional<fs::path> lines;
  std::size_t pairs = 0;
  bool write = false;
};

template <typename Number>
Number number_in(std::string_view flag, std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  if (!whole || !(number > 0)) throw InputError(std::string(flag) + ": expected a number above 0");
  return number;
}

Options options_in(std::span<char*> words) {
  Options options;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view flag = words[i];
    if (flag == "--write") {
      options.write = true;
      continue;
    }
    if (flag == "--ours") {
      options.contest.ours_alone = true;
      continue;
    }
    if (i + 1 == words.size()) throw InputError(std::string(flag) + ": unknown, or its value is missing");
    const std::string_view value = words[++i];
    if (flag == "--budget") options.contest.cpu_seconds = number_in<double>(flag, value);
    else if (flag == "--seeds") options.contest.seeds = number_in<std::uint64_t>(flag, value);
    else if (flag == "-j") options.contest.workers = number_in<unsigned>(flag, value);
    else if (flag == "--pairs") options.pairs = number_in<std::size_t>(flag, value);
    else if (flag == "--only") options.contest.only = value;
    else if (flag == "--lines") options.lines = value;
    else throw InputError(std::string(flag) + ": unknown");
  }
  return options;
}

void write_into(const fs::path& file, const std::string& table) {
  std::ifstream stream(file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(stream), {}};
  const std::size_t begin = text.find(kBegin);
  const std::size_t end = text.find(kEnd);
  if (begin == text.npos || end == text.npos || end < begin) throw InputError(file.string() + ": no place for the table");
  const std::size_t first = begin + kBegin.size();
  write_whole_file(file, text.replace(first, end - first, table));
}

void tell(const char* what, std::size_t done, std::size_t total) {
  if (done % 50 == 0 || done == total) std::fprintf(stderr, "%s: %zu of %zu\n", what, done, total);
}

void run_pairs(const Rubric& rubric, const Options& options) {
  const std::vector<ZooAllocator> zoo = load_zoo(heapjudge_tree() / "fuzz" / "zoo");
  const std::vector<ZooPair> pairs = pairs_of(zoo, options.pairs, 1);
  const auto outcomes =
      hunt_pairs(rubric, pairs, {.scratch_dir = options.contest.scratch_dir, .workers = options.contest.workers},
                 [&](std::size_t done) { tell("pairs", done, pairs.size()); });
  std::fputs(text_of(outcomes).c_str(), stdout);
}

int run(const Options& asked) {
  Options options = asked;
  const fs::path tree = heapjudge_tree();
  const ScratchFolder scratch(fs::temp_directory_path() / "heapjudge-zoo");
  options.contest.scratch_dir = scratch.path();
  Rubric rubric = load_rubric(tree / "traces" / "rubric.yaml");
  rubric.deadlines.request_seconds = 0.5;  // for some of the bugs hang
  if (options.pairs > 0) {
    run_pairs(rubric, options);
    return 0;
  }
  const auto attempts = run_contest(rubric, load_zoo(tree / "fuzz" / "zoo"), options.contest, tell);
  if (attempts.empty()) throw InputError(options.contest.only + ": no bug has this in its name");
  const std::string table = table_of(attempts);
  std::fputs(table.c_str(), stdout);
  if (options.lines) write_whole_file(*options.lines, lines_of(attempts));
  if (options.write) write_into(tree / "fuzz" / "zoo" / "README.md", table);
  const auto unmet = unmet_goals(attempts);
  if (!unmet.empty()) std::puts("\nnot met:");
  for (const std::string& line : unmet) std::printf("  %s\n", line.c_str());
  return unmet.empty() ? 0 : 1;
}

}  // namespace
}  // namespace heapjudge

int main(int argc, char** argv) {
  try {
    return heapjudge::run(heapjudge::options_in(std::span(argv, static_cast<std::size_t>(argc)).subspan(1)));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "zoo_table: %s\n", error.what());
    return 2;
  }
}
