// From a rubric and an inspected build to the terms on which a submission is examined.
#pragma once

#include <filesystem>

#include "judge/culprit.h"
#include "judge/examine.h"
#include "judge/rubric.h"
#include "subject/child_subject.h"
#include "submission/build.h"
#include "submission/inspect.h"

namespace heapjudge {

// The host program and the memlib that this very build of Heapjudge made for the rubric's ABI.
HostFiles own_host_files(const Rubric& rubric);

// Where a submission of strangers is compiled: confined, against our own headers and that memlib. `scratch_dir` as
// BuildPlaces has it.
BuildPlaces build_places(const Rubric& rubric, const std::filesystem::path& scratch_dir);

// A sandbox as full as the machine has it.
LaunchSettings launch_settings(const Rubric& rubric, const Inspection& inspection,
                               const std::filesystem::path& library);

// Likewise, and with `require_isolation` in full or not at all.
LaunchSettings launch_settings(const Rubric& rubric, const Inspection& inspection, const std::filesystem::path& library,
                               bool require_isolation);

ExamineSettings examine_settings(const Rubric& rubric, bool refuse_growth);

// Has the submission's own heap checker called, when it has one that can be.
void add_own_checks(const Inspection& inspection, ExamineSettings& settings);

// Launches a process for each call.
SubjectFactory subject_factory(const LaunchSettings& settings);

// Likewise, and watches its stores. It is given less time, because nothing hangs on it.
WatchedSubjectFactory watched_subject_factory(const LaunchSettings& settings);

}  // namespace heapjudge
