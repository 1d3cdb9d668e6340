// Of each allocator that overwrites what is not its own, the report names the store: the function and the line.
#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>

#include "tests/guilty/grading.h"
#include "tests/test_main.h"

namespace heapjudge {
namespace {

struct Overwrite {
  const char* name;  // tests/guilty/<name>.c and .rep
  StoreSearch search;
  std::string_view functions;  // innermost first
  std::string_view line;       // of the source
  Abi abi = Abi::kLp64;
};

constexpr Overwrite kOverwrites[] = {
    {"last_byte", StoreSearch::kFound, "mm_malloc", "if (header - 8 != mem_heap_lo()) header[-1] ^= 1;"},
    {"footer_too_far", StoreSearch::kFound, "mm_free",
     "if ((char *)footer < (char *)mem_heap_hi()) *footer = hole->size;"},
    {"footer_too_far", StoreSearch::kFound, "mm_free",
     "if ((char *)footer < (char *)mem_heap_hi()) *footer = hole->size;", Abi::kIlp32},
    {"shrink_copies_all", StoreSearch::kFound, "mm_realloc", "memcpy(moved, payload, old_size);"},
    // gcc makes one store of this line and the next one, which is the guilty one.
    {"puts_it_back", StoreSearch::kFound, "mm_malloc", "newest->saved = *(void **)(newest + 1);"},
    {"high_ids", StoreSearch::kFound, "mm_free",
     "if ((char *)footer < (char *)mem_heap_hi()) *footer = hole->size;"},
    {"past_the_end", StoreSearch::kFound, "mm_malloc",
     "*(size_t *)((char *)payload + ROUND(size)) = 1; /* size 0, in use */"},
    {"past_the_end", StoreSearch::kFound, "mm_malloc",
     "*(size_t *)((char *)payload + ROUND(size)) = 1; /* size 0, in use */", Abi::kIlp32},
    {"writes_after_unmap", StoreSearch::kFound, "mm_free", "range->is_free = 1;"},
    {"refusal_moves_blocks", StoreSearch::kFound, "compact mm_malloc",
     "rest->size = (size_t)((char *)end() - to) - sizeof(block);"},
    {"copies_too_little", StoreSearch::kNoStore, "", ""},
    {"stale_copy", StoreSearch::kNoStore, "", ""},
    {"frees_before_copying", StoreSearch::kOverwrote, "mm_free mm_realloc", "*(void **)payload = free_list;"},
    {"overwrites_before_copying", StoreSearch::kOverwrote, "mm_free mm_realloc", "*(void **)payload = free_list;"},
    {"overwrites_before_copying", StoreSearch::kOverwrote, "mm_free mm_realloc", "*(void **)payload = free_list;",
     Abi::kIlp32},
};

void PrintTo(const Overwrite& overwrite, std::ostream* out) { *out << overwrite.name; }

Finding finding_of(const Overwrite& overwrite) {
  const std::string path = std::string("tests/guilty/") + overwrite.name;
  const GradeSheet sheet = grade_submission(path + ".c", {path + ".rep"}, {.abi = overwrite.abi});
  return sheet.traces.at(0).result.examination->finding.value();
}

std::string functions_of(const Finding& finding) {
  std::string names;
  if (finding.stacks.empty()) return names;
  for (const SourceFrame& frame : finding.stacks.front()) names += (names.empty() ? "" : " ") + frame.function;
  return names;
}

std::string line_of(const Finding& finding) {
  const auto is_meant = [&](const SourceLine& line) { return line.number == finding.stacks.front().front().line; };
  const auto line = std::ranges::find_if(finding.excerpt, is_meant);
  return line == finding.excerpt.end() ? "" : line->text.substr(line->text.find_first_not_of(' '));
}

class OverwritingAllocator : public testing::TestWithParam<Overwrite> {};

TEST_P(OverwritingAllocator, IsCaughtAtTheStore) {
  const Overwrite& overwrite = GetParam();
  SKIP_WHERE_32_BITS_DO_NOT_RUN(overwrite.abi == Abi::kIlp32);
  const Finding finding = finding_of(overwrite);
  EXPECT_EQ(finding.store_search, overwrite.search);
  EXPECT_EQ(functions_of(finding), overwrite.functions);
  EXPECT_EQ(line_of(finding), overwrite.line);
}

INSTANTIATE_TEST_SUITE_P(Overwrites, OverwritingAllocator, testing::ValuesIn(kOverwrites));

TEST(OverwritingAllocator, MemoryThatWasNotClearedHasNoCulprit) {
  const Finding finding = finding_of({"calloc_trusts_the_heap", StoreSearch::kNone, "", ""});
  EXPECT_EQ(finding.store_search, StoreSearch::kNone);
  EXPECT_TRUE(finding.stacks.empty());
}

}  // namespace
}  // namespace heapjudge
