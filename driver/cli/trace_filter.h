// The -k expression: which traces are meant, by parts of their names.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace heapjudge {

// A word is true for the names it is part of, capital or small; words are joined by `and`, `or`, `not` and
// parentheses, `not` binding tightest and `or` least: "realloc and not (2 or bal)".
class TraceFilter {
 public:
  struct Node;  // of the expression's tree

  // An empty expression selects everything. Throws InputError ("-k:1:COLUMN: what").
  explicit TraceFilter(std::string_view expression);
  ~TraceFilter();

  bool selects(std::string_view trace_name) const;

 private:
  std::unique_ptr<Node> root_;
};

}  // namespace heapjudge
