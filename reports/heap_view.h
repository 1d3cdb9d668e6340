// Pictures of a heap, for a terminal and as SVG. Pure functions of its history.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "history/carpet.h"
#include "history/heap_history.h"
#include "history/latencies.h"
#include "reports/report.h"
#include "trace/trace.h"

namespace heapjudge {

enum class HeapPicture : std::uint8_t {
  kCarpet,  // the heap over all requests: payload, overhead, holes
  kCurves,  // payload, heap and number of blocks over the requests
  kShare,   // what the heap is made of, stacked
  kHoles,   // bytes in holes by their size, over the requests
  kMap,     // what lies where after one request
  kStrip,   // a row for each request
  kLatency  // how long each request took
};

inline constexpr std::array kHeapPictures{HeapPicture::kCarpet, HeapPicture::kCurves, HeapPicture::kShare,
                                          HeapPicture::kHoles,  HeapPicture::kMap,    HeapPicture::kStrip,
                                          HeapPicture::kLatency};

constexpr std::string_view name_of(HeapPicture picture) {
  switch (picture) {
    case HeapPicture::kCarpet:
      return "carpet";
    case HeapPicture::kCurves:
      return "curves";
    case HeapPicture::kShare:
      return "share";
    case HeapPicture::kHoles:
      return "holes";
    case HeapPicture::kMap:
      return "map";
    case HeapPicture::kStrip:
      return "strip";
    case HeapPicture::kLatency:
      return "latency";
  }
  return "";
}

// A strip is of at most so many requests.
inline constexpr std::size_t kMostStripRows = 60;

struct HeapSubject {
  std::string name;  // as it was given; not printable
  const HeapHistory* history = nullptr;
  std::string failure;  // "[E103] mm_malloc(100) returned ..."; empty: it broke no rule
  const Latencies* latencies = nullptr;  // none: kLatency is not drawn
  std::string not_clocked;               // then why: "it broke a rule"
};

// Invariant: there is a subject, and the trace has the window's requests and `at`; a history may end before.
struct HeapView {
  const Trace& trace;
  std::vector<HeapSubject> subjects;  // drawn one below the other, on the same scale
  RequestSpan window;
  std::size_t at = 1;  // the request after which the map is drawn
};

// The picture, and in words what it shows. With the least screen it is narrower, never cut.
std::string text_of(const HeapView& view, HeapPicture picture, const TextStyle& style);

// One file that needs no other and no script, light or dark as the reader's system is.
std::string svg_of(const HeapView& view, HeapPicture picture);

// The picture of one subject for an HTML document, coarser and without words and legend: its style is that of
// reports/viewer/report.css, the ids inside begin with `id`.
std::string inline_svg_of(const HeapView& view, std::size_t subject, HeapPicture picture, const std::string& id);

// One sentence for each subject, without markup: what `picture` shows, in figures.
std::string summary_of(const HeapView& view, const HeapSubject& subject, HeapPicture picture);

// The same, and which rule was broken.
std::string sentence_about(const HeapView& view, const HeapSubject& subject, HeapPicture picture);

}  // namespace heapjudge
