// Everything is escaped alike, inside of elements and of attributes.
#include "reports/html_text.h"

#include "check.h"
#include "reports/svg_page.h"

namespace heapjudge {

Html Html::text(std::string_view raw) { return Html(escaped_xml(raw)); }

Html Html::lines(std::string_view raw) {
  Html html;
  while (!raw.empty()) {
    const std::size_t end = std::min(raw.find('\n'), raw.size());
    html.markup_ += escaped_xml(raw.substr(0, end)) + "\n";
    raw.remove_prefix(std::min(end + 1, raw.size()));
  }
  return html;
}

Html element(std::string_view name, const HtmlAttributes& attributes, const Html& content) {
  std::string open = "<" + std::string(name);
  for (const auto& [attribute, value] : attributes) {
    open += " " + std::string(attribute) + "=\"" + escaped_xml(value) + "\"";
  }
  return Html::own(open + ">" + content.markup() + "</" + std::string(name) + ">");
}

Html element(std::string_view name, const Html& content) { return element(name, {}, content); }

Html element(std::string_view name, std::string_view raw) { return element(name, {}, Html::text(raw)); }

Html section(std::string_view id, std::string_view title, const Html& content) {
  if (content.empty()) return {};
  const std::string heading = std::string(id) + "-heading";
  const Html head = element("h2", {{"id", heading}}, Html::text(title));
  return element("section", {{"id", std::string(id)}, {"aria-labelledby", heading}},
                 Html::own("\n") + head + Html::own("\n") + content) +
         Html::own("\n");
}

HtmlTable::HtmlTable(std::string caption, std::vector<HtmlColumn> columns)
    : caption_(std::move(caption)), columns_(std::move(columns)) {}

void HtmlTable::add_row(const std::vector<Html>& cells) {
  ensure(cells.size() == columns_.size(), "html: a row of another width");
  Html row;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    HtmlAttributes attributes;
    if (columns_[i].names_row) attributes.emplace_back("scope", "row");
    if (columns_[i].number) attributes.emplace_back("class", "number");
    row += element(columns_[i].names_row ? "th" : "td", attributes, cells[i]);
  }
  rows_ += element("tr", row) + Html::own("\n");
}

Html HtmlTable::html() const {
  if (rows_.empty()) return {};
  Html heads;
  for (const HtmlColumn& column : columns_) {
    HtmlAttributes attributes{{"scope", "col"}};
    if (column.number) attributes.emplace_back("class", "number");
    heads += element("th", attributes, Html::text(column.title));
  }
  const Html table = element("table", element("caption", caption_) + Html::own("\n") +
                                          element("thead", element("tr", heads)) + Html::own("\n") +
                                          element("tbody", Html::own("\n") + rows_));
  return element("div", {{"class", "wide"}, {"role", "region"}, {"tabindex", "0"}, {"aria-label", caption_}}, table) +
         Html::own("\n");
}

Html facts_table(const std::string& caption, const std::vector<std::pair<std::string, std::string>>& facts) {
  Html rows;
  for (const auto& [what, value] : facts) {
    if (value.empty()) continue;
    rows += element("tr", element("th", {{"scope", "row"}}, Html::text(what)) + element("td", value)) + Html::own("\n");
  }
  if (rows.empty()) return {};
  return element("table", {{"class", "facts"}}, element("caption", caption) + element("tbody", Html::own("\n") + rows)) +
         Html::own("\n");
}

}  // namespace heapjudge
