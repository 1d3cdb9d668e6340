// The door to yaml-cpp: its events become a YamlNode, aliases are never followed.
#include "yaml/tree.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>
#include <utility>

#include "check.h"
#include "trace/input_error.h"

namespace heapjudge {
namespace {

std::size_t from_one(int zero_based) {
  return zero_based < 0 ? 1 : static_cast<std::size_t>(zero_based) + 1;
}

[[noreturn]] void fail(std::string_view name, const YAML::Mark& mark, const std::string& what) {
  throw InputError(std::string(name) + ":" + std::to_string(from_one(mark.line)) + ":" +
                   std::to_string(from_one(mark.column)) + ": " + on_one_line(what));
}

class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(std::string_view name, std::string_view kind) : name_(name), kind_(kind) {}

  YamlNode take_root() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override {
    attach(node_at(mark, YamlNode::Kind::kNull));
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    fail(name_, mark, fmt::format("a {} has no aliases; write the value out", kind_));
  }

  void OnScalar(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                const std::string& value) override {
    YamlNode node = node_at(mark, YamlNode::Kind::kScalar);
    node.text = value;
    attach(std::move(node));
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    open(mark, YamlNode::Kind::kSequence);
  }
  void OnSequenceEnd() override { close(); }

  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {
    open(mark, YamlNode::Kind::kMapping);
  }
  void OnMapEnd() override { close(); }

 private:
  static YamlNode node_at(const YAML::Mark& mark, YamlNode::Kind kind) {
    YamlNode node;
    node.kind = kind;
    node.line = from_one(mark.line);
    node.column = from_one(mark.column);
    return node;
  }

  void open(const YAML::Mark& mark, YamlNode::Kind kind) {
    if (open_.size() == kMaxYamlDepth) fail(name_, mark, "nested too deeply");
    open_.push_back(node_at(mark, kind));
  }

  void close() {
    ensure(!open_.empty(), "the YAML library closes what it never opened");
    YamlNode node = std::move(open_.back());
    open_.pop_back();
    attach(std::move(node));
  }

  void attach(YamlNode node) {
    if (open_.empty()) {
      root_ = std::move(node);
      return;
    }
    YamlNode& parent = open_.back();
    const bool is_key = parent.kind == YamlNode::Kind::kMapping && parent.keys.size() == parent.values.size();
    (is_key ? parent.keys : parent.values).push_back(std::move(node));
  }

  std::string_view name_;
  std::string_view kind_;
  std::vector<YamlNode> open_;
  YamlNode root_;
};

bool is_binary(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\n' && c != '\r' && c != '\t') || byte == 0x7f;
}

// The scanner of yaml-cpp keeps every open bracket and re-reads lines of text in quadratic time, so what is
// plainly none of ours is turned away before it gets there.
void check_bytes(std::string_view name, std::string_view bytes, std::string_view kind) {
  if (bytes.find_first_not_of(" \t\r\n") == std::string_view::npos)
    throw InputError(fmt::format("{}: the {} is empty", name, kind));
  if (bytes.size() > kMaxYamlBytes) {
    throw InputError(fmt::format("{}: larger than {} KiB, so not a {}", name, kMaxYamlBytes >> 10, kind));
  }
  if (std::any_of(bytes.begin(), bytes.end(), is_binary))
    throw InputError(fmt::format("{}: binary, so not a {}", name, kind));
}

void parse_into(TreeBuilder& builder, std::string_view name, std::string_view bytes, std::string_view kind) {
  std::istringstream stream{std::string(bytes)};
  YAML::Parser parser(stream);
  if (!parser.HandleNextDocument(builder)) throw InputError(fmt::format("{}: the {} is empty", name, kind));
  TreeBuilder rest(name, kind);
  if (parser.HandleNextDocument(rest)) throw InputError(std::string(name) + ": more than one YAML document");
}

}  // namespace

std::string on_one_line(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    line += byte < 0x20 || byte == 0x7f ? fmt::format("\\x{:02x}", byte) : std::string(1, c);
  }
  return line;
}

YamlNode parse_yaml(std::string_view name, std::string_view bytes, std::string_view kind) {
  check_bytes(name, bytes, kind);
  TreeBuilder builder(name, kind);
  try {
    parse_into(builder, name, bytes, kind);
  } catch (const YAML::Exception& error) {
    fail(name, error.mark, "not YAML: " + error.msg);
  }
  return builder.take_root();
}

}  // namespace heapjudge
