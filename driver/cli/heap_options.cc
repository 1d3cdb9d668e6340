// The rows of `heap`, and what they mean.
#include "cli/heap_options.h"

#include <algorithm>
#include <array>

#include "cli/shared_rows.h"

namespace heapjudge {
namespace {

constexpr std::string_view kThePicture = "The picture";

constexpr std::array kRows{
    kSubmissionRow,
    OptionRow{.name = "--picture",
              .value = "carpet|curves|share|holes|map|strip|latency",
              .text = "what is drawn (default: carpet, and with --at the map)",
              .expects = kAChoice,
              .group = kThePicture},
    OptionRow{.name = "--zoom",
              .value = "A:B",
              .text = "only requests A to B, counted from 1; a strip is of at most 60",
              .group = kThePicture},
    OptionRow{.name = "--at",
              .value = "N",
              .text = "the heap after request N (default: where the payload is at its peak)",
              .expects = {Kind::kWhole, 1, 1e15},
              .group = kThePicture},
    OptionRow{.name = "--vs",
              .value = "FILE",
              .text = "another allocator below it, on the same scale",
              .expects = kAFile,
              .group = kThePicture},
    OptionRow{.name = "--svg",
              .value = "FILE",
              .text = "as an SVG file instead of in the terminal",
              .expects = kAFile,
              .group = kTheResult},
    kHtmlRow,
    OptionRow{.name = "--term", .text = "in the terminal too", .group = kTheResult}};

HeapPicture picture_called(const std::string& word) {
  const auto picture =
      std::ranges::find_if(kHeapPictures, [&](HeapPicture one) { return name_of(one) == word; });
  return picture == kHeapPictures.end() ? HeapPicture::kCarpet : *picture;
}

}  // namespace

CommandRow heap_row() {
  return {.name = "heap",
          .text = "pictures of the heap over one trace: payload, overhead, holes",
          .options = joined({kRows, kTraceRows, kTermRows, kRunRows}),
          .footer =
              "heapjudge heap mm.c -f realloc.rep --zoom 1000:1060\n"
              "heapjudge heap mm.c -f realloc.rep --vs segregated --svg realloc.svg\n"
              "heapjudge heap mm.c -f realloc.rep --html realloc.html\n"};
}

HeapOptions read_heap_options(const Given& given) {
  HeapOptions options{.common = read_grading_terms(given),
                      .other = given.path("--vs"),
                      .at = given.whole("--at"),
                      .svg = given.path("--svg"),
                      .html = given.path("--html"),
                      .terminal = !(given.has("--svg") || given.has("--html")) || given.has("--term")};
  options.picture = picture_called(given.text("--picture").value_or(options.at ? "map" : "carpet"));
  if (const auto text = given.text("--zoom")) options.zoom = read_window("--zoom", *text);
  return options;
}

}  // namespace heapjudge
