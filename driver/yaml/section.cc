// Reads the keys of a mapping by type; the error texts are what a file's author sees.
#include "yaml/section.h"

#include <fmt/format.h>

#include <algorithm>

#include "trace/input_error.h"
#include "yaml/quantity.h"

namespace heapjudge {
namespace {

constexpr std::size_t kShownText = 40;

std::string quoted(std::string_view text) {
  if (text.size() <= kShownText) return "'" + std::string(text) + "'";
  std::size_t end = kShownText;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0u) == 0x80u) --end;  // within a character
  return "'" + std::string(text.substr(0, end)) + "...'";
}

void check_key(const std::string& file, const YamlNode& key, std::span<const std::string_view> known) {
  if (key.kind != YamlNode::Kind::kScalar) fail_at(file, key, "a key must be a word, not " + kind_of(key));
  if (std::find(known.begin(), known.end(), key.text) != known.end()) return;
  const auto nearest = nearest_of(key.text, known);
  fail_at(file, key,
          nearest ? fmt::format("unknown key {}; did you mean '{}'?", quoted(key.text), *nearest)
                  : fmt::format("unknown key {}; known here: {}", quoted(key.text), fmt::join(known, ", ")));
}

void check_once(const std::string& file, const YamlNode& mapping, std::size_t index) {
  const YamlNode& key = mapping.keys[index];
  for (std::size_t earlier = 0; earlier < index; ++earlier) {
    const YamlNode& other = mapping.keys[earlier];
    if (other.text == key.text) {
      fail_at(file, key, fmt::format("{} stands twice; first on line {}", quoted(key.text), other.line));
    }
  }
}

}  // namespace

void fail_at(const std::string& file, const YamlNode& at, const std::string& what) {
  throw InputError(fmt::format("{}:{}:{}: {}", file, at.line, at.column, on_one_line(what)));
}

std::string kind_of(const YamlNode& node) {
  switch (node.kind) {
    case YamlNode::Kind::kNull:
      return "nothing";
    case YamlNode::Kind::kScalar:
      return quoted(node.text);
    case YamlNode::Kind::kSequence:
      return "a list";
    case YamlNode::Kind::kMapping:
      return "a mapping";
  }
  return "";
}

Section::Section(const std::string& file, const YamlNode& node,
                 std::initializer_list<std::string_view> known_keys)
    : file_(file), node_(node) {
  if (node.kind == YamlNode::Kind::kNull) return;
  if (node.kind != YamlNode::Kind::kMapping)
    fail_at(file, node, "expected a mapping, found " + kind_of(node));
  const std::span<const std::string_view> known(known_keys.begin(), known_keys.size());
  for (std::size_t i = 0; i < node.keys.size(); ++i) {
    check_key(file, node.keys[i], known);  // first, so that check_once sees few keys
    check_once(file, node, i);
  }
}

const YamlNode* Section::find(std::string_view key) const {
  for (std::size_t i = 0; i < node_.keys.size(); ++i) {
    if (node_.keys[i].text == key) return &node_.values[i];
  }
  return nullptr;
}

const std::string& Section::scalar_text(std::string_view key, const YamlNode& node,
                                        std::string_view wanted) const {
  if (node.kind != YamlNode::Kind::kScalar) {
    fail_at(file_, node, fmt::format("'{}' must be {}, not {}", key, wanted, kind_of(node)));
  }
  return node.text;
}

void Section::check_range(std::string_view key, const YamlNode& node, double value,
                          const NumberRange& range) const {
  const bool low = range.least_is_meant ? value < range.least : value <= range.least;
  if (!low && value <= range.most) return;
  fail_at(file_, node,
          fmt::format("'{}' is {}, but must be {} {} and at most {}", key, node.text,
                      range.least_is_meant ? "at least" : "above", range.least, range.most));
}

void Section::read_text(std::string_view key, std::string& into) const {
  const YamlNode* node = find(key);
  if (node == nullptr) return;
  const std::string& text = scalar_text(key, *node, "a text");
  if (text.empty()) fail_at(file_, *node, fmt::format("'{}' is empty", key));
  into = text;
}

void Section::read_texts(std::string_view key, std::vector<std::string>& into) const {
  const YamlNode* node = find(key);
  if (node == nullptr) return;
  if (node->kind != YamlNode::Kind::kSequence) {
    fail_at(file_, *node, fmt::format("'{}' must be a list, not {}", key, kind_of(*node)));
  }
  into.clear();
  for (const YamlNode& item : node->values) {
    if (item.kind != YamlNode::Kind::kScalar || item.text.empty()) {
      fail_at(file_, item, fmt::format("'{}' must be a list of words, but holds {}", key, kind_of(item)));
    }
    into.push_back(item.text);
  }
}

void Section::read_bool(std::string_view key, bool& into) const {
  read_choice<bool>(key, into, {{"true", true}, {"false", false}, {"yes", true}, {"no", false}});
}

void Section::read_number(std::string_view key, double& into, const NumberRange& range) const {
  const YamlNode* node = find(key);
  if (node == nullptr) return;
  const auto value = parse_number(scalar_text(key, *node, "a number"));
  if (!value) fail_at(file_, *node, fmt::format("'{}' must be a number, not {}", key, kind_of(*node)));
  check_range(key, *node, *value, range);
  into = *value;
}

void Section::read_bytes(std::string_view key, std::uint64_t& into, const NumberRange& range) const {
  const YamlNode* node = find(key);
  if (node == nullptr) return;
  const auto bytes = parse_bytes(scalar_text(key, *node, "a size, such as 64 KiB"));
  if (const auto* problem = std::get_if<NotAQuantity>(&bytes)) {
    fail_at(file_, *node, fmt::format("'{}': {}", key, problem->why));
  }
  check_range(key, *node, static_cast<double>(std::get<std::uint64_t>(bytes)), range);
  into = std::get<std::uint64_t>(bytes);
}

void Section::read_seconds(std::string_view key, double& into, const NumberRange& range) const {
  const YamlNode* node = find(key);
  if (node == nullptr) return;
  into = quantity_in(key, *node, parse_seconds(scalar_text(key, *node, "a time, such as 2 s")), range);
}

void Section::read_share(std::string_view key, double& into, const NumberRange& range) const {
  const YamlNode* node = find(key);
  if (node == nullptr) return;
  into = quantity_in(key, *node, parse_share(scalar_text(key, *node, "a share, such as 2 %")), range);
}

double Section::quantity_in(std::string_view key, const YamlNode& node,
                            const std::variant<double, NotAQuantity>& quantity,
                            const NumberRange& range) const {
  if (const auto* problem = std::get_if<NotAQuantity>(&quantity)) {
    fail_at(file_, node, fmt::format("'{}': {}", key, problem->why));
  }
  check_range(key, node, std::get<double>(quantity), range);
  return std::get<double>(quantity);
}

void Section::fail_choice(std::string_view key, const YamlNode& node,
                          std::span<const std::string_view> words) const {
  fail_at(file_, node,
          fmt::format("'{}' is {}, but must be one of: {}", key, kind_of(node), fmt::join(words, ", ")));
}

}  // namespace heapjudge
