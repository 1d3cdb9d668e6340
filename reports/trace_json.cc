// The same as JSON. Sizes beyond 2^53 are written in full; readers that know doubles only round them.
#include <nlohmann/json.hpp>

#include "reports/request_text.h"
#include "reports/trace_figures.h"

namespace heapjudge {
namespace {

using Json = nlohmann::ordered_json;

std::string text(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json histogram_json(const Histogram& histogram) {
  Json buckets = Json::array();
  for (std::size_t digits = 0; digits < histogram.size(); ++digits) {
    if (histogram[digits] == 0) continue;
    buckets.push_back(
        {{"least", digits == 0 ? 0 : std::uint64_t{1} << (digits - 1)}, {"count", histogram[digits]}});
  }
  return buckets;
}

std::string_view name_of(PackingMethod method) {
  switch (method) {
    case PackingMethod::kFirstFit:
      return "first fit";
    case PackingMethod::kLargestFirst:
      return "largest first";
    case PackingMethod::kLargestOctaves:
      return "largest octaves first";
    case PackingMethod::kLongestFirst:
      return "largest area first";
  }
  return "";
}

Json live_json(const TraceAnalysis& analysis) {
  Json samples = Json::array();
  for (const LiveSample& sample : analysis.samples) {
    samples.push_back({{"request", sample.request}, {"bytes", sample.bytes}, {"blocks", sample.blocks}});
  }
  return samples;
}

Json resizes_json(const ResizeFigures& figures) {
  return {{"growing", figures.growing},          {"shrinking", figures.shrinking},
          {"same_size", figures.same},           {"of_null", figures.of_null},
          {"to_zero", figures.to_zero},          {"most_of_one_block", figures.most_of_one},
          {"copied_bytes", figures.copied_bytes}};
}

Json bounds_json(const TraceAnalysis& analysis) {
  Json bounds = Json::array();
  for (const RoundingBound& bound : analysis.bounds) {
    bounds.push_back({{"header_bytes", bound.header_bytes},
                      {"alignment", bound.alignment},
                      {"utilization", bound.utilization}});
  }
  return bounds;
}

Json packing_json(const TraceFigures& figures) {
  const Packing& packing = figures.packing;
  const auto peak = static_cast<double>(figures.analysis.peak.bytes);
  const Json none(nullptr);
  return {
      {"heap_bytes", packing.heap_bytes},
      {"utilization", packing.heap_bytes == 0 ? none : Json(peak / static_cast<double>(packing.heap_bytes))},
      {"least_heap_bytes", packing.least_bytes},
      {"utilization_bound",
       packing.least_bytes == 0 ? none : Json(peak / static_cast<double>(packing.least_bytes))},
      {"method", name_of(packing.method)},
      {"all_methods", packing.all_methods}};
}

Json side_json(const std::string& name, const Trace& trace, std::size_t request) {
  Json side{{"file", name}, {"line", nullptr}, {"request", nullptr}};
  if (request > trace.requests().size()) return side;
  side["line"] = trace.line_of(request - 1);
  side["request"] = trace_line_of(trace.requests()[request - 1]);
  return side;
}

}  // namespace

std::string json_of(const Trace& trace, const TraceFigures& figures) {
  const TraceAnalysis& analysis = figures.analysis;
  Json by_letter;
  constexpr std::array<const char*, 7> kLetters{"a", "f", "r", "c", "m", "i", "s"};
  for (std::size_t op = 0; op < kLetters.size(); ++op) by_letter[kLetters[op]] = analysis.by_op[op];
  return text({{"schema", "heapjudge-trace-info/1"},
               {"name", trace.name()},
               {"dialect", trace.header().dialect == Dialect::kClassic ? "classic" : "weighted"},
               {"weight", trace.header().weight},
               {"ids", trace.block_count()},
               {"requests", trace.requests().size()},
               {"requests_by_letter", by_letter},
               {"heap_limit_bytes", figures.heap_limit_bytes},
               {"beyond_limit", analysis.beyond_limit},
               {"blocks", analysis.allocations},
               {"never_freed", analysis.never_freed},
               {"most_live_blocks", analysis.most_blocks},
               {"peak", {{"bytes", analysis.peak.bytes}, {"request", analysis.peak.request}}},
               {"requested_bytes", analysis.requested_bytes},
               {"largest_bytes", analysis.largest_bytes},
               {"live", live_json(analysis)},
               {"sizes", histogram_json(analysis.sizes)},
               {"lifetimes", histogram_json(analysis.lifetimes)},
               {"realloc", resizes_json(analysis.resizes)},
               {"rounding_bounds", bounds_json(analysis)},
               {"packing", packing_json(figures)}});
}

std::string json_of(const std::vector<CheckedTrace>& checked) {
  Json traces = Json::array();
  for (const CheckedTrace& trace : checked) {
    traces.push_back({{"file", trace.file}, {"errors", trace.faults}, {"warnings", trace.remarks}});
  }
  return text({{"schema", "heapjudge-trace-check/1"}, {"traces", traces}});
}

std::string json_of(const ComparedTraces& compared) {
  Json json{{"schema", "heapjudge-trace-diff/1"}, {"same", !compared.difference.has_value()}};
  if (compared.difference) {
    const std::size_t request = compared.difference->request;
    json["request"] = request;
    json["another_block"] = compared.difference->kind == DifferenceKind::kBlock;
    json["left"] = side_json(compared.left_name, compared.left, request);
    json["right"] = side_json(compared.right_name, compared.right, request);
  }
  return text(json);
}

}  // namespace heapjudge
