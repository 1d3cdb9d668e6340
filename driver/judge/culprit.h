// The store that damaged the bytes a finding is about.
#pragma once

#include <functional>
#include <memory>

#include "judge/examine.h"
#include "subject/seen_stores.h"

namespace heapjudge {

// Starts a subject that watches these words of its heap.
using WatchedSubjectFactory = std::function<std::unique_ptr<Subject>(const StoreWatch& watch)>;

struct CulpritTerms {
  const ReplayRules& rules;
  const WatchedSubjectFactory& start;
};

// Replays the trace once more, to the request of the finding, and watches the first damaged word. Fills in
// Finding::store_search and Finding::written_at and nothing else: what the finding says was settled before. Does nothing
// unless bytes were damaged and the request is known exactly.
//
// The store is the last one of that request which changed the damaged bytes. Of a resized block that has moved, bytes may
// have been lost in their old place before anything came to the new one: then it is the first store there.
void find_culprit(const Trace& trace, const CulpritTerms& terms, Finding& finding);

}  // namespace heapjudge
