// A legend, and a panel for each subject, all on the same scale.
#include "reports/heap_svg.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

namespace heapjudge {
namespace {

constexpr double kPlotLeft = 84;
constexpr double kStripLeft = 160;  // a request stands before each row
constexpr double kPlotHeight = 224;
constexpr double kStripRow = 16;
constexpr double kPanelHead = 34;
constexpr double kSummaryTop = 46;  // below the plot
constexpr double kSummaryLine = 21;
constexpr double kInlineTop = 10;
constexpr double kAxisHeight = 28;
constexpr SvgDetail kCoarse{.columns = 154, .cell_rows = 56, .steps = 154, .time_columns = 77};
constexpr int kCoarseShades = 32;
constexpr std::size_t kSummaryLines = 4;
constexpr std::size_t kSummaryColumns = 66;  // fit in large letters, too

using Legend = std::vector<LegendEntry>;

const Legend& legend_of(HeapPicture picture) {
  static const LegendEntry payload{"payload", "live payload"};
  static const LegendEntry overhead{"overhead", "inside blocks: headers, padding"};
  static const LegendEntry hole{"hole", "holes"};
  static const LegendEntry heap_line{"heap-line", "size of the heap", true};
  static const Legend carpet{payload,   overhead,
                             hole,      {"unrequested", "not requested yet"},
                             heap_line, {"packed-line", "its size if perfectly packed", true}};
  static const Legend curves{payload, heap_line};
  static const Legend share{payload, overhead, hole};
  static const Legend holes{{"payload", "in such holes: 1/8 of the heap"},
                            {"unrequested", "none; between, in proportion"}};
  static const Legend map{payload, overhead, hole, {"unrequested", "no heap"}};
  static const Legend strip{
      {"payload", "blocks of these requests"}, {"alive", "other payload"}, overhead, hole};
  static const Legend latency{{"payload", "a tenth of that stretch's requests"},
                              {"unrequested", "none; lighter: fewer of them"}};
  switch (picture) {
    case HeapPicture::kCarpet:
      return carpet;
    case HeapPicture::kCurves:
      return curves;
    case HeapPicture::kShare:
      return share;
    case HeapPicture::kHoles:
      return holes;
    case HeapPicture::kMap:
      return map;
    case HeapPicture::kStrip:
      return strip;
    case HeapPicture::kLatency:
      return latency;
  }
  return carpet;
}

void draw(const SvgPanel& panel, HeapPicture picture) {
  switch (picture) {
    case HeapPicture::kCarpet:
      return draw_carpet(panel);
    case HeapPicture::kCurves:
      return draw_curves(panel);
    case HeapPicture::kShare:
      return draw_share(panel);
    case HeapPicture::kHoles:
      return draw_holes(panel);
    case HeapPicture::kMap:
      return draw_map(panel);
    case HeapPicture::kStrip:
      return draw_strip(panel);
    case HeapPicture::kLatency:
      return draw_latency(panel);
  }
}

// By words, at most kSummaryLines; the whole stands in the description.
std::vector<std::string> wrapped(const std::string& text) {
  std::vector<std::string> lines(1);
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    if (!lines.back().empty() && lines.back().size() + 1 + word.size() > kSummaryColumns)
      lines.emplace_back();
    lines.back() += (lines.back().empty() ? "" : " ") + word;
  }
  if (lines.size() > kSummaryLines) lines.resize(kSummaryLines);
  return lines;
}

// How the page is divided.
struct Layout {
  double left = kPlotLeft;
  double plot_height = kPlotHeight;
  double panel_height = 0;
  double legend_height = 0;

  // A panel is as high as the longest of the sentences below the plots wants it.
  Layout(const HeapView& view, HeapPicture picture, const std::vector<std::string>& sentences = {}) {
    if (picture == HeapPicture::kStrip) {
      left = kStripLeft;
      plot_height = kStripRow * static_cast<double>(view.window.requests());
    }
    std::size_t lines = 1;
    for (const std::string& sentence : sentences) lines = std::max(lines, wrapped(sentence).size());
    panel_height = kPanelHead + plot_height + kSummaryTop + kSummaryLine * static_cast<double>(lines);
    legend_height = 20 + 22 * static_cast<double>((legend_of(picture).size() + 1) / 2);
  }
};

void draw_panel(const SvgPanel& panel, HeapPicture picture, const std::string& sentence) {
  const double head = panel.plot.top - kPanelHead + 18;
  panel.page.text(
      20, head, "title",
      panel.subject.name + ": " + std::string(name_of(picture)) + " of " + panel.view.trace.name());
  draw(panel, picture);
  double y = panel.plot.bottom() + kSummaryTop;
  for (const std::string& line : wrapped(sentence)) {
    panel.page.text(20, y, "quiet", line);
    y += kSummaryLine;
  }
}

}  // namespace

std::string sentence_about(const HeapView& view, const HeapSubject& subject, HeapPicture picture) {
  const std::string summary = summary_of(view, subject, picture);
  return subject.failure.empty() ? summary : summary + ". Broke a rule: " + subject.failure;
}

std::string svg_of(const HeapView& view, HeapPicture picture) {
  std::vector<std::string> sentences;
  for (const HeapSubject& subject : view.subjects) sentences.push_back(sentence_about(view, subject, picture));
  const Layout layout(view, picture, sentences);
  SvgPage page(layout.legend_height + layout.panel_height * static_cast<double>(view.subjects.size()));
  page.legend(14, legend_of(picture));
  std::string description;
  double top = layout.legend_height;
  for (std::size_t i = 0; i < view.subjects.size(); ++i) {
    const HeapSubject& subject = view.subjects[i];
    const Box plot{layout.left, top + kPanelHead, SvgPage::kWidth - layout.left - 20, layout.plot_height};
    draw_panel({page, view, subject, plot}, picture, sentences[i]);
    description += (description.empty() ? "" : " ") + subject.name + ": " + sentences[i] + ".";
    top += layout.panel_height;
  }
  return page.finish(fmt::format("Heap {} of {}", name_of(picture), view.trace.name()), description);
}

std::string inline_svg_of(const HeapView& view, std::size_t subject, HeapPicture picture, const std::string& id) {
  const Layout layout(view, picture);
  const Box plot{layout.left, kInlineTop, SvgPage::kWidth - layout.left - 20, layout.plot_height};
  SvgPage page(plot.bottom() + kAxisHeight, id, kCoarseShades);
  draw({page, view, view.subjects[subject], plot, kCoarse}, picture);
  return page.finish_inline(fmt::format("Heap {} of {}, {}", name_of(picture), view.trace.name(), view.subjects[subject].name));
}

}  // namespace heapjudge
