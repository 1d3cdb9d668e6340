// Pictures of the heap: pinned on a small story, and what must hold of every one.
#include "reports/heap_view.h"

#include <gtest/gtest.h>

#include "reports/heap_axis.h"
#include "reports/heap_chart.h"
#include "reports/png.h"
#include "reports/svg_page.h"
#include "tests/history/random_history.h"
#include "tests/reports/golden.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

// A block grows twice among others that stay, so that holes are left; headers are 16 bytes.
constexpr const char* kStory =
    "4096\n4\n12\n1\na 0 112\na 1 40\nr 0 240\na 2 24\nr 0 496\na 3 100\nf 1\na 1 200\nf 2\nf 3\nr 0 1000\nf "
    "1\n";

HeapHistory story_history() {
  return {.grown_bytes = {16, 144, 208, 464, 512, 1024, 1024, 1024, 1024, 1024, 1024, 2048, 2048},
          .blocks = {{0, 1, 3, 16, 112},
                     {1, 2, 7, 144, 40},
                     {0, 3, 5, 208, 240},
                     {2, 4, 9, 464, 24},
                     {0, 5, 11, 512, 496},
                     {3, 6, 10, 16, 100},
                     {1, 8, 12, 208, 200},
                     {0, 11, 13, 1024, 1000}}};
}

// Without headers, and with a range of its own for the last growth.
HeapHistory other_history() {
  return {.grown_bytes = {0, 112, 160, 560, 560, 816, 916, 916, 1120, 1120, 1120, 1120, 1120},
          .blocks = {{0, 1, 3, 0, 112},
                     {1, 2, 7, 112, 40},
                     {0, 3, 5, 320, 240},
                     {2, 4, 9, 288, 24},
                     {0, 5, 11, 320, 496},
                     {3, 6, 10, 816, 100},
                     {1, 8, 12, 920, 200},
                     {0, 11, 13, 0x10000, 1000}},
          .ranges = {{{0x10000, 4096}, 11, 13}}};
}

Latencies story_latencies() {
  return {.nanoseconds = {40, 12, 130, 9.4f, 1800, 35, 0.4f, 36, 11, 12, 2400, 20}, .replays = 25};
}

Latencies other_latencies() {
  return {.nanoseconds = {4, 1.2f, 13, 1, 18000, 3.5f, 4, 3.6f, 1, 1, 24000, 2}, .replays = 25};
}

class HeapPictures : public testing::TestWithParam<HeapPicture> {
 protected:
  const Trace trace_ = parse_trace("story.rep", kStory);
  const HeapHistory history_ = story_history();
  const HeapHistory other_ = other_history();
  const Latencies latencies_ = story_latencies();
  const Latencies other_latencies_ = other_latencies();
  const HeapView view_{
      .trace = trace_, .subjects = {{"mm.c", &history_, "", &latencies_}}, .window = {1, 12}, .at = 8};
  const HeapView both_{
      .trace = trace_,
      .subjects = {{"mm.c", &history_, "", &latencies_}, {"other.c", &other_, "", &other_latencies_}},
      .window = {1, 12},
      .at = 12};
  const std::string name_ = "heap/" + std::string(name_of(GetParam()));
};

TEST_P(HeapPictures, InTheTerminal) {
  expect_golden(name_ + ".txt", text_of(view_, GetParam(), {.columns = 100}));
  expect_golden(name_ + "-ascii.txt", text_of(both_, GetParam(), {.unicode = false, .columns = 60}));
}

TEST_P(HeapPictures, AsSvg) {
  expect_golden(name_ + ".svg", svg_of(view_, GetParam()));
  expect_golden(name_ + "-vs.svg", svg_of(both_, GetParam()));
}

TEST_P(HeapPictures, KeepToTheScreen) {
  const std::string text = text_of(both_, GetParam(), {.unicode = false, .columns = 60});
  for (const std::string& line : lines_of(text)) EXPECT_LE(line.size(), 60u) << line;
}

TEST_P(HeapPictures, NamesFromASubmissionStayText) {
  const std::string hostile = "</text><script>alert('x')</script>&\"\x1b[31m\n.c";
  const Trace trace = parse_trace("<b>&\".rep", kStory);
  const HeapView view{
      .trace = trace, .subjects = {{hostile, &history_, hostile}}, .window = {1, 12}, .at = 8};
  const std::string svg = svg_of(view, GetParam());
  EXPECT_EQ(svg.find("<script"), svg.npos);
  EXPECT_EQ(svg.find("<b>"), svg.npos);
  EXPECT_EQ(svg.find('\x1b'), svg.npos);
  EXPECT_NE(svg.find("&lt;script&gt;"), svg.npos);
  const std::string text = text_of(view, GetParam(), {});
  EXPECT_EQ(text.find("\x1b[31m"), text.npos);
}

TEST_P(HeapPictures, OfAReplayThatEndedBeforeTheWindow) {
  const HeapHistory short_history{.grown_bytes = {16, 16}};
  const HeapView view{.trace = trace_,
                      .subjects = {{"mm.c", &short_history, "", nullptr, "it broke a rule"}, {"other.c", &other_}},
                      .window = {3, 12},
                      .at = 8};
  const std::string why = GetParam() == HeapPicture::kLatency ? "how long its requests take is not known: it broke a rule"
                                                              : "the replay went wrong after #1";
  EXPECT_NE(text_of(view, GetParam(), {}).find(why), std::string::npos);
  EXPECT_NE(svg_of(view, GetParam()).find(why), std::string::npos);
}

TEST_P(HeapPictures, OfAnythingThatAReplayLeaves) {
  for (std::uint32_t seed = 1; seed <= 10; ++seed) {
    const HeapHistory history = random_history({.seed = seed, .requests = 12});
    const HeapView view{
        .trace = trace_, .subjects = {{"mm.c", &history}}, .window = {1 + seed % 4, 12}, .at = seed};
    EXPECT_NE(text_of(view, GetParam(), {.columns = 30 + 10 * seed}), "") << seed;
    EXPECT_TRUE(svg_of(view, GetParam()).ends_with("</svg>\n")) << seed;
  }
}

std::string picture_name(const testing::TestParamInfo<HeapPicture>& picture) {
  return std::string(name_of(picture.param));
}
INSTANTIATE_TEST_SUITE_P(All, HeapPictures, testing::ValuesIn(kHeapPictures), picture_name);

TEST(CarpetText, APackedHeapIsSolid) {
  const Trace trace = parse_trace("story.rep", kStory);
  const HeapHistory packed = packed_history(12, 6400);
  const HeapView view{.trace = trace, .subjects = {{"mm.c", &packed}}, .window = {1, 12}};
  const auto lines = lines_of(text_of(view, HeapPicture::kCarpet, {.unicode = false}));
  for (std::size_t row = 1; row <= kChartRows; ++row) {
    EXPECT_EQ(lines[row].substr(kChartMargin), std::string(kChartColumns, '#'));
  }
}

TEST(CarpetText, AHalfStripedHeapIsHalfShaded) {
  const Trace trace = parse_trace("story.rep", kStory);
  const HeapHistory striped = striped_history(12, 14 * 1280, 64);
  const HeapView view{.trace = trace, .subjects = {{"mm.c", &striped}}, .window = {1, 12}};
  const auto lines = lines_of(text_of(view, HeapPicture::kCarpet, {.unicode = false}));
  for (std::size_t row = 1; row <= kChartRows; ++row) {
    const std::string cells = lines[row].substr(kChartMargin);
    EXPECT_TRUE(cells == std::string(kChartColumns, '+') || cells == std::string(kChartColumns, '='))
        << cells;
  }
}

TEST(HeapAxis, BytesInPowersOfTwo) {
  EXPECT_EQ(byte_ticks(1000, 5), (std::vector<std::uint64_t>{0, 256, 512, 768}));
  EXPECT_EQ(byte_ticks(1024, 5), (std::vector<std::uint64_t>{0, 256, 512, 768, 1024}));
  EXPECT_EQ(byte_ticks(1, 5), (std::vector<std::uint64_t>{0, 1}));
  EXPECT_EQ(byte_ticks(std::uint64_t{1} << 47, 5).size(), 5u);
  EXPECT_EQ(tick_text(3 * 65536), "192 K");
  EXPECT_EQ(tick_text(1u << 20), "1 M");
  EXPECT_EQ(tick_text(48), "48");
  EXPECT_EQ(tick_text(0), "0");
}

TEST(HeapAxis, RequestsAtRoundNumbersAndBothEnds) {
  EXPECT_EQ(request_ticks({1, 5836}, 6), (std::vector<std::size_t>{1, 2000, 4000, 5836}));
  EXPECT_EQ(request_ticks({1, 1}, 6), (std::vector<std::size_t>{1}));
  EXPECT_EQ(request_ticks({7, 9}, 6), (std::vector<std::size_t>{7, 8, 9}));
}

TEST(Png, HasItsChunksAndTheirSums) {
  const std::string png = png_of(2, 1, {0, 255});
  EXPECT_TRUE(png.starts_with("\x89PNG\r\n\x1a\n"));
  EXPECT_EQ(png.substr(12, 4), "IHDR");
  EXPECT_TRUE(png.ends_with("IEND\xae\x42\x60\x82"));
}

TEST(Base64, PadsAsItMust) {
  EXPECT_EQ(base64_of(""), "");
  EXPECT_EQ(base64_of("f"), "Zg==");
  EXPECT_EQ(base64_of("fo"), "Zm8=");
  EXPECT_EQ(base64_of("foob"), "Zm9vYg==");
  EXPECT_EQ(base64_of("\xff\xfe\xfd"), "//79");
}

}  // namespace
}  // namespace heapjudge
