// Looks for waste beside a hunt: measures the submission and the reference in processes of their own, and saves what shows
// most.
#pragma once

#include <filesystem>
#include <functional>

#include "fuzz/offered_steps.h"
#include "fuzz/session.h"
#include "judge/rubric.h"
#include "judge/waste_sheet.h"
#include "subject/child_subject.h"

namespace heapjudge {

struct WasteSessionTerms {
  const Rubric& rubric;
  const FuzzSettings& settings;  // `waste` is there
  const LaunchSettings& launch;  // of the submission as the rubric builds it
  OfferedFunctions offered;
  const std::filesystem::path& scratch_dir;
  std::function<bool()> goes_on;
};

// What is saved lies in state_dir/wasteful, beside the failures, because it is none. Throws as build_reference() and the
// subject's factory do.
WasteSheet find_waste(const WasteSessionTerms& terms);

}  // namespace heapjudge
