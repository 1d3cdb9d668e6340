// Allocators and bugs from their files.
#include "fuzz/zoo/zoo.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include "trace/input_error.h"
#include "yaml/section.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

std::string contents_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw InputError(file.string() + ": cannot be read");
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::size_t occurrences(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++count;
  return count;
}

std::string required_text(const Section& section, const YamlNode& node, std::string_view key) {
  if (section.find(key) == nullptr) fail_at(section.file(), node, fmt::format("a bug needs '{}'", key));
  std::string text;
  section.read_text(key, text);
  return text;
}

// What takes the place of the replaced text may be nothing.
std::string replacement(const Section& section, const YamlNode& node) {
  const YamlNode* with = section.find("with");
  if (with == nullptr) fail_at(section.file(), node, "a bug needs 'with'");
  if (with->kind != YamlNode::Kind::kScalar && with->kind != YamlNode::Kind::kNull) {
    fail_at(section.file(), *with, "expected a text, found " + kind_of(*with));
  }
  return with->text;
}

void read_conviction(const Section& section, const YamlNode& node, Bug& bug) {
  const YamlNode* convicts = section.find("convicts");
  if ((convicts == nullptr) == (section.find("heap") == nullptr)) {
    fail_at(section.file(), node, "a bug needs either 'convicts' or 'heap'");
  }
  if (convicts == nullptr) {
    section.read_number("heap", bug.heap_times.emplace(), {.least = 1.1, .most = 1000});
    return;
  }
  const auto faults = all_faults();
  const auto fault = std::ranges::find(faults, convicts->text, code_of);
  if (fault == faults.end()) fail_at(section.file(), *convicts, "expected the code of a rule, such as E103");
  bug.convicts = *fault;
}

Bug read_bug(const ZooAllocator& allocator, const std::string& file, const YamlNode& node) {
  const Section section(file, node,
                        {"name", "tier", "breaks", "replace", "with", "convicts", "heap", "witness"});
  const std::string name = required_text(section, node, "name");
  std::string tier = "P0";
  section.read_choice<std::string>("tier", tier, {{"P0", "P0"}, {"P1", "P1"}, {"P2", "P2"}, {"P3", "P3"}});
  Bug bug{.allocator = allocator.name,
          .name = name,
          .tier = tier,
          .breaks = required_text(section, node, "breaks"),
          .replace = required_text(section, node, "replace"),
          .with = replacement(section, node),
          .convicts = {},
          .heap_times = {},
          .witness = parse_witness(allocator.name + "-" + name, required_text(section, node, "witness"))};
  read_conviction(section, node, bug);
  const std::size_t found = occurrences(allocator.source, bug.replace);
  if (found != 1)
    fail_at(file, *section.find("replace"), fmt::format("stands in the source {} times, not once", found));
  return bug;
}

void read_bugs(const fs::path& file, ZooAllocator& allocator) {
  const std::string name = file.string();
  const YamlNode root = parse_yaml(name, contents_of(file), "zoo");
  const Section top(name, root, {"bugs"});
  const YamlNode* bugs = top.find("bugs");
  if (bugs == nullptr || bugs->kind != YamlNode::Kind::kSequence)
    fail_at(name, root, "expected a list of 'bugs'");
  std::set<std::string> names;
  for (const YamlNode& node : bugs->values) {
    allocator.bugs.push_back(read_bug(allocator, name, node));
    if (!names.insert(allocator.bugs.back().name).second) fail_at(name, node, "this name is there already");
  }
}

}  // namespace

std::vector<ZooAllocator> load_zoo(const fs::path& folder) {
  if (!fs::is_directory(folder)) throw InputError(folder.string() + ": is no folder");
  std::vector<ZooAllocator> zoo;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".c") continue;
    zoo.push_back({.name = entry.path().stem().string(),
                   .file = entry.path(),
                   .source = contents_of(entry.path()),
                   .bugs = {}});
  }
  std::ranges::sort(zoo, {}, &ZooAllocator::name);
  for (ZooAllocator& allocator : zoo)
    read_bugs(fs::path(allocator.file).replace_extension(".yaml"), allocator);
  return zoo;
}

std::string mutant_of(const ZooAllocator& allocator, const Bug& bug) {
  std::string source = allocator.source;
  return source.replace(source.find(bug.replace), bug.replace.size(), bug.with);
}

}  // namespace heapjudge
