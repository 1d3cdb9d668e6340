// The frame of an HTML report: what is allowed to run, how it looks, and what makes it move.
#pragma once

#include <string>
#include <string_view>

#include "reports/html_report.h"
#include "reports/html_text.h"

namespace heapjudge {

// A whole document. Nothing is loaded and nothing runs but the viewer's script, by its hash: the reader's browser
// enforces it.
std::string html_page(std::string_view title, const Html& body, const HtmlInputs& inputs);

}  // namespace heapjudge
