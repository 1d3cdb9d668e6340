// The bug zoo keeps its word: every bug is convicted by its witness of what it says, and the allocators
// without the bugs are innocent.
#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "fuzz/zoo/cage.h"
#include "fuzz/zoo/zoo.h"
#include "tests/temporary_folder.h"
#include "tests/test_main.h"
#include "trace/input_error.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

const std::vector<ZooAllocator>& zoo() {
  static const std::vector<ZooAllocator> all = load_zoo(source_dir() / "fuzz" / "zoo");
  return all;
}

// Calls `work` for 0 to count - 1, on two threads; what it says is a failure, and so is what it throws.
void for_each_of(std::size_t count, const std::function<std::string(std::size_t)>& work) {
  std::atomic<std::size_t> next = 0;
  std::mutex mutex;
  const auto run = [&] {
    for (std::size_t i = next++; i < count; i = next++) {
      std::string said;
      try {
        said = work(i);
      } catch (const std::exception& error) {
        said = error.what();
      }
      const std::lock_guard lock(mutex);
      if (!said.empty()) ADD_FAILURE() << said;
    }
  };
  std::thread other(run);
  run();
  other.join();
}

std::string code_or_none(const Examination& examination) {
  return examination.finding ? code_of(examination.finding->fault) : "nothing";
}

double heap_of(const Examination& examination) {
  return examination.profile ? static_cast<double>(examination.profile->heap_bytes) : 0;
}

struct Specimen {
  const ZooAllocator& allocator;
  const Bug& bug;
  const Cage& unedited;
};

// Empty when the bug is what it says.
std::string complaint_about(const Specimen& specimen, const std::filesystem::path& scratch) {
  const Bug& bug = specimen.bug;
  const bool hangs = bug.convicts == Fault::kNoProgress;
  const Cage mutant(bug.full_name(), mutant_of(specimen.allocator, bug),
                    {.scratch_dir = scratch, .request_seconds = hangs ? 0.3 : 2.0});
  const Examination guilty = mutant.examine(bug.witness);
  const Examination innocent = specimen.unedited.examine(bug.witness);
  if (innocent.finding)
    return bug.full_name() + ": its witness convicts the unedited allocator of " + code_or_none(innocent);
  if (bug.convicts) {
    if (guilty.finding && guilty.finding->fault == *bug.convicts) return {};
    return bug.full_name() + " is convicted of " + code_or_none(guilty) + ", not of " +
           code_of(*bug.convicts);
  }
  if (guilty.finding)
    return bug.full_name() + " is convicted of " + code_or_none(guilty) + ", but should only leak";
  const double times = heap_of(guilty) / heap_of(innocent);
  if (times >= *bug.heap_times) return {};
  return bug.full_name() + " takes " + std::to_string(times) + " times the heap only";
}

TEST(ZooTest, EveryBugIsConvictedByItsWitnessAndTheUneditedAllocatorIsNot) {
  const TemporaryFolder scratch;
  std::vector<std::unique_ptr<Cage>> cages;
  std::vector<Specimen> specimens;
  for (const ZooAllocator& allocator : zoo()) {
    cages.push_back(std::make_unique<Cage>(allocator.name, allocator.source,
                                           CageSettings{.scratch_dir = scratch.path()}));
    for (const Bug& bug : allocator.bugs) specimens.push_back({allocator, bug, *cages.back()});
  }
  for_each_of(specimens.size(), [&](std::size_t i) { return complaint_about(specimens[i], scratch.path()); });
}

TEST(ZooTest, HoldsFiveAllocatorsAndBugsOfEveryTier) {
  std::map<std::string, std::size_t> by_tier;
  for (const ZooAllocator& allocator : zoo()) {
    EXPECT_GE(allocator.bugs.size(), 12u) << allocator.name;
    for (const Bug& bug : allocator.bugs) ++by_tier[bug.tier];
  }
  EXPECT_EQ(zoo().size(), 5u);
  for (const char* tier : {"P0", "P1", "P2", "P3"}) EXPECT_GE(by_tier[tier], 8u) << tier;
}

TEST(ZooTest, NoTwoEditsOfAnAllocatorMakeTheSameSource) {
  for (const ZooAllocator& allocator : zoo()) {
    std::map<std::string, std::string> seen{{allocator.source, "the unedited allocator"}};
    for (const Bug& bug : allocator.bugs) {
      const auto [twin, is_new] = seen.emplace(mutant_of(allocator, bug), bug.name);
      EXPECT_TRUE(is_new) << bug.full_name() << " is the same as " << twin->second;
    }
  }
}

TEST(ZooTest, AWitnessIsWrittenWithRangesOfIds) {
  const Trace trace = parse_witness("w", "a 0..2 24; f 0..2/2; s 1; r 1 8; f -1; c 3 2 4; i");
  const Trace same =
      parse_trace("w", "1048576\n4\n10\n1\na 0 24\na 1 24\na 2 24\nf 0\nf 2\ns 1\nr 1 8\nf -1\nc 3 2 4\ni\n");
  EXPECT_EQ(trace, same);
}

std::string error_of_loading(const std::filesystem::path& zoo) {
  try {
    load_zoo(zoo);
  } catch (const InputError& error) {
    const std::string text = error.what();
    return text.substr(text.rfind('/') + 1);
  }
  return "no error";
}

std::string error_of(const std::string& yaml) {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "toy.c") << "int x = 1;\nint y = 1;\n";
  std::ofstream(folder.path() / "toy.yaml") << yaml;
  return error_of_loading(folder.path());
}

TEST(ZooTest, SaysThatAFolderIsNone) {
  const TemporaryFolder folder;
  EXPECT_EQ(error_of_loading(folder.path() / "nowhere"), "nowhere: is no folder");
}

TEST(ZooTest, SaysWhereAFileIsWrong) {
  EXPECT_EQ(error_of("bugs: 1"), "toy.yaml:1:1: expected a list of 'bugs'");
  EXPECT_EQ(error_of("bugs:\n  - {name: a, tier: P4}"),
            "toy.yaml:2:21: 'tier' is 'P4', but must be one of: P0, P1, P2, P3");
  EXPECT_EQ(
      error_of("bugs:\n  - {name: a, breaks: b, replace: '= 1', with: '', convicts: E103, witness: a 0 8}"),
      "toy.yaml:2:35: stands in the source 2 times, not once");
  EXPECT_EQ(error_of("bugs:\n  - {name: a, breaks: b, replace: x, with: '', witness: a 0 8}"),
            "toy.yaml:2:5: a bug needs either 'convicts' or 'heap'");
  EXPECT_EQ(error_of("bugs:\n  - {name: a, breaks: b, replace: x, with: '', convicts: E999, witness: a 0 8}"),
            "toy.yaml:2:58: expected the code of a rule, such as E103");
}

}  // namespace
}  // namespace heapjudge
