// One mapping of a YAML file: known keys are read by type, everything else is an error with its place.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "yaml/quantity.h"
#include "yaml/tree.h"

namespace heapjudge {

struct NumberRange {
  double least = 0;
  double most = 0;
  bool least_is_meant = true;  // false: above `least`
};

// Throws InputError with the place of `at` in `file`.
[[noreturn]] void fail_at(const std::string& file, const YamlNode& at, const std::string& what);

// What the node is, for "expected a list, found a mapping".
std::string kind_of(const YamlNode& node);

// Invariant: the node is a mapping (or null, which has no keys) whose keys are known and stand once each.
// The read_ functions leave `into` as it is when the key is absent, and throw InputError when its value
// does not fit. Node and known keys must outlive the section.
class Section {
 public:
  Section(const std::string& file, const YamlNode& node, std::initializer_list<std::string_view> known_keys);

  const YamlNode* find(std::string_view key) const;  // nullptr when absent
  const std::string& file() const { return file_; }

  void read_text(std::string_view key, std::string& into) const;  // not empty
  void read_texts(std::string_view key, std::vector<std::string>& into) const;
  void read_bool(std::string_view key, bool& into) const;
  void read_number(std::string_view key, double& into, const NumberRange& range) const;
  void read_bytes(std::string_view key, std::uint64_t& into, const NumberRange& range) const;
  void read_seconds(std::string_view key, double& into, const NumberRange& range) const;
  void read_share(std::string_view key, double& into, const NumberRange& range) const;  // "2 %" or 0.02

  template <typename T>
  struct Choice {
    std::string_view word;
    T value;
  };
  template <typename T>
  void read_choice(std::string_view key, T& into, std::initializer_list<Choice<T>> choices) const {
    const YamlNode* node = find(key);
    if (node == nullptr) return;
    std::vector<std::string_view> words;
    for (const Choice<T>& choice : choices) {
      words.push_back(choice.word);
      if (node->kind == YamlNode::Kind::kScalar && node->text == choice.word) {
        into = choice.value;
        return;
      }
    }
    fail_choice(key, *node, words);
  }

 private:
  const std::string& scalar_text(std::string_view key, const YamlNode& node, std::string_view wanted) const;
  void check_range(std::string_view key, const YamlNode& node, double value, const NumberRange& range) const;
  double quantity_in(std::string_view key, const YamlNode& node,
                     const std::variant<double, NotAQuantity>& quantity, const NumberRange& range) const;
  [[noreturn]] void fail_choice(std::string_view key, const YamlNode& node,
                                std::span<const std::string_view> words) const;

  std::string file_;
  const YamlNode& node_;
};

}  // namespace heapjudge
