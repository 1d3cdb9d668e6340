// Still pictures with their words and figures; where there is a viewer it takes their place.
#include "reports/html_heap.h"

#include <fmt/format.h>

#include <vector>

#include "history/latency_grid.h"
#include "history/series.h"
#include "reports/heap_axis.h"
#include "reports/heap_scale.h"
#include "reports/history_columns.h"
#include "reports/latency_columns.h"
#include "reports/numbers.h"
#include "reports/svg_page.h"

namespace heapjudge {
namespace {

constexpr std::size_t kFigureRows = 16;
constexpr std::size_t kHoleFigureColumns = 8;

// A strip tells a short trace's story best.
std::vector<HeapPicture> pictures_of(const HeapView& view, const HeapSubject& subject) {
  std::vector<HeapPicture> pictures{HeapPicture::kCarpet};
  if (view.window.requests() <= kMostStripRows) {
    pictures.push_back(HeapPicture::kStrip);
  } else {
    pictures.push_back(HeapPicture::kShare);
    const auto [least, most] = hole_classes(view);
    if (least <= most) pictures.push_back(HeapPicture::kHoles);
  }
  if (subject.latencies != nullptr) pictures.push_back(HeapPicture::kLatency);
  return pictures;
}

// What its shades mean; the legend of a report is for the others.
std::string_view scale_of(HeapPicture picture) {
  if (picture == HeapPicture::kHoles)
    return " A row for each size: the stronger the colour, the more of the heap, up to an eighth of it.";
  return picture == HeapPicture::kLatency ? " The stronger the colour, the more of that stretch's requests, up to a tenth of them." : "";
}

Html still_picture(const HtmlHeapPart& part, std::size_t subject, HeapPicture picture) {
  const HeapSubject& shown = part.view.subjects[subject];
  const std::string words = shown.name + ": " + sentence_about(part.view, shown, picture) + "." + std::string(scale_of(picture));
  const std::string id = fmt::format("{}-{}-{}-", part.id, subject, name_of(picture));
  return element("figure", element("figcaption", words) + Html::own("\n") +
                               Html::own(inline_svg_of(part.view, subject, picture, id))) +
         Html::own("\n");
}

std::string requests_text(const RequestSpan& span) {
  return request_text(span.first) + (span.last > span.first ? " to " + request_text(span.last) : "");
}

std::string bytes_in(double mean) { return mean < 0.5 ? "-" : size_text(static_cast<std::uint64_t>(mean + 0.5)); }

Html holes_over_time(const HeapView& view, const HeapSubject& subject) {
  const std::vector<SeriesColumn> series = series_of(*subject.history, view.window, kHoleFigureColumns);
  std::vector<HtmlColumn> titles{{.title = "holes of", .names_row = true}};
  for (const SeriesColumn& column : series) titles.push_back({requests_text(column.requests), true});
  HtmlTable table("Bytes in holes by their size, " + subject.name + ": the mean over these requests", titles);
  const auto [least, most] = hole_classes({.trace = view.trace, .subjects = {subject}, .window = view.window, .at = view.at});
  for (std::size_t digits = least; digits <= most; ++digits) {
    const std::string sizes = tick_text(std::uint64_t{1} << (digits - 1)) + " to " + tick_text(std::uint64_t{1} << digits);
    std::vector<Html> cells{Html::text(sizes)};
    for (const SeriesColumn& column : series) cells.push_back(Html::text(bytes_in(column.hole_bytes[digits])));
    table.add_row(cells);
  }
  return table.html();
}

// For each work that the allocator was given.
Html times_of_requests(const HeapView& view, const HeapSubject& subject) {
  if (subject.latencies == nullptr) return {};
  HtmlTable table(fmt::format("How long requests took, {}: means of {} replays", subject.name, subject.latencies->replays),
                  {{.title = "requests that", .names_row = true},
                   {"number", true},
                   {"half take up to", true},
                   {"one in a hundred, more than", true},
                   {"the slowest", true},
                   {"takes", true},
                   {"of all time %", true}});
  const double total = latency_figures(view.trace, *subject.latencies, view.window).total;
  for (const Work work : kWorks) {
    const LatencyFigures figures = latency_figures(view.trace, *subject.latencies, view.window, work);
    if (figures.requests == 0) continue;
    table.add_row({Html::text(verb_of(work)), Html::text(grouped(figures.requests)), Html::text(time_text(figures.median)),
                   Html::text(time_text(figures.rare)), Html::text(request_text(figures.slowest_request)),
                   Html::text(time_text(figures.slowest)),
                   Html::text(total > 0 ? percent(figures.total / total) : "-")});
  }
  return table.empty() ? Html() : table.html();
}

// What the curves say, as numbers.
Html figures_over_time(const HeapView& view, const HeapSubject& subject) {
  HtmlTable table("The heap over the requests, " + subject.name + ": the most of each stretch, and the mean shares",
                  {{.title = "requests", .names_row = true},
                   {"payload", true},
                   {"heap", true},
                   {"blocks", true},
                   {"payload %", true},
                   {"inside blocks %", true},
                   {"holes %", true}});
  for (const SeriesColumn& column : series_of(*subject.history, view.window, kFigureRows)) {
    const auto share = [&](double bytes) { return Html::text(column.heap_bytes > 0 ? percent(bytes / column.heap_bytes) : "-"); };
    table.add_row({Html::text(requests_text(column.requests)), Html::text(size_text(column.most_payload_bytes)),
                   Html::text(size_text(column.most_heap_bytes)), Html::text(grouped(column.most_blocks)),
                   share(column.payload_bytes), share(column.internal_bytes), share(column.external_bytes)});
  }
  if (table.empty()) return {};
  return element("details", {{"class", "figures"}}, element("summary", "As numbers") + table.html() + holes_over_time(view, subject) + times_of_requests(view, subject));
}

Html data_of(const HeapView& view, const HeapSubject& subject) {
  const std::string columns = columns_of(*subject.history, common_axis(view));
  return element("script",
                 {{"type", "application/x-heapjudge-history"}, {"class", "history"}, {"data-subject", subject.name}},
                 Html::own(columns)) +
         Html::own("\n");
}

Html latencies_of(const HeapView& view, const HeapSubject& subject) {
  if (subject.latencies == nullptr) return {};
  const std::string words = summary_of(view, subject, HeapPicture::kLatency);
  return element("script",
                 {{"type", "application/x-heapjudge-latencies"},
                  {"class", "latencies"},
                  {"data-subject", subject.name},
                  {"data-words", words}},
                 Html::own(columns_of(view.trace, *subject.latencies))) +
         Html::own("\n");
}

Html pictures_and_data(const HtmlHeapPart& part) {
  Html still;
  Html data;
  for (std::size_t i = 0; i < part.view.subjects.size(); ++i) {
    const HeapSubject& subject = part.view.subjects[i];
    if (subject.history->requests() == 0) continue;
    for (const HeapPicture picture : pictures_of(part.view, subject)) still += still_picture(part, i, picture);
    still += figures_over_time(part.view, subject);
    if (part.has_data) data += data_of(part.view, subject) + latencies_of(part.view, subject);
  }
  if (still.empty()) return {};
  return element("div", {{"class", "still"}}, still) + Html::own("\n") + data;
}

Html legend_entry(std::string_view css_class, std::string_view words, bool is_line) {
  const std::string shape = is_line ? "<path d=\"M0 7H26\" class=\"{}\"/>" : "<rect width=\"26\" height=\"14\" class=\"{}\"/>";
  const std::string swatch = "<svg class=\"picture swatch\" viewBox=\"0 0 26 14\" aria-hidden=\"true\">" +
                             fmt::format(fmt::runtime(shape), css_class) + "</svg>";
  return element("li", Html::own(swatch) + Html::text(words)) + Html::own("\n");
}

}  // namespace

Html html_of(const HtmlHeapPart& part) {
  HtmlAttributes attributes{{"class", "trace"},
                            {"id", part.id},
                            {"data-name", part.name},
                            {"data-requests", std::to_string(part.view.trace.requests().size())},
                            {"data-first", std::to_string(part.view.window.first)},
                            {"data-last", std::to_string(part.view.window.last)},
                            {"data-at", std::to_string(part.view.at)}};
  if (part.open) attributes.emplace_back("open", "");
  const Html title = element("h3", {}, Html::text(part.mark + part.name));
  return element("details", attributes,
                 element("summary", title) + Html::own("\n") + part.facts + pictures_and_data(part)) +
         Html::own("\n");
}

Html heap_legend() {
  const Html entries = legend_entry("payload", "live payload", false) +
                       legend_entry("overhead", "inside blocks: headers, padding", false) +
                       legend_entry("hole", "holes", false) + legend_entry("unrequested", "not requested yet", false) +
                       legend_entry("heap-line", "size of the heap", true) +
                       legend_entry("packed-line", "its size if perfectly packed", true);
  return element("ul", {{"class", "legend"}, {"aria-label", "What the colours and lines mean"}}, entries) + Html::own("\n");
}

}  // namespace heapjudge
