// The hunter on allocators that are known to be guilty, and on the references, which are not.
#include "fuzz/hunter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <ostream>
#include <string_view>

#include "fuzz/engine.h"
#include "fuzz/guarded_build.h"
#include "submission/inspect.h"
#include "tests/fuzz/heap_place.h"
#include "tests/temporary_folder.h"
#include "tests/test_main.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kHeapBytes = 64u << 20;
constexpr std::uint64_t kSeed = 1;

// A submission and its hunter, in this process.
class Hunt {
 public:
  Hunt(const fs::path& submission, Tier highest_tier) : build_(built(submission, folder_.path())), highest_tier_(highest_tier) {
    const Inspection inspection = inspect(build_.built.library, {});
    subject_ = std::make_unique<GuardedSubject>(
        GuardedSettings{.library = build_.built.library,
                        .interface = {.aligned_function = inspection.aligned_function,
                                      .init_returns_bool = inspection.init == InitConvention::kTrueIsSuccess},
                        .heap_base = kHeapPlace,
                        .heap_limit_bytes = kHeapBytes});
  }

  // Until something is caught, or so many inputs were tried.
  std::vector<Catch> run(std::uint64_t inputs) {
    std::vector<Catch> caught;
    Hunter hunter(*subject_, {.rules = {.heap_limit_bytes = kHeapBytes}, .highest_tier = highest_tier_},
                  [&](const Catch& one) { caught.push_back(one); });
    InputSource source({.seed = kSeed, .highest_tier = highest_tier_});
    for (std::uint64_t i = 0; i < inputs && caught.empty(); ++i) hunter.try_input(source.next());
    return caught;
  }

 private:
  static GuardedBuild built(const fs::path& submission, const fs::path& scratch) {
    auto outcome = build_guarded({submission}, {}, scratch);
    if (auto* failed = std::get_if<BuildFailed>(&outcome)) throw std::runtime_error(failed->diagnostics);
    return std::get<GuardedBuild>(std::move(outcome));
  }

  TemporaryFolder folder_;
  GuardedBuild build_;
  Tier highest_tier_;
  std::unique_ptr<GuardedSubject> subject_;
};

// Not among them: what only a timed replay, a small heap or the sandbox shows, and what lacks a function.
constexpr std::array kGuilty{
    "odd_header", "rounds_to_eight", "forgets_header", "below_the_heap", "huge_size_wraps", "maps_too_little",
    "encloses", "lowest_overlaps", "hands_out_twice", "split_keeps_size", "fixed_pool", "realloc_gives_up",
    "copies_too_little", "stale_copy", "frees_before_copying", "calloc_trusts_the_heap", "calloc_clears_count",
    "last_byte", "footer_too_far", "shrink_copies_all", "puts_it_back", "high_ids", "free_null", "realloc_null",
    "realloc_to_nothing", "past_the_end", "writes_after_unmap", "gives_back", "asks_for_the_moon",
    "refusal_unchecked", "refusal_handed_on", "refusal_moves_blocks", "refusal_remembered", "map_unchecked",
    "stale_list", "stale_rover", "map_not_reset", "expects_zeros", "calloc_trusts_fresh_memory",
    "calloc_trusts_mem_map", "unmaps_the_block", "unmaps_twice", "unmaps_shared_range", "four_byte_links",
    "client_data_as_link", "endless_recursion", "asserts", "ring"};

class Guilty : public testing::TestWithParam<const char*> {};

TEST_P(Guilty, IsCaughtWithinAFewThousandInputs) {
  Hunt hunt(source_dir() / "tests/guilty" / (std::string(GetParam()) + ".c"), Tier::kP3);
  const std::vector<Catch> caught = hunt.run(4000);
  ASSERT_FALSE(caught.empty());
  EXPECT_LE(caught.front().trace.requests().size(), 200u);
}

INSTANTIATE_TEST_SUITE_P(Allocators, Guilty, testing::ValuesIn(kGuilty),
                         [](const auto& allocator) { return std::string(allocator.param); });

class Innocent : public testing::TestWithParam<const char*> {};

TEST_P(Innocent, IsNotCaught) {
  Hunt hunt(GetParam(), Tier::kP3);
  for (const Catch& caught : hunt.run(300)) {
    ADD_FAILURE() << code_of(caught.sighting.fault) << " at request " << caught.sighting.request << " of "
                  << caught.trace.requests().size();
  }
}

INSTANTIATE_TEST_SUITE_P(References, Innocent,
                         testing::Values("implicit", "explicit", "segregated", "tlsf", "buddy", "bins", "bitmap"),
                         [](const auto& reference) { return std::string(reference.param); });

}  // namespace
}  // namespace heapjudge
