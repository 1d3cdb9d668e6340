// What works on this machine, and what is lost where something does not.
#pragma once

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace heapjudge {

enum class Health : std::uint8_t { kWorks, kLimited, kMissing };

struct Checkup {
  std::string part;        // "compiler", "64-bit", ...
  Health health = Health::kWorks;
  std::string found;       // a version, a figure, or why it does not work
  std::string lost;        // without it; empty where it works
  bool essential = false;  // nothing is graded without it
};

struct CheckupPlaces {
  std::filesystem::path build_dir;    // see host_files()
  std::filesystem::path include_dir;  // our mm.h and memlib.h
  std::filesystem::path scratch_dir;  // exists
};

// By trying: a tiny submission is built, confined and counted, a store is watched, a loop is timed for a second.
// What fails is an answer, and never an exception.
std::vector<Checkup> check_machine(const CheckupPlaces& places);

// Whether all that is essential is there.
inline bool can_grade(const std::vector<Checkup>& checkups) {
  return std::ranges::none_of(
      checkups, [](const Checkup& checkup) { return checkup.essential && checkup.health == Health::kMissing; });
}

}  // namespace heapjudge
