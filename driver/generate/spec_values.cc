// The values that stand in specs.
#include "generate/spec_values.h"

#include <fmt/format.h>

#include <charconv>
#include <system_error>
#include <utility>

#include "yaml/quantity.h"

namespace heapjudge {
namespace {

constexpr double kMostBytes = 0x1p53;
constexpr double kMostWeight = 1e6;
constexpr double kSteepest = 8;
constexpr double kMostDoublings = 16;

std::uint64_t bytes_of(const std::string& file, const YamlNode& node) {
  if (node.kind != YamlNode::Kind::kScalar) fail_at(file, node, "expected a size, found " + kind_of(node));
  const auto bytes = parse_bytes(node.text);
  if (const auto* problem = std::get_if<NotAQuantity>(&bytes)) fail_at(file, node, problem->why);
  return std::get<std::uint64_t>(bytes);
}

struct ByteRange {
  std::uint64_t least = 0;
  std::uint64_t most = 0;
};

// [16, 64], or one size for both.
ByteRange range_of(const std::string& file, const YamlNode& node) {
  if (node.kind == YamlNode::Kind::kScalar) {
    const std::uint64_t only = bytes_of(file, node);
    return {only, only};
  }
  if (node.kind != YamlNode::Kind::kSequence || node.values.size() != 2) {
    fail_at(file, node, "expected a size or a range such as [16, 64], found " + kind_of(node));
  }
  const ByteRange range{bytes_of(file, node.values[0]), bytes_of(file, node.values[1])};
  if (range.least > range.most) fail_at(file, node, "the range ends before it starts");
  return range;
}

Distribution distribution_of(const std::string& file, const YamlNode& node);

void require_nonzero(const std::string& file, const YamlNode& node, std::uint64_t first) {
  if (first == 0) fail_at(file, node, "this distribution has no size 0: 'range' must start at 1 or above");
}

Distribution::Shape power_law(const std::string& file, const YamlNode& node) {
  const Section section(file, node, {"range", "exponent"});
  PowerLaw law{.first = 16, .last = 4096};
  read_byte_range(section, "range", law.first, law.last);
  section.read_number("exponent", law.exponent, {.least = 0, .most = kSteepest});
  require_nonzero(file, node, law.first);
  return law;
}

Distribution::Shape log_normal(const std::string& file, const YamlNode& node) {
  const Section section(file, node, {"median", "doublings", "range"});
  LogNormal law{.median = 64, .doublings = 1, .first = 1, .last = 65536};
  section.read_bytes("median", law.median, {.least = 1, .most = kMostBytes});
  section.read_number("doublings", law.doublings, {.least = 0, .most = kMostDoublings});
  read_byte_range(section, "range", law.first, law.last);
  require_nonzero(file, node, law.first);
  if (law.median < law.first || law.median > law.last) fail_at(file, node, "the median lies outside 'range'");
  return law;
}

Distribution::Shape steps(const std::string& file, const YamlNode& node) {
  const Section section(file, node, {"range", "by"});
  Steps steps{.first = 16, .last = 4096, .by = 8};
  read_byte_range(section, "range", steps.first, steps.last);
  section.read_bytes("by", steps.by, {.least = 1, .most = kMostBytes});
  return steps;
}

const std::vector<YamlNode>& list_of(const std::string& file, const YamlNode& node) {
  if (node.kind != YamlNode::Kind::kSequence || node.values.empty()) {
    fail_at(file, node, "expected a list, found " + (node.values.empty() ? "nothing" : kind_of(node)));
  }
  return node.values;
}

Distribution::Shape one_of(const std::string& file, const YamlNode& node) {
  OneOf shape;
  for (const YamlNode& value : list_of(file, node)) shape.values.push_back(bytes_of(file, value));
  return shape;
}

Distribution::Shape cycle(const std::string& file, const YamlNode& node) {
  Cycle shape;
  for (const YamlNode& part : list_of(file, node)) shape.parts.push_back(distribution_of(file, part));
  return shape;
}

Distribution::Shape mix(const std::string& file, const YamlNode& node) {
  Mix shape;
  for (const YamlNode& part : list_of(file, node)) {
    const Section section(file, part, {"weight", "sizes"});
    std::size_t weight = 1;
    read_count(section, "weight", weight, {.least = 1, .most = static_cast<std::size_t>(kMostWeight)});
    const YamlNode* sizes = section.find("sizes");
    if (sizes == nullptr) fail_at(file, part, "a part of a mixture needs 'sizes'");
    shape.weights.push_back(weight);
    shape.parts.push_back(distribution_of(file, *sizes));
  }
  return shape;
}

struct ShapeName {
  std::string_view word;
  Distribution::Shape (*read)(const std::string& file, const YamlNode& node);
};
constexpr ShapeName kShapes[] = {{"power_law", power_law}, {"log_normal", log_normal}, {"steps", steps},
                                 {"one_of", one_of},       {"cycle", cycle},           {"mix", mix}};

Distribution distribution_of(const std::string& file, const YamlNode& node) {
  if (node.kind != YamlNode::Kind::kMapping) {
    const ByteRange range = range_of(file, node);
    return Distribution(Uniform{range.least, range.most});
  }
  const Section section(
      file, node, {"uniform", "power_law", "log_normal", "steps", "one_of", "cycle", "mix", "multiple_of"});
  std::uint64_t multiple_of = 1;
  section.read_bytes("multiple_of", multiple_of, {.least = 1, .most = kMostBytes});
  std::optional<Distribution::Shape> shape;
  const auto take = [&](Distribution::Shape read) {
    if (shape) fail_at(file, node, "more than one distribution; 'mix' or 'cycle' puts them together");
    shape = std::move(read);
  };
  if (const YamlNode* uniform = section.find("uniform")) {
    const ByteRange range = range_of(file, *uniform);
    take(Uniform{range.least, range.most});
  }
  for (const ShapeName& name : kShapes) {
    if (const YamlNode* value = section.find(name.word)) take(name.read(file, *value));
  }
  if (!shape) fail_at(file, node, "no distribution; such as {uniform: [16, 64]}");
  return Distribution(*shape, multiple_of);
}

}  // namespace

void read_count(const Section& section, std::string_view key, std::size_t& into, const CountRange& range) {
  double value = 0;
  if (section.find(key) == nullptr) return;
  section.read_number(key, value,
                      {.least = static_cast<double>(range.least), .most = static_cast<double>(range.most)});
  const auto count = static_cast<std::size_t>(value);
  if (static_cast<double>(count) != value) {
    fail_at(section.file(), *section.find(key), fmt::format("'{}' must be a whole number", key));
  }
  into = count;
}

void read_seed(const Section& section, std::string_view key, std::uint64_t& into) {
  std::string text;
  section.read_text(key, text);
  if (text.empty()) return;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), into);
  if (error == std::errc() && end == text.data() + text.size()) return;
  fail_at(section.file(), *section.find(key), fmt::format("'{}' must be a number from 0 to 2^64 - 1", key));
}

void read_chance(const Section& section, std::string_view key, Chance& into) {
  if (section.find(key) == nullptr) return;
  double value = 0;
  section.read_number(key, value, {.least = 0, .most = 1});
  into = Chance(value);
}

void read_any_bytes(const Section& section, std::string_view key, std::uint64_t& into) {
  section.read_bytes(key, into, {.least = 0, .most = kMostBytes});
}

void read_byte_range(const Section& section, std::string_view key, std::uint64_t& least,
                     std::uint64_t& most) {
  const YamlNode* node = section.find(key);
  if (node == nullptr) return;
  const ByteRange range = range_of(section.file(), *node);
  least = range.least;
  most = range.most;
}

void read_count_range(const Section& section, std::string_view key, std::size_t& least, std::size_t& most) {
  std::uint64_t first = least;
  std::uint64_t last = most;
  read_byte_range(section, key, first, last);
  if (last == 0 || last > CountRange{}.most) {
    fail_at(section.file(), *section.find(key),
            fmt::format("'{}' must be from 1 to {}", key, CountRange{}.most));
  }
  least = first;
  most = last;
}

void read_distribution(const Section& section, std::string_view key, Distribution& into) {
  if (const YamlNode* node = section.find(key)) into = distribution_of(section.file(), *node);
}

void read_distribution(const Section& section, std::string_view key, std::optional<Distribution>& into) {
  if (const YamlNode* node = section.find(key)) into = distribution_of(section.file(), *node);
}

}  // namespace heapjudge
