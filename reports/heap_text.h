// The text pictures of a heap, one function for each; see reports/heap_view.h.
#pragma once

#include <string>

#include "reports/heap_view.h"

namespace heapjudge {

// Without summary. The height of the byte axis is that of all subjects of the view together.
std::string carpet_text(const HeapView& view, const HeapSubject& subject, const TextStyle& style);
std::string curves_text(const HeapView& view, const HeapSubject& subject, const TextStyle& style);
std::string share_text(const HeapView& view, const HeapSubject& subject, const TextStyle& style);
std::string holes_text(const HeapView& view, const HeapSubject& subject, const TextStyle& style);
std::string map_text(const HeapView& view, const HeapSubject& subject, const TextStyle& style);
std::string strip_text(const HeapView& view, const HeapSubject& subject, const TextStyle& style);
std::string latency_text(const HeapView& view, const HeapSubject& subject, const TextStyle& style);

}  // namespace heapjudge
