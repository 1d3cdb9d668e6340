// Writes HTML reports, with what they need of files.
#pragma once

#include <filesystem>

#include "reports/html_report.h"

namespace heapjudge {

// Throws InputError or std::runtime_error for what cannot be read or written.
void write_html(const std::filesystem::path& file, const Outcome& outcome);
void write_html(const std::filesystem::path& file, const HtmlHeap& heap, const std::filesystem::path& trace);

}  // namespace heapjudge
