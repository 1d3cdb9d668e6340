// Allocators side by side as JSON, CSV and Markdown.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "reports/bench.h"
#include "reports/csv_text.h"
#include "reports/markdown_text.h"
#include "reports/numbers.h"

namespace heapjudge {
namespace {

using Json = nlohmann::ordered_json;

Json number_or_null(const std::optional<double>& number) { return number ? Json(*number) : Json(nullptr); }

Json cell_json(const std::string& trace, const BenchCell& cell) {
  Json json{{"trace", trace}, {"utilization", number_or_null(cell.utilization)}, {"speed", nullptr}};
  if (cell.speed) {
    json["speed"] = {{"ratio", cell.speed->speed},     {"low", cell.speed->speed_low},
                     {"high", cell.speed->speed_high}, {"pairs", cell.speed->pairs},
                     {"steady", cell.speed->steady},   {"seconds", cell.speed->subject_cost},
                     {"reference_seconds", cell.speed->reference_cost}};
  }
  json["failure"] = cell.failure.empty() ? Json(nullptr) : Json(cell.failure);
  return json;
}

Json entry_json(const BenchSheet& sheet, const BenchEntry& entry) {
  Json cells = Json::array();
  for (std::size_t i = 0; i < entry.cells.size(); ++i) cells.push_back(cell_json(sheet.traces[i], entry.cells[i]));
  return {{"name", entry.name},
          {"failure", entry.failure.empty() ? Json(nullptr) : Json(entry.failure)},
          {"passed", entry.passed},
          {"utilization", number_or_null(entry.utilization)},
          {"speed", number_or_null(entry.speed)},
          {"on_frontier", entry.on_frontier},
          {"traces", std::move(cells)}};
}

std::string number_text(const std::optional<double>& number) { return number ? fmt::format("{:.6g}", *number) : ""; }

std::string csv_line(const BenchSheet& sheet, const BenchEntry& entry, std::size_t i) {
  const BenchCell& cell = entry.cells[i];
  const auto of_speed = [&](double Measurement::*member) {
    return cell.speed ? number_text(*cell.speed.*member) : "";
  };
  return fmt::format("{},{},{},{},{},{},{},{},{}\r\n", csv_field(entry.name), csv_field(sheet.traces[i]),
                     sheet.requests[i], number_text(cell.utilization), of_speed(&Measurement::speed),
                     of_speed(&Measurement::speed_low), of_speed(&Measurement::speed_high),
                     cell.speed ? std::to_string(cell.speed->pairs) : "", csv_field(cell.failure));
}

std::string both(const std::optional<double>& utilization, const std::optional<double>& speed) {
  return (utilization ? percent(*utilization) + " %" : "-") + ", " + (speed ? speed_text(*speed) : "-");
}

}  // namespace

std::string json_of(const BenchSheet& sheet) {
  Json json{{"schema", "heapjudge-bench/1"}, {"reference", sheet.reference}, {"traces", Json::array()}};
  for (std::size_t i = 0; i < sheet.traces.size(); ++i) {
    json["traces"].push_back({{"name", sheet.traces[i]}, {"requests", sheet.requests[i]}});
  }
  json["allocators"] = Json::array();
  for (const BenchEntry& entry : sheet.entries) json["allocators"].push_back(entry_json(sheet, entry));
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string csv_of(const BenchSheet& sheet) {
  std::string text = "allocator,trace,requests,utilization,speed,speed_low,speed_high,pairs,failure\r\n";
  for (const BenchEntry& entry : sheet.entries) {
    for (std::size_t i = 0; i < entry.cells.size(); ++i) text += csv_line(sheet, entry, i);
  }
  return text;
}

std::string markdown_of(const BenchSheet& sheet) {
  std::vector<const BenchEntry*> entries;
  for (const BenchEntry& entry : sheet.entries) {
    if (!entry.cells.empty()) entries.push_back(&entry);
  }
  const auto row_of = [&](const std::string& head, auto cell) {
    std::vector<std::string> cells{head};
    for (const BenchEntry* entry : entries) cells.push_back(cell(*entry));
    return markdown_row(cells);
  };
  std::string text = row_of("trace", [](const BenchEntry& entry) { return markdown_text(entry.name); });
  text += row_of("---", [](const BenchEntry&) { return std::string("---:"); });
  for (std::size_t i = 0; i < sheet.traces.size(); ++i) {
    text += row_of(markdown_text(sheet.traces[i]), [i](const BenchEntry& entry) {
      const BenchCell& cell = entry.cells[i];
      return cell.failure.empty() ? both(cell.utilization, cell.speed ? std::optional(cell.speed->speed) : std::nullopt)
                                  : markdown_text(cell.failure);
    });
  }
  text += row_of("**mean**", [](const BenchEntry& entry) { return both(entry.utilization, entry.speed); });
  text += "\nUtilization, and speed beside " + markdown_text(sheet.reference) + ".\n";
  const std::string picture = picture_of(sheet, {.unicode = true});
  return picture.empty() ? text : text + "\n" + markdown_block(picture);
}

}  // namespace heapjudge
