// Lets fuzzers, and the default traces, search for the bugs of the zoo, and notes what each of them found.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "fuzz/zoo/zoo.h"
#include "judge/rubric.h"

namespace heapjudge {

enum class Contender : std::uint8_t {
  kDefaultTraces,   // of the rubric, each examined by the judge, the shortest first, until one convicts
  kDefaultChanges,  // libFuzzer as it comes: same decoder, guard and judge
  kFlat,            // every byte by chance
  kOurs,
};
inline constexpr std::size_t kContenders = 4;

// One search of one contender for one bug, or in an allocator without any.
struct Searched {
  std::string specimen;   // full_name() of a bug, or the name of an unedited allocator
  bool is_innocent = false;
  Contender contender = Contender::kOurs;
  std::uint64_t seed = 0;  // 0: there is none
  std::optional<double> found_cpu_seconds;  // of what ran the submission, from its start; none: not found
  std::size_t requests = 0;                 // of what was found first, after shrinking
  double shrink_cpu_seconds = 0;            // that this took
  std::optional<std::size_t> groups;        // told apart in the whole budget; none: it ended with the first
};

struct ContestSettings {
  std::filesystem::path scratch_dir;  // exists
  double cpu_seconds = 2;             // of searching, for each attempt of a fuzzer
  std::uint64_t seeds = 5;            // 1, 2 ... of kOurs; the others have seed 1
  unsigned workers = 2;               // attempts at the same time
  bool ours_alone = false;            // nobody else searches
  std::uint64_t inputs = 0;           // of each tier, as a grade's hunt has them, in the place of a time; 0: by time
  std::string only;                   // only bugs in whose full name this stands; empty: all, and the innocent
};

// Told as often as something is done.
using ContestListener = std::function<void(const char* what, std::size_t done, std::size_t total)>;

// Attempts for every bug that the judge can convict: leaks, which it cannot, are left out. Ours searches for the whole
// budget with its first seed, and with the others until something is found. Throws std::runtime_error when a bug does
// not build.
std::vector<Searched> run_contest(const Rubric& rubric, const std::vector<ZooAllocator>& zoo,
                                 const ContestSettings& settings, const ContestListener& listener);

}  // namespace heapjudge
