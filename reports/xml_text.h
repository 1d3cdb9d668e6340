// Text of others inside XML.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace heapjudge {

// What XML 1.0 allows, escaped; the rest is left out. Line breaks and tabs stay.
std::string xml_text(std::string_view raw);

// ` name="value"` for each, in order; the values as xml_text() has them, on one line.
std::string xml_attributes(const std::vector<std::pair<std::string_view, std::string>>& attributes);

}  // namespace heapjudge
