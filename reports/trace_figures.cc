// Figures of a trace as a page of text.
#include "reports/trace_figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "reports/numbers.h"
#include "reports/request_text.h"

namespace heapjudge {
namespace {

constexpr std::array<std::string_view, 8> kBlocks{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
constexpr std::array<std::string_view, 8> kAscii{".", ":", "-", "=", "+", "*", "%", "#"};
constexpr std::size_t kMargin = 12;
constexpr std::size_t kBarCells = 24;
constexpr std::size_t kTimeRows = 8;

// "  peak      " in front of the first line, blanks in front of the others.
std::string labelled(std::string_view label, const std::string& text) {
  return fmt::format("  {:<{}}{}\n", label, kMargin - 2, text);
}

std::string_view cell(double share, bool unicode) {
  const auto level = static_cast<std::size_t>(std::clamp(share, 0.0, 1.0) * 7 + 0.5);
  return unicode ? kBlocks[level] : kAscii[level];
}

std::string requests_text(const TraceAnalysis& analysis) {
  constexpr std::array<std::string_view, 7> kNames{"malloc",   "free",    "realloc", "calloc",
                                                   "memalign", "mm_init", "refusal"};
  std::string text;
  for (std::size_t op = 0; op < kNames.size(); ++op) {
    if (analysis.by_op[op] == 0) continue;
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", grouped(analysis.by_op[op]), kNames[op]);
  }
  return text.empty() ? "none" : text;
}

// The largest of each column's samples, so that no peak is lost.
std::string live_line(const TraceAnalysis& analysis, const TextStyle& style) {
  const std::size_t cells = style.columns > 2 * kMargin ? style.columns - kMargin - 1 : kMargin;
  const auto most = static_cast<double>(std::max<std::uint64_t>(analysis.peak.bytes, 1));
  const std::size_t count = std::min(cells, analysis.samples.size());
  std::string text;
  for (std::size_t i = 0, next = 0; i < count; ++i) {
    std::uint64_t bytes = 0;
    for (const std::size_t end = (i + 1) * analysis.samples.size() / count; next < end; ++next) {
      bytes = std::max(bytes, analysis.samples[next].bytes);
    }
    text += cell(static_cast<double>(bytes) / most, style.unicode);
  }
  return text;
}

std::string live_table(const TraceAnalysis& analysis) {
  std::string text =
      labelled("", fmt::format("{:>12} {:>16} {:>12}", "request", "live bytes", "live blocks"));
  const std::size_t rows = std::min(kTimeRows, analysis.samples.size());
  for (std::size_t row = 1; row <= rows; ++row) {
    const LiveSample& sample = analysis.samples[row * analysis.samples.size() / rows - 1];
    text += labelled("", fmt::format("{:>12} {:>16} {:>12}", grouped(sample.request), grouped(sample.bytes),
                                     grouped(sample.blocks)));
  }
  return text;
}

// "64 .. 127"; the last buckets of sizes in units.
std::string bucket_text(std::size_t digits) {
  if (digits <= 1) return std::to_string(digits);
  const std::uint64_t first = std::uint64_t{1} << (digits - 1);
  if (digits <= 10) return fmt::format("{} .. {}", first, 2 * first - 1);
  constexpr std::array<std::string_view, 6> kUnits{"Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};
  const std::size_t unit = (digits - 1) / 10;
  return fmt::format("{} {}", first >> (10 * unit), kUnits[unit - 1]) + " and up";
}

std::string histogram_text(std::string_view label, const Histogram& histogram, bool unicode) {
  const std::uint64_t most = std::ranges::max(histogram);
  std::uint64_t all = 0;
  for (const std::uint64_t count : histogram) all += count;
  std::string text;
  for (std::size_t digits = 0; digits < histogram.size(); ++digits) {
    const std::uint64_t count = histogram[digits];
    if (count == 0) continue;
    const std::size_t cells = std::max<std::size_t>(1, count * kBarCells / most);
    std::string bar;
    for (std::size_t i = 0; i < cells; ++i) bar += unicode ? "█" : "#";
    const double share = static_cast<double>(count) / static_cast<double>(all);
    text += labelled(text.empty() ? label : "", fmt::format("{:>14} {:>10} {:>5}%  {}", bucket_text(digits),
                                                            grouped(count), percent(share), bar));
  }
  return text.empty() ? labelled(label, "none") : text;
}

std::string resizes_text(const ResizeFigures& figures) {
  const std::uint64_t all = figures.growing + figures.shrinking + figures.same + figures.of_null;
  if (all + figures.to_zero == 0) return labelled("realloc", "none");
  return labelled("realloc",
                  fmt::format("{} growing, {} shrinking, {} to the same size, {} of NULL, {} to 0",
                              grouped(figures.growing), grouped(figures.shrinking), grouped(figures.same),
                              grouped(figures.of_null), grouped(figures.to_zero))) +
         labelled("", fmt::format("{} of one block at most; {} to copy if every growing one moved",
                                  grouped(figures.most_of_one), size_text(figures.copied_bytes)));
}

std::string bounds_text(const TraceAnalysis& analysis) {
  std::string text =
      labelled("at best", "of the heap is payload (in %), when a block costs its header and is rounded up:");
  std::string heads;
  for (const std::uint32_t header : kBoundHeaders) heads += fmt::format("{:>8}", header);
  text += labelled("", fmt::format("{:<16}{} bytes of header", "", heads));
  for (std::size_t row = 0; row < kBoundAlignments.size(); ++row) {
    std::string cells;
    for (std::size_t column = 0; column < kBoundHeaders.size(); ++column) {
      cells +=
          fmt::format("{:>8}", percent(analysis.bounds[row * kBoundHeaders.size() + column].utilization));
    }
    text += labelled("", fmt::format("aligned to {:<5}{}", kBoundAlignments[row], cells));
  }
  return text;
}

std::string packing_text(const TraceFigures& figures) {
  const Packing& packing = figures.packing;
  if (packing.heap_bytes == 0) return labelled("packed", "nothing is ever live");
  const auto peak = static_cast<double>(figures.analysis.peak.bytes);
  return labelled(
             "packed",
             fmt::format("a heap of {} does, which is {} % payload, for who knows the future and needs no "
                         "headers",
                         size_text(packing.heap_bytes),
                         percent(peak / static_cast<double>(packing.heap_bytes)))) +
         labelled("",
                  fmt::format("({}{}); below {} ({} %) nobody gets",
                              packing.method == PackingMethod::kFirstFit ? "first fit in the trace's order"
                                                                         : "placed offline",
                              packing.all_methods ? "" : ", the only method for so many blocks",
                              size_text(packing.least_bytes),
                              percent(peak / static_cast<double>(packing.least_bytes))));
}

}  // namespace

std::string text_of(const Trace& trace, const TraceFigures& figures, const TextStyle& style) {
  const TraceAnalysis& analysis = figures.analysis;
  const bool classic = trace.header().dialect == Dialect::kClassic;
  std::string text = fmt::format("{}  {} requests, {} ids, {} header, weight {}\n", trace.name(),
                                 grouped(trace.requests().size()), grouped(trace.block_count()),
                                 classic ? "classic" : "weighted", trace.header().weight);
  text += labelled("requests", requests_text(analysis));
  if (analysis.beyond_limit > 0) {
    text += labelled("", fmt::format("{} for more than {}: taken to be refused",
                                     grouped(analysis.beyond_limit), size_text(figures.heap_limit_bytes)));
  }
  text += labelled("blocks", fmt::format("{}, of which {} never freed; {} live at once at most",
                                         grouped(analysis.allocations), grouped(analysis.never_freed),
                                         grouped(analysis.most_blocks)));
  text += labelled("peak", fmt::format("{} of payload after request {}", bytes_text(analysis.peak.bytes),
                                       grouped(analysis.peak.request)));
  text += labelled("live", live_line(analysis, style)) + live_table(analysis);
  text += histogram_text("sizes", analysis.sizes, style.unicode);
  text += histogram_text("lifetimes", analysis.lifetimes, style.unicode);
  return text + resizes_text(analysis.resizes) + bounds_text(analysis) + packing_text(figures);
}

std::string text_of(const std::vector<CheckedTrace>& checked) {
  std::string text;
  for (const CheckedTrace& trace : checked) {
    for (const std::string& fault : trace.faults) text += fault + "\n";
    for (const std::string& remark : trace.remarks) text += trace.file + ": warning: " + remark + "\n";
    if (trace.faults.empty() && trace.remarks.empty()) text += trace.file + ": fine\n";
  }
  return text;
}

std::string text_of(const ComparedTraces& compared) {
  if (!compared.difference) return "the same requests\n";
  const std::size_t request = compared.difference->request;
  const auto side = [request](const std::string& name, const Trace& trace) {
    if (request > trace.requests().size()) return fmt::format("  {}: ends here\n", name);
    return fmt::format("  {}:{}: {}\n", name, trace.line_of(request - 1),
                       trace_line_of(trace.requests()[request - 1]));
  };
  return fmt::format(
             "request {} is the first to differ{}\n", grouped(request),
             compared.difference->kind == DifferenceKind::kBlock ? ": it is about another block" : "") +
         side(compared.left_name, compared.left) + side(compared.right_name, compared.right);
}

}  // namespace heapjudge
