// The hunter on allocators that are known to be guilty, and on the references, which are not.
#include "fuzz/hunter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <ostream>
#include <string_view>

#include "fuzz/engine.h"
#include "fuzz/guarded_build.h"
#include "fuzz/motifs.h"
#include "submission/inspect.h"
#include "tests/fuzz/heap_place.h"
#include "tests/temporary_folder.h"
#include "tests/test_main.h"
#include "trace/random.h"

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
    InputSource source({.seed = kSeed, .highest_tier = highest_tier_});
    return run(inputs, [&](std::uint64_t) { return source.next(); });
  }

  // Of inputs that crowd the heap.
  std::vector<Catch> run_crowding(std::uint64_t inputs) {
    return run(inputs, [&](std::uint64_t seed) {
      Random random(seed);
      std::vector<std::uint8_t> input(kInputHeaderBytes);
      write_header({.tier = highest_tier_, .scale = Scale::kCrowd},
                   std::span(input).first<kInputHeaderBytes>());
      for (int i = 0; i < 3; ++i) append_motif(Motif::kLargePieces, random, input);
      return input;
    });
  }

 private:
  template <typename Next>
  std::vector<Catch> run(std::uint64_t inputs, const Next& next) {
    std::vector<Catch> caught;
    Hunter hunter(*subject_, {.rules = {.heap_limit_bytes = kHeapBytes}, .highest_tier = highest_tier_},
                  [&](const Catch& one) { caught.push_back(one); });
    for (std::uint64_t i = 0; i < inputs && caught.empty(); ++i) hunter.try_input(next(i));
    return caught;
  }

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

// Whether blocks of more than so many bytes are cut short shows in an input that asks for some.
TEST(Hunter, CatchesWhatOnlyLargeBlocksBringAbout) {
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "mm.c";
  std::ofstream(file) << "#include \"memlib.h\"\n#include \"mm.h\"\n"
                         "int mm_init(void) { return 0; }\n"
                         "void *mm_malloc(size_t n) {\n"
                         "  size_t *p = mem_sbrk((long)(((n & 0x7fffff) + 31) & ~(size_t)15));\n"
                         "  if (p == (void *)-1) return NULL;\n"
                         "  *p = n;\n"
                         "  return p + 2;\n"
                         "}\n"
                         "void mm_free(void *p) { (void)p; }\n"
                         "void *mm_realloc(void *p, size_t n) {\n"
                         "  void *q = mm_malloc(n);\n"
                         "  if (q == NULL || p == NULL) return q;\n"
                         "  size_t before = ((size_t *)p)[-2];\n"
                         "  return memmove(q, p, before < n ? before : n);\n"
                         "}\n";
  const std::vector<Catch> caught = Hunt(file, Tier::kP0).run_crowding(20);
  ASSERT_FALSE(caught.empty());
  EXPECT_LE(caught.front().trace.requests().size(), 2u);
}

class Innocent : public testing::TestWithParam<const char*> {};

TEST_P(Innocent, IsNotCaught) {
  Hunt hunt(GetParam(), Tier::kP3);
  for (const Catch& caught : hunt.run(300)) {
    ADD_FAILURE() << code_of(caught.sighting.fault) << " at request " << caught.sighting.request << " of "
                  << caught.trace.requests().size();
  }
}

// For want of room they answer NULL, and some ask for more than the heap may hold.
TEST_P(Innocent, IsNotCaughtWhereTheHeapIsCrowded) {
  Hunt hunt(GetParam(), Tier::kP3);
  for (const Catch& caught : hunt.run_crowding(40)) {
    ADD_FAILURE() << code_of(caught.sighting.fault) << " at request " << caught.sighting.request << " of "
                  << caught.trace.requests().size();
  }
}

INSTANTIATE_TEST_SUITE_P(References, Innocent,
                         testing::Values("implicit", "explicit", "segregated", "tlsf", "buddy", "bins", "bitmap"),
                         [](const auto& reference) { return std::string(reference.param); });

}  // namespace
}  // namespace heapjudge
