// What the judge knows of the subject's heap: which blocks live where, and how large the heap is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "judge/block_states.h"
#include "judge/command_plan.h"
#include "judge/mapped_heap.h"
#include "judge/refusal_ledger.h"
#include "judge/reply_rules.h"
#include "oracle/shadow_heap.h"
#include "trace/trace.h"
#include "wire/message.h"

namespace heapjudge {

struct BooksSettings {
  std::uint64_t heap_limit_bytes = 0;
  std::uint64_t heap_base = 0;
  std::uint32_t alignment = 16;
  bool heap_may_shrink = false;
  std::uint64_t refusals_of_the_run = 0;  // ordered for the run as a whole
  CommandRules commands;
};

// A block that a reply has created; its bytes are not looked at here.
struct NewBlock {
  std::size_t request;           // from 1
  std::optional<Extent> before;  // of a resized block: where it was and what it held
};

// Invariant: what is entered agrees with every reply so far. Judges replies by what they say; bytes are looked at by
// PayloadCheck.
class Books {
 public:
  Books(const Trace& trace, const BooksSettings& settings);

  // As new ones, in the memory of these.
  void restart(const Trace& trace, const BooksSettings& settings);

  // The command for a request, whose block's state is that after the replies entered; `consumed` is what
  // consumed_by() says of it.
  Command plan(std::size_t request, const std::optional<Extent>& consumed) const;

  // Where the request's block lies now, when the request frees or resizes a live one.
  std::optional<Extent> consumed_by(const Request& request) const;

  // True when the request may share a batch with those noted since start_batch(). A block that the batch creates has
  // no verified payload yet, so it is neither freed nor resized nor created anew in it; one that it frees is still live
  // here, so it is not resized.
  bool fits_batch(const Request& request) const;
  void start_batch();
  void note_planned(const Request& request);

  // What the subject says is mapped after the request whose reply is entered next; it is looked at then.
  void claim_mapped(std::span<const HeapRange> ranges) { claimed_ = ranges; }

  // Enters the reply to mm_init (request 0, or a kInit) or to any other request; or says which rule it breaks.
  std::optional<Violation> enter_init(std::size_t request, const Reply& received);
  std::optional<Violation> enter(std::size_t request, const Reply& received);

  // Blocks created since start_batch().
  const std::vector<NewBlock>& new_blocks() const { return new_blocks_; }

  // mm_init has failed because a growth was refused on order: nothing can be asked of the subject any more.
  bool gave_up() const { return gave_up_; }

  const ShadowHeap& shadow() const { return shadow_; }
  std::uint64_t heap_bytes() const { return heap_bytes_ + mapped_.bytes(); }  // now
  std::uint64_t peak_bytes() const { return peak_bytes_; }                    // the largest so far
  std::uint64_t growths() const { return growths_; }                          // that were asked for

  // Where the heap is: from offset 0 to grown_end(), and in the ranges above it. No byte elsewhere is anybody's.
  std::uint64_t grown_end() const { return heap_bytes_; }
  const MappedHeap& mapped() const { return mapped_; }

 private:
  const Request& request_at(std::size_t number) const { return requests_[number - 1]; }
  ReplyContext context_for(const Request& request) const;
  Violation broken(Fault fault, std::size_t number, const Reply& reply) const;
  std::optional<Violation> note_heap(std::size_t number, const Reply& reply, BlockId replaced);
  std::optional<Violation> cut_off(std::size_t number, const Reply& reply, BlockId replaced) const;
  Fault fault_of_loss(const Extent& extent) const;
  bool is_inside(const Extent& extent) const;
  std::optional<Violation> enter_null(std::size_t number, const Reply& reply, const ReplyContext& context);
  std::optional<Violation> enter_block(std::size_t number, const Reply& reply);
  void forget(BlockId block);

  std::span<const Request> requests_;
  BooksSettings settings_;
  ShadowHeap shadow_;
  BlockStates states_;
  RefusalLedger refusals_;
  std::vector<NewBlock> new_blocks_;
  MappedHeap mapped_;
  std::optional<std::span<const HeapRange>> claimed_;
  std::uint64_t heap_bytes_ = 0;  // what mem_sbrk has granted; at most mapped_.lowest()
  std::uint64_t grown_before_ = 0;  // as of the reply before the last one
  std::uint64_t peak_bytes_ = 0;
  std::uint64_t growths_ = 0;
  bool gave_up_ = false;
};

// The stamp of the payload that a request creates.
constexpr std::uint32_t stamp_of(std::size_t request) { return static_cast<std::uint32_t>(request); }

}  // namespace heapjudge
