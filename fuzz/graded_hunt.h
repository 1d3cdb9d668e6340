// The hunt of a grade's fuzz part.
#pragma once

#include <filesystem>
#include <vector>

#include "fuzz/session.h"
#include "judge/fuzz_part.h"
#include "judge/rubric.h"

namespace heapjudge {

struct GradedHuntSettings {
  std::vector<std::filesystem::path> submission;  // it has been built before
  std::filesystem::path state_dir = ".heapjudge";  // failing traces are kept below
  bool require_isolation = false;
};

// Tries the inputs that rubric.fuzz asks for, tier by tier in turn, one process after the other. They follow from the
// seed alone: no coverage chooses them, because what a compiler makes of a submission differs from machine to machine,
// and no clock ends them. So a submission is found out the same way each time, as long as the same compilers build it.
// Nothing that was found or kept before has a part in it.
//
// Throws as fuzz_submission() does; std::runtime_error when not one input could be tried and the submission is not the
// reason.
FuzzHunt hunt_for_grade(const Rubric& rubric, const GradedHuntSettings& settings, const FuzzListener& listener = {});

}  // namespace heapjudge
