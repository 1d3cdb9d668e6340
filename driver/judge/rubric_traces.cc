// Reads the `traces` list: each entry a file name, or a mapping with its tier and weight.
#include "judge/rubric_traces.h"

#include <fmt/format.h>

#include <array>
#include <map>
#include <string>
#include <system_error>

#include "trace/input_error.h"

namespace heapjudge {
namespace {

std::string name_from(const std::filesystem::path& file) {
  const std::string name = file.filename().string();
  for (const std::string_view ending : std::array<std::string_view, 3>{".rep", ".rep.zst", ".rep.gz"}) {
    if (name.size() > ending.size() && name.ends_with(ending))
      return name.substr(0, name.size() - ending.size());
  }
  return name;
}

void check_file(const std::string& rubric, const YamlNode& at, const std::filesystem::path& file) {
  std::error_code error;
  const auto status = std::filesystem::status(file, error);
  if (!std::filesystem::exists(status)) fail_at(rubric, at, fmt::format("no such trace: {}", file.string()));
  if (std::filesystem::is_directory(status)) {
    fail_at(rubric, at, fmt::format("a folder, not a trace: {}", file.string()));
  }
}

TraceEntry read_mapping(const std::string& rubric, const YamlNode& node, std::string& file) {
  const Section section(rubric, node, {"file", "name", "tier", "weight", "counts", "hidden"});
  TraceEntry entry;
  section.read_text("file", file);
  if (file.empty()) fail_at(rubric, node, "a trace needs a 'file'");
  section.read_text("name", entry.name);
  read_tier(section, "tier", entry.tier);
  section.read_number("weight", entry.weight, {.least = 0, .most = 1e6, .least_is_meant = false});
  // Traces beyond P0 test corners: neither their heap nor their time says much about an allocator.
  entry.counts = entry.tier == Tier::kP0 ? Counts::kBoth : Counts::kNone;
  section.read_choice<Counts>("counts", entry.counts,
                              {{"both", Counts::kBoth},
                               {"utilization", Counts::kUtilization},
                               {"throughput", Counts::kThroughput},
                               {"none", Counts::kNone}});
  section.read_bool("hidden", entry.hidden);
  return entry;
}

TraceEntry read_entry(const std::string& rubric, const YamlNode& node, const std::filesystem::path& folder) {
  std::string file;
  TraceEntry entry;
  if (node.kind == YamlNode::Kind::kScalar) {
    file = node.text;
  } else {
    entry = read_mapping(rubric, node, file);
  }
  entry.file = folder / file;  // an absolute path replaces the folder
  check_file(rubric, node, entry.file);
  if (entry.name.empty()) entry.name = name_from(entry.file);
  return entry;
}

}  // namespace

void read_tier(const Section& section, std::string_view key, Tier& into) {
  section.read_choice<Tier>(key, into,
                            {{"P0", Tier::kP0}, {"P1", Tier::kP1}, {"P2", Tier::kP2}, {"P3", Tier::kP3}});
}

std::vector<TraceEntry> read_traces(const Section& top, const std::filesystem::path& folder) {
  const YamlNode* list = top.find("traces");
  if (list == nullptr) throw InputError(top.file() + ": a rubric needs 'traces'");
  if (list->kind != YamlNode::Kind::kSequence) {
    fail_at(top.file(), *list, "'traces' must be a list, not " + kind_of(*list));
  }
  if (list->values.empty()) fail_at(top.file(), *list, "'traces' is empty");
  std::vector<TraceEntry> entries;
  std::map<std::string, std::size_t> lines;
  for (const YamlNode& node : list->values) {
    TraceEntry entry = read_entry(top.file(), node, folder);
    const auto [first, is_new] = lines.emplace(entry.name, node.line);
    if (!is_new) {
      fail_at(top.file(), node,
              fmt::format("two traces are called '{}'; the first is on line {}", entry.name, first->second));
    }
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace heapjudge
