#include "fuzz/proposal.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "trace/input_error.h"

namespace heapjudge {
namespace {

bool is_known(std::uint32_t fault) {
  return std::ranges::any_of(all_faults(), [&](Fault known) { return static_cast<std::uint32_t>(known) == fault; });
}

std::optional<Escape> checked(Escape escape) {
  if (escape.kind > EscapeKind::kStoreOutsideHeap) return std::nullopt;
  escape.depth = std::min<std::uint32_t>(escape.depth, kMaxEscapeFrames);
  return escape;
}

}  // namespace

std::optional<Proposed> read_proposal(const Proposal& proposal) {
  if (proposal.request_count > kMostInputRequests || proposal.block_count > 2 * kMostInputRequests) return std::nullopt;
  if (proposal.run > static_cast<std::uint32_t>(Run::kOtherFill)) return std::nullopt;
  const std::size_t related = std::min<std::size_t>(proposal.related_count, kMostRelated);
  std::vector<Request> requests(proposal.requests, proposal.requests + proposal.request_count);
  try {
    Proposed result{.trace = Trace("fuzz", {}, proposal.block_count, std::move(requests)),
                    .claim = std::nullopt,
                    .run = static_cast<Run>(proposal.run),
                    .escape = std::nullopt,
                    .found_after = proposal.execution,
                    .found_cpu_seconds = static_cast<double>(proposal.found_cpu_ns) / 1e9,
                    .shrink_cpu_seconds = static_cast<double>(proposal.shrink_cpu_ns) / 1e9,
                    .kind = proposal.kind,
                    .related = {proposal.related, proposal.related + related}};
    if (is_known(proposal.fault)) result.claim = static_cast<Fault>(proposal.fault);
    if (proposal.escaped != 0) result.escape = checked(proposal.escape);
    return result;
  } catch (const InputError&) {
    return std::nullopt;
  }
}

}  // namespace heapjudge
