// HTML in pieces. Text becomes markup in one place, so that what a submission says is always text.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace heapjudge {

// Invariant: a well-formed part of a document; nothing of it came from a submission but through text() and lines().
class Html {
 public:
  Html() = default;

  static Html text(std::string_view raw);   // one line, printable
  static Html lines(std::string_view raw);  // each line printable
  static Html own(std::string markup) { return Html(std::move(markup)); }  // of our own making: a picture

  Html& operator+=(const Html& more) {
    markup_ += more.markup_;
    return *this;
  }
  friend Html operator+(Html a, const Html& b) { return a += b; }

  bool empty() const { return markup_.empty(); }
  const std::string& markup() const { return markup_; }

 private:
  explicit Html(std::string markup) : markup_(std::move(markup)) {}

  std::string markup_;
};

using HtmlAttributes = std::vector<std::pair<std::string_view, std::string>>;  // the values are raw text

Html element(std::string_view name, const HtmlAttributes& attributes, const Html& content);
Html element(std::string_view name, const Html& content);
Html element(std::string_view name, std::string_view raw);

// A section with a heading of the second rank; empty when there is nothing in it.
Html section(std::string_view id, std::string_view title, const Html& content);

struct HtmlColumn {
  std::string title;
  bool number = false;      // aligned to the right
  bool names_row = false;   // its cell is what the others of the row are about
};

// A table with a caption that scrolls by itself where the screen is narrow.
class HtmlTable {
 public:
  HtmlTable(std::string caption, std::vector<HtmlColumn> columns);

  // As many cells as columns.
  void add_row(const std::vector<Html>& cells);

  bool empty() const { return rows_.empty(); }
  Html html() const;  // empty without a row

 private:
  std::string caption_;
  std::vector<HtmlColumn> columns_;
  Html rows_;
};

// Two columns, for facts: what, and its value. Facts without a value are left out.
Html facts_table(const std::string& caption, const std::vector<std::pair<std::string, std::string>>& facts);

}  // namespace heapjudge
