// The SVG pictures of a heap, one function for each; see reports/heap_view.h.
#pragma once

#include "reports/heap_view.h"
#include "reports/svg_page.h"

namespace heapjudge {

// Where a subject's picture goes.
struct SvgPanel {
  SvgPage& page;
  const HeapView& view;
  const HeapSubject& subject;
  Box plot;
};

void draw_carpet(const SvgPanel& panel);
void draw_curves(const SvgPanel& panel);
void draw_share(const SvgPanel& panel);
void draw_holes(const SvgPanel& panel);
void draw_map(const SvgPanel& panel);
void draw_strip(const SvgPanel& panel);

}  // namespace heapjudge
