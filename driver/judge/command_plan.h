// From a request of the trace to the command that the subject gets.
#pragma once

#include <cstdint>
#include <optional>

#include "judge/block_states.h"
#include "oracle/shadow_heap.h"
#include "trace/request.h"
#include "wire/message.h"

namespace heapjudge {

// Which requests are carried out otherwise than they stand in the trace, to find out what a fault hangs on.
struct CommandRules {
  std::uint64_t null_offset = 0;
  bool ignore_refusals = false;  // kRefuse does nothing
  bool avoid_null = false;       // free(NULL) is left out, realloc(NULL, n) is malloc(n)
};

// `block` is where the request's block lies when it is live; `state` is kAbsent for requests without a block. A block
// that was asked for and answered with NULL is not freed, and its realloc is a malloc.
Command command_for(const Request& request, BlockStanding state, const std::optional<Extent>& block,
                    const CommandRules& rules);

}  // namespace heapjudge
