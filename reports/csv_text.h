// Fields of a CSV file.
#pragma once

#include <string>
#include <string_view>

namespace heapjudge {

// Text of others: a single printable line, quoted as RFC 4180 wants it, that no spreadsheet takes for a formula.
std::string csv_field(std::string_view raw);

}  // namespace heapjudge
