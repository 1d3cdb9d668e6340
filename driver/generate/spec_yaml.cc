// Specs of generated traces as YAML files.
#include "generate/spec_yaml.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <system_error>

#include "generate/spec_phases.h"
#include "generate/spec_values.h"
#include "trace/input_error.h"
#include "yaml/section.h"

namespace heapjudge {
namespace {

// The value below `node` that `step` names; one that is not there yet is made where `node` is a mapping.
YamlNode& step_into(const std::string& change, YamlNode& node, std::string_view step) {
  if (node.kind == YamlNode::Kind::kSequence) {
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(step.data(), step.data() + step.size(), index);
    const bool whole = error == std::errc() && end == step.data() + step.size();
    if (whole && index < node.values.size()) return node.values[index];
    throw InputError(
        fmt::format("--set {}: '{}' is none of the {} entries of the list on line {}, counted from 0", change,
                    step, node.values.size(), node.line));
  }
  if (node.kind == YamlNode::Kind::kScalar) {
    throw InputError(fmt::format("--set {}: there is nothing below '{}'", change, node.text));
  }
  for (std::size_t i = 0; i < node.keys.size(); ++i) {
    if (node.keys[i].text == step) return node.values[i];
  }
  YamlNode key = node;
  key.kind = YamlNode::Kind::kScalar;
  key.text = step;
  key.keys.clear();
  key.values.clear();
  YamlNode value = key;
  value.kind = YamlNode::Kind::kNull;
  node.kind = YamlNode::Kind::kMapping;
  node.keys.push_back(key);
  node.values.push_back(value);
  return node.values.back();
}

// Errors name the place in the file that the new value took.
void place_at(YamlNode& node, std::size_t line, std::size_t column) {
  node.line = line;
  node.column = column;
  for (YamlNode& key : node.keys) place_at(key, line, column);
  for (YamlNode& value : node.values) place_at(value, line, column);
}

void apply(const std::string& change, YamlNode& root) {
  const std::size_t equals = change.find('=');
  if (equals == 0 || equals == std::string::npos) {
    throw InputError("--set: expected KEY=VALUE, got '" + on_one_line(change) + "'");
  }
  YamlNode* node = &root;
  std::string_view path = std::string_view(change).substr(0, equals);
  while (!path.empty()) {
    const std::size_t dot = std::min(path.find('.'), path.size());
    node = &step_into(change, *node, path.substr(0, dot));
    path.remove_prefix(std::min(dot + 1, path.size()));
  }
  YamlNode value = parse_yaml("--set " + change, std::string_view(change).substr(equals + 1), "value");
  place_at(value, node->line, node->column);
  *node = std::move(value);
}

void read_end(const Section& top, std::optional<FreeOrder>& end) {
  top.read_choice<std::optional<FreeOrder>>("end", end,
                                            {{"oldest", FreeOrder::kOldest},
                                             {"newest", FreeOrder::kNewest},
                                             {"random", FreeOrder::kRandom},
                                             {"keep", std::nullopt}});
}

void check_name(const Section& top, const std::string& name) {
  const auto is_plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  };
  if (std::ranges::all_of(name, is_plain) && !name.starts_with('.')) return;
  const YamlNode* node = top.find("name");
  const std::string what = "a name has letters, digits, '-', '_' and '.' only";
  if (node == nullptr) throw InputError(top.file() + ": " + what);
  fail_at(top.file(), *node, what);
}

}  // namespace

Spec parse_spec(const std::filesystem::path& file, std::string_view yaml,
                std::span<const std::string> changes) {
  const std::string name = file.string();
  YamlNode root = parse_yaml(name, yaml, "spec");
  for (const std::string& change : changes) apply(change, root);
  const Section top(name, root, {"heapjudge", "name", "about", "tier", "hidden", "seed", "end", "phases"});
  double version = 1;
  top.read_number("heapjudge", version, {.least = 1, .most = 1});
  Spec spec;
  spec.name = file.stem().string();
  top.read_text("name", spec.name);
  check_name(top, spec.name);
  std::string about;
  top.read_text("about", about);
  top.read_choice<std::string>("tier", spec.tier, {{"P0", "P0"}, {"P1", "P1"}, {"P2", "P2"}, {"P3", "P3"}});
  top.read_bool("hidden", spec.hidden);
  read_seed(top, "seed", spec.seed);
  read_end(top, spec.end);
  const YamlNode* phases = top.find("phases");
  if (phases == nullptr) throw InputError(name + ": a spec needs 'phases'");
  spec.phases = read_phases(name, *phases);
  return spec;
}

Spec load_spec(const std::filesystem::path& file, std::span<const std::string> changes) {
  std::error_code error;
  const std::string name = file.string();
  const auto status = std::filesystem::status(file, error);
  if (!std::filesystem::exists(status)) throw InputError(name + ": no such spec");
  if (std::filesystem::is_directory(status)) throw InputError(name + ": a folder, not a spec");
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw InputError(name + ": the spec cannot be read");
  std::string bytes(kMaxYamlBytes + 1, '\0');  // one more than allowed, so that parse_yaml sees the excess
  stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(stream.gcount()));
  return parse_spec(file, bytes, changes);
}

}  // namespace heapjudge
