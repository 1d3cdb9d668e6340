#include "judge/books.h"

#include <algorithm>

namespace heapjudge {

namespace {

bool consumes(Op op) { return op == Op::kFree || op == Op::kRealloc; }

ShadowSettings shadow_settings(const Trace& trace, const BooksSettings& settings) {
  return {.heap_limit_bytes = settings.heap_limit_bytes,
          .alignment = settings.alignment,
          .block_count = trace.block_count(),
          .heap_base = settings.heap_base};
}

}  // namespace

Books::Books(const Trace& trace, const BooksSettings& settings)
    : requests_(trace.requests()),
      settings_(settings),
      shadow_(shadow_settings(trace, settings)),
      states_(trace.block_count()),
      refusals_(settings.refusals_of_the_run),
      mapped_(settings.heap_limit_bytes) {}

void Books::restart(const Trace& trace, const BooksSettings& settings) {
  requests_ = trace.requests();
  settings_ = settings;
  shadow_.restart(shadow_settings(trace, settings));
  states_.restart(trace.block_count());
  refusals_ = RefusalLedger(settings.refusals_of_the_run);
  mapped_ = MappedHeap(settings.heap_limit_bytes);
  claimed_.reset();
  heap_bytes_ = grown_before_ = peak_bytes_ = growths_ = 0;
  gave_up_ = false;
}

std::optional<Extent> Books::consumed_by(const Request& request) const {
  if (!consumes(request.op) || request.block == kNoBlock) return std::nullopt;
  if (states_[request.block] != BlockStanding::kLive) return std::nullopt;
  return shadow_.extent_of(request.block);
}

Command Books::plan(std::size_t number, const std::optional<Extent>& consumed) const {
  const Request& request = request_at(number);
  const BlockStanding state = request.block == kNoBlock ? BlockStanding::kAbsent : states_[request.block];
  Command command = command_for(request, state, consumed, settings_.commands);
  command.stamp = stamp_of(number);
  return command;
}

bool Books::fits_batch(const Request& request) const {
  if (request.block == kNoBlock) return true;
  return consumes(request.op) ? !states_.is_changed_in_batch(request.block)
                              : !states_.is_created_in_batch(request.block);
}

void Books::start_batch() {
  states_.start_batch();
  new_blocks_.clear();
}

void Books::note_planned(const Request& request) {
  if (asks_for_block(request.op)) states_.note_creation(request.block);
  if (request.op == Op::kFree && request.block != kNoBlock) states_.note_free(request.block);
}

ReplyContext Books::context_for(const Request& request) const {
  return {request, settings_.heap_limit_bytes, heap_bytes(), shadow_.live_bytes(), settings_.heap_may_shrink};
}

Violation Books::broken(Fault fault, std::size_t number, const Reply& reply) const {
  Violation violation;
  violation.fault = fault;
  violation.request = number;
  violation.offset = reply.offset;
  violation.heap_bytes = reply.heap_bytes;
  violation.mapped_bytes = mapped_.bytes();
  violation.live_bytes = shadow_.live_bytes();
  if (number >= 1) {
    violation.block = request_at(number).block;
    violation.size = payload_bytes(request_at(number));
  }
  return violation;
}

// The size of the heap is what the subject's memlib says. It cannot gain by a lie: blocks must lie inside of
// what it says, and memory beyond must stay untouched.
std::optional<Violation> Books::note_heap(std::size_t number, const Reply& reply, BlockId replaced) {
  const bool lost_range = claimed_ && mapped_.take_over(*claimed_, reply.heap_bytes);
  claimed_.reset();
  grown_before_ = heap_bytes_;
  heap_bytes_ = std::min(reply.heap_bytes, mapped_.lowest());
  peak_bytes_ = std::max({peak_bytes_, heap_bytes(), std::min(reply.peak_bytes, settings_.heap_limit_bytes)});
  growths_ += reply.sbrk_calls;
  if (!lost_range && heap_bytes_ >= grown_before_) [[likely]]
    return std::nullopt;
  return cut_off(number, reply, replaced);
}

// Live blocks that do not lie in the heap any more; the one that the request frees or replaces is not meant.
std::optional<Violation> Books::cut_off(std::size_t number, const Reply& reply, BlockId replaced) const {
  std::optional<Violation> violation;
  shadow_.for_each([&](BlockId block, const Extent& extent) {
    if (violation || block == replaced || is_inside(extent)) return;
    violation = broken(fault_of_loss(extent), number, reply);
    violation->neighbour = block;
  });
  return violation;
}

// The rule that a subject broke which let go of memory in which this block lies.
Fault Books::fault_of_loss(const Extent& extent) const {
  return extent.offset < grown_before_ ? Fault::kSbrkMisused : Fault::kUnmapMisused;
}

bool Books::is_inside(const Extent& extent) const {
  if (extent.offset <= heap_bytes_ && extent.size <= heap_bytes_ - extent.offset) return true;
  return mapped_.end_around(extent.offset, extent.size).has_value();
}

std::optional<Violation> Books::enter_init(std::size_t number, const Reply& received) {
  const Reply reply = refusals_.believe(received);
  shadow_.clear();
  states_.clear();
  if (const auto fault = judge_sbrk(context_for({.op = Op::kInit}), reply)) return broken(*fault, number, reply);
  note_heap(number, reply, kNoBlock);  // nothing is live that could be cut off
  gave_up_ = reply.offset != kInitOk;
  if (!gave_up_ || (reply.sbrk_events & kSbrkRefused) != 0) return std::nullopt;
  return broken(Fault::kNullReturned, number, reply);
}

std::optional<Violation> Books::enter(std::size_t number, const Reply& received) {
  const Request& request = request_at(number);
  if (request.op == Op::kInit) return enter_init(number, received);
  const Reply reply = refusals_.believe(received);
  const ReplyContext context = context_for(request);
  if (reply.sbrk_events != 0) [[unlikely]] {
    if (const auto fault = judge_sbrk(context, reply)) return broken(*fault, number, reply);
  }
  if (auto violation = note_heap(number, reply, request.block)) return violation;
  if (request.op == Op::kRefuse && !settings_.commands.ignore_refusals) refusals_.order(request.size);
  if (request.op == Op::kFree) forget(request.block);
  if (!asks_for_block(request.op)) return std::nullopt;
  const bool null = reply.offset == settings_.commands.null_offset;
  return null ? enter_null(number, reply, context) : enter_block(number, reply);
}

void Books::forget(BlockId block) {
  if (block == kNoBlock) return;
  if (states_[block] == BlockStanding::kLive) shadow_.remove(block);
  states_.set(block, BlockStanding::kAbsent);
}

// A realloc that fails leaves the block as it was; one to size 0 may free it and return NULL.
std::optional<Violation> Books::enter_null(std::size_t number, const Reply& reply, const ReplyContext& context) {
  if (const auto fault = judge_null(context, reply)) return broken(*fault, number, reply);
  const Request& request = context.request;
  const std::optional<Extent> before = consumed_by(request);
  if (before && request.size != 0) {
    return is_inside(*before) ? std::nullopt : std::optional(broken(fault_of_loss(*before), number, reply));
  }
  forget(request.block);
  states_.set(request.block, BlockStanding::kRefused);
  return std::nullopt;
}

std::optional<Violation> Books::enter_block(std::size_t number, const Reply& reply) {
  const Request& request = request_at(number);
  const std::optional<Extent> before = consumed_by(request);
  forget(request.block);  // live still when it is resized, or was resized to nothing and is given up by the trace
  Placement placement{number, request.block, reply.offset, payload_bytes(request), heap_bytes_, 0};
  if (reply.offset > heap_bytes_) [[unlikely]]
    placement.heap_bytes = mapped_.end_around(reply.offset, placement.size).value_or(heap_bytes_);
  if (request.op == Op::kAligned) placement.alignment = std::uint64_t{1} << request.alignment_log2;
  if (auto violation = shadow_.place(placement)) {
    violation->heap_bytes = heap_bytes_;
    violation->mapped_bytes = mapped_.bytes();
    return violation;
  }
  states_.set(request.block, BlockStanding::kLive);
  shadow_.set_stamp(request.block, stamp_of(number));
  new_blocks_.push_back({number, before});
  return std::nullopt;
}

}  // namespace heapjudge
