// A trace that is built from requests: checked once, here.
#include "trace/trace.h"

#include <algorithm>
#include <utility>

#include "check.h"
#include "trace/input_error.h"
#include "trace/live_blocks.h"

namespace heapjudge {
namespace {

constexpr std::size_t kHeaderLines = 4;
constexpr std::uint8_t kLargestAlignmentLog2 = 63;

// The request with every field that its operation does not use at its default.
Request only_used_fields(const Request& request) {
  Request used{.op = request.op};
  const bool has_block = request.op != Op::kInit && request.op != Op::kRefuse;
  if (has_block) used.block = request.block;
  if (request.op != Op::kFree && request.op != Op::kInit) used.size = request.size;
  if (request.op == Op::kAligned) used.alignment_log2 = request.alignment_log2;
  if (request.op == Op::kCalloc) used.count = request.count;
  return used;
}

bool names_a_block(const Request& request) {
  return asks_for_block(request.op) || (request.op == Op::kFree && request.block != kNoBlock);
}

// What is wrong with the request by itself; nullptr when nothing is.
const char* flaw_of(const Request& request, std::uint32_t block_count) {
  if (request.op > Op::kRefuse) return "an unknown operation";
  if (!(request == only_used_fields(request))) return "a field is set that this operation does not use";
  if (names_a_block(request) && request.block >= block_count) return "the id is not below the number of ids";
  if (request.alignment_log2 > kLargestAlignmentLog2) return "the alignment does not fit 64 bits";
  return nullptr;
}

const char* flaw_of(const TraceHeader& header) {
  const bool classic = header.dialect == Dialect::kClassic;
  if (classic && header.heap_bytes < kLeastSuggestedHeap) return "the suggested heap size reads as a weight";
  if (!classic && header.weight >= kLeastSuggestedHeap) return "the weight reads as a suggested heap size";
  return nullptr;
}

void require_well_formed(const Trace& trace) {
  if (const char* flaw = flaw_of(trace.header())) throw InputError(trace.name() + ": " + flaw);
  const std::span<const Request> requests = trace.requests();
  LiveBlocks live(std::min<std::size_t>(trace.block_count(), requests.size()));  // a file may announce any number
  for (std::size_t i = 0; i < requests.size(); ++i) {
    const char* flaw = flaw_of(requests[i], trace.block_count());
    if (flaw == nullptr && !live.admits(requests[i])) {
      flaw = requests[i].op == Op::kFree ? "the block is not live" : "the block is live already";
    }
    if (flaw != nullptr) {
      throw InputError(trace.name() + ": request " + std::to_string(i + 1) + ": " + flaw);
    }
    live.apply(requests[i], requests.first(i));
  }
}

}  // namespace

Trace::Trace(std::string name, TraceHeader header, std::uint32_t block_count, std::vector<Request> requests,
             std::vector<std::uint32_t> lines)
    : name_(std::move(name)),
      header_(header),
      block_count_(block_count),
      requests_(std::move(requests)),
      lines_(std::move(lines)) {
  ensure(lines_.empty() || lines_.size() == requests_.size(),
         "a trace with lines needs one for each request");
  require_well_formed(*this);
}

std::size_t Trace::line_of(std::size_t request_index) const {
  return lines_.empty() ? request_index + kHeaderLines + 1 : lines_.at(request_index);
}

Trace Trace::prefix(std::size_t count) const {
  Trace part;
  part.name_ = name_;
  part.header_ = header_;
  const auto length = static_cast<std::ptrdiff_t>(std::min(count, requests_.size()));
  part.requests_.assign(requests_.begin(), requests_.begin() + length);
  if (!lines_.empty()) part.lines_.assign(lines_.begin(), lines_.begin() + length);
  for (const Request& request : part.requests_) {
    if (names_a_block(request)) part.block_count_ = std::max(part.block_count_, request.block + 1);
  }
  return part;
}

}  // namespace heapjudge
