// Values against their rows.
#include "cli/option_table.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstdio>
#include <system_error>

#include "check.h"
#include "trace/input_error.h"

namespace heapjudge {
namespace {

// All of `text`, or nothing.
template <typename T>
std::optional<T> parsed(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string figure(double value) {
  if (value == 0x1p64) return "2^64 - 1";
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.15g", value);
  return text.data();
}

bool in_range(std::optional<double> value, const Expects& expects) {
  return value && *value >= expects.least && *value <= expects.most;
}

bool whole_in_range(std::optional<std::uint64_t> value, const Expects& expects) {
  return value && in_range(static_cast<double>(*value), expects);
}

// Of what kind of thing `text` is not an example; empty when it is one.
std::string wanted(const OptionRow& row, const std::string& text) {
  const Expects& expects = row.expects;
  const std::string range = " from " + figure(expects.least) + " to " + figure(expects.most);
  switch (expects.kind) {
    case Kind::kText:
    case Kind::kFile:
    case Kind::kFolder:
      return "";
    case Kind::kChoice:
      return std::ranges::count(split(row.value, '|'), text) > 0 ? "" : std::string(row.value);
    case Kind::kNumber:
      return in_range(parsed<double>(text), expects) ? "" : "a number" + range;
    case Kind::kWhole:
      return whole_in_range(parsed<std::uint64_t>(text), expects) ? "" : "a number" + range;
    case Kind::kPowerOfTwo: {
      const auto value = parsed<std::uint64_t>(text);
      const bool fits = value && std::has_single_bit(*value) && static_cast<double>(*value) <= expects.most;
      return fits ? "" : "a power of two up to " + figure(expects.most);
    }
  }
  return "";
}

std::string expected(std::string_view what, const std::string& text) {
  return "expected " + std::string(what) + ", got '" + text + "'";
}

}  // namespace

std::vector<OptionRow> joined(std::initializer_list<std::span<const OptionRow>> lists) {
  std::vector<OptionRow> rows;
  for (const auto& list : lists) rows.insert(rows.end(), list.begin(), list.end());
  return rows;
}

const std::vector<std::string>* Given::find(std::string_view name) const {
  ensure(std::ranges::count(row_->options, name, &OptionRow::name) == 1,
         "a reader asks for a row of its command");
  const auto values = values_.find(name);
  return values == values_.end() ? nullptr : &values->second;
}

bool Given::has(std::string_view name) const {
  return find(name) != nullptr;
}

std::vector<std::string> Given::texts(std::string_view name) const {
  const auto* values = find(name);
  return values != nullptr ? *values : std::vector<std::string>();
}

std::vector<std::filesystem::path> Given::paths(std::string_view name) const {
  const std::vector<std::string> words = texts(name);
  return {words.begin(), words.end()};
}

std::optional<std::string> Given::text(std::string_view name) const {
  const auto* values = find(name);
  return values != nullptr && !values->empty() ? std::optional(values->back()) : std::nullopt;
}

std::optional<std::filesystem::path> Given::path(std::string_view name) const {
  return text(name);
}

std::optional<double> Given::number(std::string_view name) const {
  const auto value = text(name);
  return value ? parsed<double>(*value) : std::nullopt;
}

std::optional<std::uint64_t> Given::whole(std::string_view name) const {
  const auto value = text(name);
  return value ? parsed<std::uint64_t>(*value) : std::nullopt;
}

std::string complaint_about(const OptionRow& row, const std::string& text) {
  const std::string what = wanted(row, text);
  return what.empty() ? "" : expected(what, text);
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    if (end > 0) words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

void refuse_value(std::string_view name, std::string_view wanted, const std::string& text) {
  throw InputError(std::string(name) + ": " + expected(wanted, text));
}

}  // namespace heapjudge
