// Where in the submission's source it happened.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "judge/finding.h"

namespace heapjudge {

struct SourceNote {
  std::string label;  // empty: `text` is a line of source code, number included
  std::string text;
  bool is_context = false;  // a line beside the one meant
};

// "mm.c:163 in remove_free <- coalesce mm.c:140 <- mm_free mm.c:97", then the source lines of
// Finding::excerpt.
std::vector<SourceNote> source_notes_of(const Finding& finding);

}  // namespace heapjudge
