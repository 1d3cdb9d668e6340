// Lets the hunt for waste, as `heapjudge fuzz` has it, search for the leaks of the zoo, which break no rule.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "fuzz/zoo/zoo.h"
#include "judge/rubric.h"

namespace heapjudge {

// One hunt from start to end.
struct LeakHunt {
  std::string specimen;      // full_name() of a leak, or the name of an unedited allocator
  bool is_innocent = false;
  std::uint64_t seed = 0;
  bool found = false;        // any waste, or so many broken rules that the hunt for waste was given up
  bool broke_rules = false;  // the latter: then the hunt for findings convicts it
  double cpu_seconds = 0;    // of the judge, the submission and the reference, for the whole hunt
  std::size_t requests = 0;  // of the shortest of what was found, after shrinking
};

struct LeakSettings {
  std::filesystem::path scratch_dir;  // exists
  std::uint64_t seeds = 5;            // 1, 2 ...
  std::string only;                   // only leaks in whose full name this stands; empty: all, and the innocent
};

// One after the other, so that their CPU time can be told apart. `done` is told how many there are. Throws
// std::runtime_error when a leak does not build.
std::vector<LeakHunt> hunt_leaks(const Rubric& rubric, const std::vector<ZooAllocator>& zoo, const LeakSettings& settings,
                                 const std::function<void(std::size_t done, std::size_t total)>& done);

// In Markdown: one row.
std::string table_of(std::span<const LeakHunt> hunts);

// Leaks that a seed has not found, and innocents of which waste is told, a line for each hunt.
std::vector<std::string> unmet_goals(std::span<const LeakHunt> hunts);

}  // namespace heapjudge
