// Gathers from a trace and its replies what a report shows beside a conviction.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "judge/finding.h"
#include "wire/payload_pattern.h"
#include "trace/trace.h"

namespace heapjudge {

// The replies of one run: offsets[i] answers request i + 1.
struct RunRecord {
  const Trace& trace;
  std::span<const std::uint64_t> offsets;
  std::uint64_t null_offset;
};

// What `blocks` went through up to and including `request`, by birth; and, when `around` is given, the two
// blocks that last lay in its bytes before.
std::vector<BlockHistory> histories_of(const RunRecord& record, std::size_t request,
                                       const std::vector<BlockId>& blocks, const Extent* around);

// The block whose payload held `address` as a word of the pattern, if any; the latest one when several could.
std::optional<BlockId> block_named_by(const RunRecord& record, std::size_t request, PayloadPattern pattern,
                                      std::uint64_t address);

// True when the request is one of the P1 contract: a size of zero, or NULL for a block.
bool is_edge_case(const Trace& trace, std::size_t request);

}  // namespace heapjudge
