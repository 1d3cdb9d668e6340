// A recursive descent parser: or_ is made of and_, and_ of not_, not_ of words and parentheses.
#include "cli/trace_filter.h"

#include <algorithm>
#include <cctype>
#include <string>
#include <utility>

#include "trace/input_error.h"

namespace heapjudge {

struct TraceFilter::Node {
  enum class Kind { kWord, kNot, kAnd, kOr } kind;
  std::string word;
  std::unique_ptr<Node> left;
  std::unique_ptr<Node> right;
};

namespace {

using Node = TraceFilter::Node;
constexpr std::size_t kMaxDepth = 64;

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return result;
}

bool is_space(char c) {
  return std::isspace(static_cast<unsigned char>(c)) != 0;
}
bool is_parenthesis(char c) {
  return c == '(' || c == ')';
}

class FilterParser {
 public:
  explicit FilterParser(std::string_view text) : text_(text) { advance(); }

  bool at_end() const { return token_.empty(); }

  std::unique_ptr<Node> parse() {
    auto node = parse_or();
    if (!at_end()) fail("expected 'and' or 'or' before '" + std::string(token_) + "'");
    return node;
  }

 private:
  std::unique_ptr<Node> parse_or() {
    auto node = parse_and();
    while (take("or")) node = join(Node::Kind::kOr, std::move(node), parse_and());
    return node;
  }

  std::unique_ptr<Node> parse_and() {
    auto node = parse_not();
    while (take("and")) node = join(Node::Kind::kAnd, std::move(node), parse_not());
    return node;
  }

  std::unique_ptr<Node> parse_not() {
    if (++depth_ > kMaxDepth) fail("too deep");
    auto node = take("not") ? join(Node::Kind::kNot, parse_not(), nullptr) : parse_word();
    --depth_;
    return node;
  }

  std::unique_ptr<Node> parse_word() {
    if (take("(")) {
      auto node = parse_or();
      if (!take(")")) fail("expected ')'");
      return node;
    }
    const bool is_word = !at_end() && token_ != ")" && token_ != "and" && token_ != "or";
    if (!is_word) fail("expected a part of a trace's name");
    auto node = std::make_unique<Node>(Node{Node::Kind::kWord, lower(token_), nullptr, nullptr});
    advance();
    return node;
  }

  static std::unique_ptr<Node> join(Node::Kind kind, std::unique_ptr<Node> left,
                                    std::unique_ptr<Node> right) {
    return std::make_unique<Node>(Node{kind, {}, std::move(left), std::move(right)});
  }

  bool take(std::string_view token) {
    if (token_ != token) return false;
    advance();
    return true;
  }

  void advance() {
    position_ += token_.size();
    while (position_ < text_.size() && is_space(text_[position_])) ++position_;
    std::size_t end = position_;
    if (end < text_.size() && is_parenthesis(text_[end])) {
      ++end;
    } else {
      while (end < text_.size() && !is_space(text_[end]) && !is_parenthesis(text_[end])) ++end;
    }
    token_ = text_.substr(position_, end - position_);
  }

  [[noreturn]] void fail(const std::string& what) const {
    throw InputError("-k:1:" + std::to_string(position_ + 1) + ": " + what);
  }

  std::string_view text_;
  std::string_view token_;
  std::size_t position_ = 0;
  std::size_t depth_ = 0;
};

bool holds(const Node& node, const std::string& name) {
  switch (node.kind) {
    case Node::Kind::kWord:
      return name.find(node.word) != std::string::npos;
    case Node::Kind::kNot:
      return !holds(*node.left, name);
    case Node::Kind::kAnd:
      return holds(*node.left, name) && holds(*node.right, name);
    case Node::Kind::kOr:
      return holds(*node.left, name) || holds(*node.right, name);
  }
  return false;
}

}  // namespace

TraceFilter::TraceFilter(std::string_view expression) {
  FilterParser parser(expression);
  if (!parser.at_end()) root_ = parser.parse();
}

TraceFilter::~TraceFilter() = default;

bool TraceFilter::selects(std::string_view trace_name) const {
  return !root_ || holds(*root_, lower(trace_name));
}

}  // namespace heapjudge
