// Compares fuzzers by the bugs of the zoo that they find.
//
// Usage: zoo_table [--budget SECONDS | --inputs N] [--seeds N] [--only PART] [--ours] [-j N] [--lines FILE] [--write]
//                  [--zoo DIR]
//        zoo_table --leaks [--seeds N] [--only PART] [--write] [--zoo DIR]
//        zoo_table --pairs N [--draw SEED] [-j N] [--zoo DIR]
//
//   --budget  CPU seconds of each search (2)         --only   bugs in whose name this stands: segregated-refill
//   --seeds   how many of ours, from 1 on (5)        --lines  every attempt as a line, in this file
//   -j        searches at the same time (2)          --write  the tables into fuzz/zoo/README.md
//   --ours    nobody else searches
//   --inputs  nobody else searches, and ours tries so many inputs of each tier, as for a grade, for as long as it takes
//   --leaks   the leaks alone, which otherwise come after the bugs
//   --pairs   searches in allocators with two of the bugs, and counts where both are told of
//   --draw    the pairs are drawn with this seed (1)
//   --zoo     another folder of allocators and edits, made as fuzz/zoo/ is; its tables cannot be written
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
#include <vector>

#include "fuzz/zoo/contest.h"
#include "fuzz/zoo/leaks.h"
#include "fuzz/zoo/pairs.h"
#include "fuzz/zoo/table.h"
#include "judge/scratch_folder.h"
#include "judge/tree.h"
#include "judge/whole_file.h"
#include "trace/input_error.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kBugs = "<!-- zoo_table --write -->\n";
constexpr std::string_view kLeaks = "<!-- zoo_table --leaks --write -->\n";
constexpr std::string_view kEnd = "<!-- end -->\n";

struct Options {
  ContestSettings contest;
  std::optional<fs::path> lines;
  std::optional<fs::path> zoo;
  std::size_t pairs = 0;
  std::uint64_t draw = 1;
  bool leaks_alone = false;
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
    if (flag == "--leaks") {
      options.leaks_alone = true;
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
    else if (flag == "--inputs") options.contest.inputs = number_in<std::uint64_t>(flag, value);
    else if (flag == "--draw") options.draw = number_in<std::uint64_t>(flag, value);
    else if (flag == "--only") options.contest.only = value;
    else if (flag == "--lines") options.lines = value;
    else if (flag == "--zoo") options.zoo = value;
    else throw InputError(std::string(flag) + ": unknown");
  }
  if (options.write && options.zoo) throw InputError("--write: the tables are those of fuzz/zoo/, not of another --zoo");
  return options;
}

void write_into(const fs::path& file, std::string_view mark, const std::string& table) {
  std::ifstream stream(file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(stream), {}};
  const std::size_t begin = text.find(mark);
  const std::size_t end = text.find(kEnd, begin);
  if (begin == text.npos || end == text.npos) throw InputError(file.string() + ": no place for the table");
  const std::size_t first = begin + mark.size();
  write_whole_file(file, text.replace(first, end - first, table));
}

void tell(const char* what, std::size_t done, std::size_t total) {
  if (done % 50 == 0 || done == total) std::fprintf(stderr, "%s: %zu of %zu\n", what, done, total);
}

std::vector<ZooAllocator> zoo_of(const Options& options) {
  std::vector<ZooAllocator> zoo = load_zoo(options.zoo ? *options.zoo : heapjudge_tree() / "fuzz" / "zoo");
  if (zoo.empty()) throw InputError(options.zoo->string() + ": holds no allocator with a .yaml file beside it");
  return zoo;
}

void run_pairs(const Rubric& rubric, const Options& options) {
  const std::vector<ZooAllocator> zoo = zoo_of(options);
  const std::vector<ZooPair> pairs = pairs_of(zoo, options.pairs, options.draw);
  const auto outcomes =
      hunt_pairs(rubric, pairs, {.scratch_dir = options.contest.scratch_dir, .workers = options.contest.workers},
                 [&](std::size_t done) { tell("pairs", done, pairs.size()); });
  std::fputs(text_of(outcomes).c_str(), stdout);
}

void say(const Options& options, std::string_view mark, const std::string& table) {
  std::fputs(table.c_str(), stdout);
  if (options.write) write_into(heapjudge_tree() / "fuzz" / "zoo" / "README.md", mark, table);
}

// Each tells what of its goals is not met.
std::vector<std::string> run_bugs(const Rubric& rubric, const std::vector<ZooAllocator>& zoo, const Options& options) {
  const auto attempts = run_contest(rubric, zoo, options.contest, tell);
  if (attempts.empty()) return {};
  say(options, kBugs, table_of(attempts));
  if (options.lines) write_whole_file(*options.lines, lines_of(attempts));
  return unmet_goals(attempts);
}

std::vector<std::string> run_leaks(const Rubric& rubric, const std::vector<ZooAllocator>& zoo, const Options& options) {
  const LeakSettings settings{.scratch_dir = options.contest.scratch_dir,
                              .seeds = options.contest.seeds,
                              .only = options.contest.only};
  const auto hunts = hunt_leaks(rubric, zoo, settings,
                                [](std::size_t done, std::size_t total) { tell("leak hunts", done, total); });
  if (hunts.empty()) return {};
  say(options, kLeaks, table_of(hunts));
  return unmet_goals(hunts);
}

void require_some(const std::vector<ZooAllocator>& zoo, const std::string& only) {
  for (const ZooAllocator& allocator : zoo) {
    for (const Bug& bug : allocator.bugs) {
      if (bug.full_name().find(only) != std::string::npos) return;
    }
  }
  throw InputError(only + ": no bug has this in its name");
}

int run(const Options& asked) {
  Options options = asked;
  const ScratchFolder scratch(fs::temp_directory_path() / "heapjudge-zoo");
  options.contest.scratch_dir = scratch.path();
  if (options.contest.inputs > 0) options.contest.ours_alone = true;
  Rubric rubric = load_rubric(heapjudge_tree() / "traces" / "rubric.yaml");
  rubric.deadlines.request_seconds = 0.5;  // for some of the bugs hang
  if (options.pairs > 0) {
    run_pairs(rubric, options);
    return 0;
  }
  const std::vector<ZooAllocator> zoo = zoo_of(options);
  require_some(zoo, options.contest.only);
  std::vector<std::string> unmet;
  if (!options.leaks_alone) unmet = run_bugs(rubric, zoo, options);
  const std::vector<std::string> leaks = options.contest.inputs > 0 ? std::vector<std::string>{} : run_leaks(rubric, zoo, options);
  unmet.insert(unmet.end(), leaks.begin(), leaks.end());
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
