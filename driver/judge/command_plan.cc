#include "judge/command_plan.h"

#include <algorithm>

namespace heapjudge {

namespace {

Verb verb_for(Op op, BlockStanding state, const CommandRules& rules) {
  const bool without_block =
      state == BlockStanding::kRefused || (rules.avoid_null && state == BlockStanding::kAbsent);
  switch (op) {
    case Op::kMalloc: return Verb::kMalloc;
    case Op::kFree: return without_block ? Verb::kSkip : Verb::kFree;
    case Op::kRealloc: return without_block ? Verb::kMalloc : Verb::kRealloc;
    case Op::kCalloc: return Verb::kCalloc;
    case Op::kAligned: return Verb::kAligned;
    case Op::kInit: return Verb::kInit;
    case Op::kRefuse: return rules.ignore_refusals ? Verb::kSkip : Verb::kRefuse;
  }
  return Verb::kSkip;
}

}  // namespace

Command command_for(const Request& request, BlockStanding state, const std::optional<Extent>& block,
                    const CommandRules& rules) {
  Command command;
  command.offset = block ? block->offset : rules.null_offset;
  command.size = request.size;
  command.count = request.count;
  command.verb = verb_for(request.op, state, rules);
  command.alignment_log2 = request.alignment_log2;
  if (block && request.op == Op::kRealloc) command.kept = std::min(block->size, request.size);
  return command;
}

}  // namespace heapjudge
