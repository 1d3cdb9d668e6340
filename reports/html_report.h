// Reports as one HTML file each, which needs no other file and no network; pure functions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "judge/grade.h"
#include "judge/viewer_files.h"
#include "reports/heap_view.h"
#include "reports/outcome.h"
#include "trace/trace.h"

namespace heapjudge {

// What a sheet does not hold of a trace.
struct HtmlTrace {
  std::optional<Trace> trace;  // none: there are no pictures of it
  std::string sha256;          // of its file; empty: not told
};

struct HtmlInputs {
  ViewerFiles viewer;
  std::string version;            // of Heapjudge
  std::string rubric_sha256;      // of its file; empty: not told
  std::vector<HtmlTrace> traces;  // one for each row of the sheet, in its order; empty: nothing is told of any
};

// Identity, score, failures, all traces as tables, and pictures of each whose examination has a history. A hidden
// trace has a name and passed or not; of it `inputs` are not looked at. Beyond kMostHtmlLives blocks in all, later
// traces have still pictures only.
inline constexpr std::size_t kMostHtmlLives = 1'000'000;
std::string html_of(const Outcome& outcome, const HtmlInputs& inputs);

// One trace, one or two allocators. The identities are those of view.subjects, in their order.
struct HtmlHeap {
  const HeapView& view;
  std::vector<Identity> identities;
};
std::string html_of(const HtmlHeap& heap, const HtmlInputs& inputs);

}  // namespace heapjudge
