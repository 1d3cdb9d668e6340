// Phases over one set of live blocks, and what holds for every generated trace.
#include "generate/generator.h"

#include <gtest/gtest.h>

#include "trace/input_error.h"
#include "trace/rep_format.h"
#include "trace/statistics.h"

namespace heapjudge {
namespace {

std::string text_of(const Spec& spec) {
  const std::string text = print_trace(generate(spec));
  std::size_t start = 0;
  for (int line = 0; line < 4; ++line) start = text.find('\n', start) + 1;
  return text.substr(start);
}

const Allocate kThree{.blocks = 3, .sizes = Distribution(Steps{.first = 10, .last = 30, .by = 10})};

TEST(Generator, FreesWhatIsLeft) {
  EXPECT_EQ(text_of({.phases = {kThree}}), "a 0 10\na 1 20\na 2 30\nf 0\nf 1\nf 2\n");
  EXPECT_EQ(text_of({.phases = {kThree}, .end = FreeOrder::kNewest}),
            "a 0 10\na 1 20\na 2 30\nf 2\nf 1\nf 0\n");
  EXPECT_EQ(text_of({.phases = {kThree}, .end = std::nullopt}), "a 0 10\na 1 20\na 2 30\n");
}

TEST(Generator, FreesByOrderNumberAndSize) {
  const auto after = [](const Free& free) {
    const std::string text = text_of({.phases = {kThree, free}, .end = std::nullopt});
    return text.substr(text.find('f'));
  };
  EXPECT_EQ(after({.blocks = 1}), "f 0\n");
  EXPECT_EQ(after({.order = FreeOrder::kNewest, .blocks = 2}), "f 2\nf 1\n");
  EXPECT_EQ(after({.every = 2}), "f 0\nf 2\n");
  EXPECT_EQ(after({.least_bytes = 15, .most_bytes = 25}), "f 1\n");
}

TEST(Generator, RepeatsPhases) {
  const Repeat repeat{.times = 2, .phases = {Allocate{}, Free{}}};
  EXPECT_EQ(text_of({.phases = {repeat}}), "a 0 16\nf 0\na 1 16\nf 1\n");
}

TEST(Generator, EmptiesTheHeapAndRefusesGrowth) {
  EXPECT_EQ(text_of({.phases = {Refuse{3}, Allocate{}, Init{}, Allocate{}}}),
            "s 3\na 0 16\ni\na 1 16\nf 1\n");
}

Spec stream_spec(const Stream& stream, std::uint64_t seed = 1) {
  return {.seed = seed, .phases = {stream}};
}

TEST(Generator, IsAFunctionOfTheSeed) {
  const Stream stream{.requests = 500, .sizes = Distribution(Uniform{1, 100})};
  EXPECT_EQ(generate(stream_spec(stream, 5)), generate(stream_spec(stream, 5)));
  EXPECT_FALSE(generate(stream_spec(stream, 5)) == generate(stream_spec(stream, 6)));
}

TEST(Generator, RefusesMoreThanATraceHolds) {
  const Repeat many{.times = 1u << 23, .phases = {Allocate{.blocks = 1u << 20}}};
  try {
    generate({.name = "many", .phases = {many}});
    FAIL() << "no error";
  } catch (const InputError& error) {
    EXPECT_STREQ(error.what(), "many: the spec makes more than 8388608 requests");
  }
}

TEST(HiddenSeeds, DependOnTheCourseAndOnTheSpec) {
  EXPECT_EQ(hidden_seed(1, "a"), hidden_seed(1, "a"));
  EXPECT_NE(hidden_seed(1, "a"), hidden_seed(2, "a"));
  EXPECT_NE(hidden_seed(1, "a"), hidden_seed(1, "b"));
  EXPECT_NE(hidden_seed(1, "ab"), hidden_seed(1, "ba"));
}

}  // namespace
}  // namespace heapjudge
