// The declared layout of blocks as it is written, and the words for what it may not be.
#include <string>

#include "tests/judge/rubric_text.h"
#include "tests/test_main.h"

namespace heapjudge {
namespace {

class RubricLayout : public RubricText {};

TEST_F(RubricLayout, IsThereOnlyWhereItIsWritten) {
  EXPECT_FALSE(parse("").layout);
  EXPECT_EQ(parse("layout: {}").layout, BlockLayout{});
  EXPECT_FALSE(load_rubric(source_dir() / "traces" / "rubric.yaml").layout);
}

TEST_F(RubricLayout, EveryKeyIsRead) {
  const Rubric rubric =
      parse("layout: {word: 4, header: 16, flags: 5, allocated: 2, size: payload, footers: free, walk: true}");
  const BlockLayout layout{.word_bytes = 4,
                           .header_bytes = 16,
                           .flag_bits = 5,
                           .allocated_bit = 2,
                           .size_is_of_payload = true,
                           .footers = BlockLayout::Footers::kFree,
                           .walk = true};
  EXPECT_EQ(rubric.layout, layout);
}

TEST_F(RubricLayout, AHeaderIsAWordAndHasTheFlagsThatItsSizesLeave) {
  const Rubric rubric = parse("layout: {word: 4}");
  EXPECT_EQ(rubric.layout->header_bytes, 4u);
  EXPECT_EQ(rubric.layout->flag_bits, 3u);
}

struct BadLayout {
  const char* rest;
  const char* error;
};

TEST_F(RubricLayout, WhatDoesNotFitIsNamedWithItsPlace) {
  const BadLayout table[] = {
      {"layout: 8", "r.yaml:2:9: expected a mapping, found '8'"},
      {"layout: {footer: all}", "r.yaml:2:10: unknown key 'footer'; did you mean 'footers'?"},
      {"layout: {word: 6}", "r.yaml:2:16: 'word' must be 4 or 8"},
      {"layout: {word: 16}", "r.yaml:2:16: 'word' is 16, but must be at least 4 and at most 8"},
      {"layout: {header: 4}", "r.yaml:2:18: 'header' is 4, but must be at least 8 and at most 256"},
      {"layout: {flags: 2.5}", "r.yaml:2:17: 'flags' must be a whole number"},
      {"layout: {flags: 3, allocated: 3}", "r.yaml:2:31: 'allocated' is 3, but must be at least 0 and at most 2"},
      {"layout: {size: total}", "r.yaml:2:16: 'size' is 'total', but must be one of: block, payload"},
      {"layout:\n  walk: 2", "r.yaml:3:9: 'walk' is '2', but must be one of: true, false, yes, no"},
      {"repeat: {own_checker: 1}", "r.yaml:2:23: 'own_checker' is '1', but must be one of: true, false, yes, no"},
  };
  for (const BadLayout& bad : table) EXPECT_EQ(error_of(bad.rest), bad.error);
}

}  // namespace
}  // namespace heapjudge
