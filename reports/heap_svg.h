// The SVG pictures of a heap, one function for each; see reports/heap_view.h.
#pragma once

#include "reports/heap_view.h"
#include "reports/svg_page.h"

namespace heapjudge {

// How fine a picture is; half a pixel of a common screen is the finest.
struct SvgDetail {
  std::size_t columns = 616;  // one for each unit of the plot's width
  std::size_t cell_rows = 224;
  std::size_t steps = 616;  // of its curves
  std::size_t time_columns = 616;  // in which requests are counted by their times
};

// Where a subject's picture goes.
struct SvgPanel {
  SvgPage& page;
  const HeapView& view;
  const HeapSubject& subject;
  Box plot;
  SvgDetail detail = {};
};

void draw_carpet(const SvgPanel& panel);
void draw_curves(const SvgPanel& panel);
void draw_share(const SvgPanel& panel);
void draw_holes(const SvgPanel& panel);
void draw_map(const SvgPanel& panel);
void draw_strip(const SvgPanel& panel);
void draw_latency(const SvgPanel& panel);

}  // namespace heapjudge
