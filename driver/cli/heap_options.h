// The options of `heapjudge heap`.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "cli/grade_options.h"
#include "cli/trace_options.h"
#include "reports/heap_view.h"

namespace heapjudge {

struct HeapOptions {
  GradeOptions common;
  HeapPicture picture = HeapPicture::kCarpet;
  std::optional<std::filesystem::path> other;  // --vs
  std::optional<RequestWindow> zoom;
  std::optional<std::uint64_t> at;  // a request
  std::optional<std::filesystem::path> svg;
  std::optional<std::filesystem::path> html;
  bool terminal = true;
};

CommandRow heap_row();
HeapOptions read_heap_options(const Given& given);

}  // namespace heapjudge
