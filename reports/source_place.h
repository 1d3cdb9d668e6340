// Where in the submission's source it happened.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "judge/grade.h"

namespace heapjudge {

struct SourceNote {
  std::string label;  // empty: `text` is a line of its own: a note as compilers print it, or source code with its number
  std::string text;
  bool is_context = false;  // a source line beside the one meant
};

// Where it crashed, looped or was stopped: "mm.c:163 in remove_free <- coalesce mm.c:140 <- mm_free mm.c:97", then the
// source lines of Finding::excerpt. Empty when bytes were damaged.
std::vector<SourceNote> source_notes_of(const Finding& finding);

// Where they were: "mm.c:88:5: note: written here, in extend_heap, called from mm_malloc" and the source lines; or
// why that is not known. Empty when nobody looked for the store.
std::vector<SourceNote> store_notes_of(const Finding& finding, const Identity& identity);

}  // namespace heapjudge
