// Prints requests for people.
#include "reports/request_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace heapjudge {
namespace {

std::string pointer_text(const Request& request, bool null_block) {
  return null_block || request.block == kNoBlock ? "NULL" : fmt::format("block {}", request.block);
}

// A trace says only which block; that it stood for NULL shows in what the finding is about.
bool stands_for_null(const Finding& finding) {
  if (finding.fault != Fault::kEdgeContract || finding.asked.op != Op::kRealloc) return false;
  const auto is_it = [&finding](const BlockHistory& h) {
    return h.block == finding.asked.block && h.born < finding.request;
  };
  return finding.asked.size != 0 || std::none_of(finding.histories.begin(), finding.histories.end(), is_it);
}

}  // namespace

std::string call_of(const Request& request, bool null_block) {
  switch (request.op) {
    case Op::kMalloc:
      return fmt::format("mm_malloc({})", request.size);
    case Op::kFree:
      return fmt::format("mm_free({})", pointer_text(request, null_block));
    case Op::kRealloc:
      return fmt::format("mm_realloc({}, {})", pointer_text(request, null_block), request.size);
    case Op::kCalloc:
      return fmt::format("mm_calloc({}, {})", request.count, request.size);
    case Op::kAligned:
      return fmt::format("mm_memalign({}, {})", std::uint64_t{1} << request.alignment_log2, request.size);
    case Op::kInit:
      return "mm_init";
    case Op::kRefuse:
      return fmt::format("the order to refuse {} growths", request.size);
  }
  return "";
}

std::string call_of(const Finding& finding) {
  const Ending* ending = std::get_if<Ending>(&finding.evidence);
  if (ending != nullptr && ending->while_loading) return "a constructor of the submission";
  if (finding.request == 0) return "mm_init";
  if (is_after_the_last(finding)) return "the end of the trace";
  return call_of(finding.asked, stands_for_null(finding));
}

std::string trace_line_of(const Request& request) {
  switch (request.op) {
    case Op::kMalloc:
      return fmt::format("a {} {}", request.block, request.size);
    case Op::kFree:
      return request.block == kNoBlock ? "f -1" : fmt::format("f {}", request.block);
    case Op::kRealloc:
      return fmt::format("r {} {}", request.block, request.size);
    case Op::kCalloc:
      return fmt::format("c {} {} {}", request.block, request.count, request.size);
    case Op::kAligned:
      return fmt::format("m {} {} {}", request.block, std::uint64_t{1} << request.alignment_log2,
                         request.size);
    case Op::kInit:
      return "i";
    case Op::kRefuse:
      return fmt::format("s {}", request.size);
  }
  return "";
}

// A request that stands in a trace and asks for a block names one, so the default Request is none.
bool is_after_the_last(const Finding& finding) {
  return finding.request > 0 && finding.asked == Request{};
}

const Violation* violation_of(const Finding& finding) {
  return std::get_if<Violation>(&finding.evidence);
}
const Ending* ending_of(const Finding& finding) {
  return std::get_if<Ending>(&finding.evidence);
}

}  // namespace heapjudge
