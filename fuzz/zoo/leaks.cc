#include "fuzz/zoo/leaks.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "fuzz/session.h"
#include "fuzz/waste_hunt.h"
#include "fuzz/zoo/build_text.h"
#include "fuzz/zoo/cpu_seconds.h"
#include "fuzz/zoo/table.h"
#include "judge/examine.h"
#include "judge/reference_build.h"
#include "judge/session_subject.h"
#include "submission/inspect.h"

namespace heapjudge {
namespace {

struct Specimen {
  std::string name;
  std::string source;
  bool is_innocent = false;
};

std::vector<Specimen> specimens_of(const std::vector<ZooAllocator>& zoo, const std::string& only) {
  std::vector<Specimen> specimens;
  for (const ZooAllocator& allocator : zoo) {
    if (only.empty()) specimens.push_back({allocator.name, allocator.source, true});
    for (const Bug& bug : allocator.bugs) {
      if (bug.convicts || bug.full_name().find(only) == std::string::npos) continue;
      specimens.push_back({bug.full_name(), mutant_of(allocator, bug), false});
    }
  }
  return specimens;
}

class LeakHunter {
 public:
  LeakHunter(const Rubric& rubric, const Inspection& inspection, const LaunchSettings& own, const LaunchSettings& reference)
      : rubric_(rubric), offered_(offered_by(inspection)), own_(own), reference_(reference) {}

  LeakHunt hunt(std::uint64_t seed) const {
    const double before = cpu_seconds_so_far();
    const WasteSheet sheet = sheet_of(seed);
    LeakHunt hunt{.seed = seed,
                  .found = !sheet.found.empty() || sheet.given_up,
                  .broke_rules = sheet.given_up,
                  .cpu_seconds = cpu_seconds_so_far() - before};
    const auto shortest = std::ranges::min_element(sheet.found, {}, &WastefulTrace::requests);
    if (shortest != sheet.found.end()) hunt.requests = shortest->requests;
    return hunt;
  }

 private:
  // The processes are gone when this returns, and so their time is known.
  WasteSheet sheet_of(std::uint64_t seed) const {
    const ReplayRules rules = examine_settings(rubric_, false).rules;
    HeapMeter submission(subject_factory(own_), rules);
    HeapMeter reference(subject_factory(reference_), rules);
    return hunt_for_waste({.rules = {},
                           .submission = submission,
                           .reference = reference,
                           .offered = offered_,
                           .heap_limit_bytes = kLargestFuzzedHeap,
                           .seed = seed,
                           .goes_on = {}})
        .sheet;
  }

  const Rubric& rubric_;
  OfferedFunctions offered_;
  const LaunchSettings& own_;
  const LaunchSettings& reference_;
};

struct Tally {
  std::size_t hunts = 0;
  std::size_t found = 0;
};

}  // namespace

std::vector<LeakHunt> hunt_leaks(const Rubric& rubric, const std::vector<ZooAllocator>& zoo, const LeakSettings& settings,
                                 const std::function<void(std::size_t done, std::size_t total)>& done) {
  const LaunchSettings reference =
      build_reference(reference_called(WasteRules{}.reference), rubric, settings.scratch_dir);
  const std::vector<Specimen> specimens = specimens_of(zoo, settings.only);
  std::vector<LeakHunt> hunts;
  for (const Specimen& specimen : specimens) {
    const FuzzBuild build = build_text(rubric, settings.scratch_dir / ("leak-" + specimen.name), specimen.source);
    const auto& library = build.judged.library;
    const Inspection inspection = inspect(library, rubric.inspect);
    const LaunchSettings own = launch_settings(rubric, inspection, library);
    const LeakHunter hunter(rubric, inspection, own, reference);
    for (std::uint64_t seed = 1; seed <= settings.seeds; ++seed) {
      LeakHunt hunt = hunter.hunt(seed);
      hunt.specimen = specimen.name;
      hunt.is_innocent = specimen.is_innocent;
      hunts.push_back(std::move(hunt));
      done(hunts.size(), specimens.size() * settings.seeds);
    }
  }
  return hunts;
}

std::string table_of(std::span<const LeakHunt> hunts) {
  std::map<std::string, Tally> leaks;
  std::vector<double> seconds, requests;
  std::set<std::string> innocent, suspected, broken;
  for (const LeakHunt& hunt : hunts) {
    if (hunt.is_innocent) innocent.insert(hunt.specimen);
    if (hunt.is_innocent && hunt.found) suspected.insert(hunt.specimen);
    if (hunt.is_innocent) continue;
    Tally& tally = leaks[hunt.specimen];
    ++tally.hunts;
    seconds.push_back(hunt.cpu_seconds);
    if (!hunt.found) continue;
    ++tally.found;
    if (hunt.broke_rules) broken.insert(hunt.specimen);
    if (hunt.requests == 0) continue;
    requests.push_back(static_cast<double>(hunt.requests));
  }
  const auto by_all = std::ranges::count_if(leaks, [](const auto& leak) { return leak.second.found == leak.second.hunts; });
  const auto by_one = std::ranges::count_if(leaks, [](const auto& leak) { return leak.second.found > 0; });
  const auto text = [](std::optional<double> value, int digits) {
    return value ? fmt::format("{:.{}f}", *value, digits) : "-";
  };
  return fmt::format("| leaks found by every seed | by one | some of them by broken rules | unedited allocators called wasteful | CPU s of a hunt: median |"
                     " slowest | requests left: median | 90 % |\n|---|---|---|---|---|---|---|---|\n"
                     "| {} of {} | {} | {} | {} of {} | {} | {} | {} | {} |\n",
                     by_all, leaks.size(), by_one, broken.size(), suspected.size(), innocent.size(), text(quantile(seconds, 0.5), 2),
                     text(quantile(seconds, 1), 2), text(quantile(requests, 0.5), 0), text(quantile(requests, 0.9), 0));
}

std::vector<std::string> unmet_goals(std::span<const LeakHunt> hunts) {
  std::vector<std::string> unmet;
  for (const LeakHunt& hunt : hunts) {
    const std::string who = fmt::format("{}, seed {}", hunt.specimen, hunt.seed);
    if (hunt.is_innocent && hunt.found) unmet.push_back(who + ": innocent, but called wasteful");
    if (!hunt.is_innocent && !hunt.found) unmet.push_back(who + ": leak not found");
  }
  return unmet;
}

}  // namespace heapjudge
