// The part of an HTML report that shows what one trace made of the heap.
#pragma once

#include <string>

#include "reports/heap_view.h"
#include "reports/html_text.h"

namespace heapjudge {

struct HtmlHeapPart {
  const HeapView& view;
  std::string id;         // of the section
  std::string name;       // of the trace
  std::string mark;       // before it: "✓ "
  Html facts;             // above the pictures
  bool open = false;      // from the start
  bool has_data = false;  // for the viewer; else its pictures stay still
};

// With view.at as the request that is looked at first. A subject whose replay has no sound request has no picture.
Html html_of(const HtmlHeapPart& part);

// What the colours and lines of all pictures mean.
Html heap_legend();

}  // namespace heapjudge
