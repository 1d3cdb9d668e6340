#include "judge/replay.h"

#include <algorithm>

#include "check.h"
#include "judge/block_states.h"
#include "judge/command_plan.h"
#include "judge/payload_check.h"
#include "judge/refusal_ledger.h"
#include "judge/reply_rules.h"
#include "oracle/shadow_heap.h"
#include "trace/statistics.h"

namespace heapjudge {

namespace {

constexpr std::uint64_t kWatchedPastEnd = 4096;  // looked at after every batch

std::uint32_t stamp_of(std::size_t request) { return static_cast<std::uint32_t>(request); }

class Replay {
 public:
  Replay(Subject& subject, const Trace& trace, const ReplayRules& rules, const ReplaySettings& settings);
  ReplayResult run();

 private:
  // A block that the batch in hand has created; its bytes are looked at when the batch is over.
  struct NewPayload {
    std::size_t number;
    std::optional<Extent> before;  // of a resized block
  };

  std::span<const Request> requests() const { return trace_.requests(); }
  const Request& request_at(std::size_t number) const { return requests()[number - 1]; }

  bool begin();
  void run_batch();
  bool fits_batch(const Request& request) const;
  bool verify_consumed(std::size_t number);
  Command plan(std::size_t number) const;
  void note_planned(const Request& request);
  bool serve_batch();
  bool judge(std::size_t number, const Reply& received);
  bool judge_init(std::size_t number, const Reply& reply);
  bool judge_request(std::size_t number, const Reply& reply);
  bool judge_block(std::size_t number, const Reply& reply);
  void forget(BlockId block);
  void accept_null(const Request& request);
  bool verify_new_payloads();
  bool note_heap(const Reply& reply);
  bool verify_everything();
  bool verify_untouched();
  bool found_right(std::optional<Violation> violation) { return found_right(std::move(violation), next_ - 1); }
  bool found_right(std::optional<Violation> violation, std::size_t number);
  bool convict(const Violation& violation);
  bool convict(Fault fault, std::size_t number, const Reply& reply);
  ReplyContext context_for(const Request& request) const;

  Subject& subject_;
  const Trace& trace_;
  const ReplayRules& rules_;
  const ReplaySettings& settings_;
  std::size_t count_;
  PayloadCheck payloads_;
  ShadowHeap shadow_;
  BlockStates states_;
  RefusalLedger refusals_;
  std::optional<HeapProfiler> profiler_;
  std::vector<Command> commands_;
  std::vector<Reply> replies_;
  std::vector<NewPayload> new_payloads_;
  std::size_t next_ = 1;  // the first request that is not in a batch yet
  std::uint64_t heap_bytes_ = 0;
  std::uint64_t peak_bytes_ = 0;
  ReplayResult result_;
};

Replay::Replay(Subject& subject, const Trace& trace, const ReplayRules& rules, const ReplaySettings& settings)
    : subject_(subject),
      trace_(trace),
      rules_(rules),
      settings_(settings),
      count_(std::min(settings.count, trace.requests().size())),
      payloads_(subject.heap(), rules.pointer_width),
      shadow_({.heap_limit_bytes = rules.heap_limit_bytes,
               .alignment = rules.alignment,
               .block_count = trace.block_count(),
               .heap_base = subject.heap_base()}),
      states_(trace.block_count()),
      refusals_(settings.run.refuse_from == 0 ? 0 : settings.run.refuse_count) {
  if (settings.profile) {
    profiler_.emplace(trace.requests().size(), payload_peak(trace).request, rules.alignment);
  }
  commands_.reserve(subject.max_batch());
  replies_.resize(subject.max_batch());
  result_.offsets.reserve(count_);
}

bool Replay::convict(const Violation& violation) {
  result_.violation = violation;
  return false;
}

bool Replay::convict(Fault fault, std::size_t number, const Reply& reply) {
  Violation violation;
  violation.fault = fault;
  violation.request = number;
  violation.offset = reply.offset;
  violation.heap_bytes = reply.heap_bytes;
  violation.live_bytes = shadow_.live_bytes();
  if (number >= 1 && number <= count_) {
    violation.block = request_at(number).block;
    violation.size = payload_bytes(request_at(number));
  }
  return convict(violation);
}

ReplyContext Replay::context_for(const Request& request) const {
  return {request, rules_.heap_limit_bytes, heap_bytes_, shadow_.live_bytes(), rules_.heap_may_shrink};
}

bool Replay::begin() {
  Reply reply;
  const Progress progress = subject_.begin(settings_.run, reply);
  if (progress.served == 0) {
    result_.ended = true;
    result_.ended_at = 0;
    return false;
  }
  return judge_init(0, refusals_.believe(reply));
}

// A failed mm_init is right only when a growth was refused on order; nothing can be asked of it then.
bool Replay::judge_init(std::size_t number, const Reply& reply) {
  shadow_.clear();
  states_.clear();
  const Request init{.op = Op::kInit};
  if (const auto fault = judge_sbrk(context_for(init), reply)) return convict(*fault, number, reply);
  note_heap(reply);
  if (reply.offset == kInitOk) return true;
  if ((reply.sbrk_events & kSbrkRefused) != 0) {
    count_ = 0;
    return false;
  }
  return convict(Fault::kNullReturned, number, reply);
}

ReplayResult Replay::run() {
  bool going = begin();
  while (going && next_ <= count_) {
    if (settings_.last_alone && next_ == count_ && !verify_everything()) break;
    run_batch();
    going = result_.is_sound();
  }
  if (result_.is_sound() && verify_everything()) verify_untouched();
  if (result_.is_sound() && profiler_) result_.profile = profiler_->finish();
  return std::move(result_);
}

// Plans, sends and judges the next batch.
void Replay::run_batch() {
  commands_.clear();
  new_payloads_.clear();
  states_.start_batch();
  const std::size_t last = settings_.last_alone && next_ < count_ ? count_ - 1 : count_;
  const std::size_t first = next_;
  while (next_ <= last && commands_.size() < subject_.max_batch()) {
    const Request& request = request_at(next_);
    if (!fits_batch(request)) break;
    if (!verify_consumed(next_)) return;
    commands_.push_back(plan(next_));
    note_planned(request);
    ++next_;
    if (request.op == Op::kInit) break;
  }
  ensure(next_ > first, "a batch is empty");
  serve_batch();
}

// A block that the batch creates has no payload to verify yet; one that it frees is still live in the shadow.
bool Replay::fits_batch(const Request& request) const {
  if (request.op == Op::kInit) return commands_.empty();
  if (request.block == kNoBlock) return true;
  const bool consumes = request.op == Op::kFree || request.op == Op::kRealloc;
  return !consumes || !states_.is_changed_in_batch(request.block);
}

// Damage found here was done by an earlier request.
bool Replay::verify_consumed(std::size_t number) {
  const Request& request = request_at(number);
  if (request.op != Op::kFree && request.op != Op::kRealloc) return true;
  if (request.block == kNoBlock || states_[request.block] != BlockState::kLive) return true;
  return found_right(payloads_.verify(request.block, shadow_.extent_of(request.block)), number - 1);
}

Command Replay::plan(std::size_t number) const {
  const Request& request = request_at(number);
  const BlockState state = request.block == kNoBlock ? BlockState::kAbsent : states_[request.block];
  std::optional<Extent> block;
  if (state == BlockState::kLive) block = shadow_.extent_of(request.block);
  Command command = command_for(
      request, state, block, {subject_.null_offset(), settings_.ignore_refusals, settings_.avoid_null});
  command.stamp = stamp_of(number);
  return command;
}

void Replay::note_planned(const Request& request) {
  const bool changes_block = asks_for_block(request.op) || request.op == Op::kFree;
  if (changes_block && request.block != kNoBlock) states_.note_change(request.block);
}

// Every reply is judged by what it says before any payload is looked at; the payloads of a subject that did not
// survive are not, because it may have died in the midst of what it was about to put right.
bool Replay::serve_batch() {
  const std::size_t first = next_ - commands_.size();
  const auto replies = std::span(replies_).first(commands_.size());
  const Progress progress = subject_.serve(commands_, replies);
  for (std::size_t i = 0; i < progress.served; ++i) {
    if (!judge(first + i, replies[i])) return false;
    result_.answered = first + i;
  }
  if (progress.ended) {
    result_.ended = true;
    result_.ended_at = first + progress.served;
    return false;
  }
  return verify_new_payloads() && found_right(payloads_.verify_past_end(heap_bytes_, kWatchedPastEnd));
}

// The size of the heap is what the subject's memlib says. It cannot gain by a lie: blocks must lie inside of
// what it says, and memory past it must stay untouched. False when live blocks were cut off.
bool Replay::note_heap(const Reply& reply) {
  const bool shrank = reply.heap_bytes < heap_bytes_;
  heap_bytes_ = std::min(reply.heap_bytes, rules_.heap_limit_bytes);
  peak_bytes_ = std::max({peak_bytes_, heap_bytes_, std::min(reply.peak_bytes, rules_.heap_limit_bytes)});
  result_.growths += reply.sbrk_calls;
  if (!shrank) return true;
  bool inside = true;
  shadow_.for_each([&](BlockId, const Extent& extent) {
    inside = inside && extent.offset <= heap_bytes_ && extent.size <= heap_bytes_ - extent.offset;
  });
  return inside;
}

bool Replay::judge(std::size_t number, const Reply& received) {
  const Request& request = request_at(number);
  const Reply reply = refusals_.believe(received);
  result_.offsets.push_back(asks_for_block(request.op) ? reply.offset : 0);
  if (request.op == Op::kRefuse && !settings_.ignore_refusals) refusals_.order(request.size);
  const bool right = request.op == Op::kInit ? judge_init(number, reply) : judge_request(number, reply);
  if (right && profiler_) profiler_->record(number, shadow_, heap_bytes_);
  return right;
}

bool Replay::judge_request(std::size_t number, const Reply& reply) {
  const Request& request = request_at(number);
  const ReplyContext context = context_for(request);
  if (const auto fault = judge_sbrk(context, reply)) return convict(*fault, number, reply);
  if (!note_heap(reply)) return convict(Fault::kSbrkMisused, number, reply);
  if (request.op == Op::kFree) forget(request.block);
  if (!asks_for_block(request.op)) return true;
  if (reply.offset != subject_.null_offset()) return judge_block(number, reply);
  if (const auto fault = judge_null(context, reply)) return convict(*fault, number, reply);
  accept_null(request);
  return true;
}

void Replay::forget(BlockId block) {
  if (block == kNoBlock) return;
  if (states_[block] == BlockState::kLive) shadow_.remove(block);
  states_.set(block, BlockState::kAbsent);
}

// A realloc that fails leaves the block as it was; one to size 0 may free it and return NULL.
void Replay::accept_null(const Request& request) {
  const bool was_live = states_[request.block] == BlockState::kLive;
  if (request.op == Op::kRealloc && was_live) {
    if (request.size != 0) return;
    shadow_.remove(request.block);
  }
  states_.set(request.block, BlockState::kRefused);
}

bool Replay::judge_block(std::size_t number, const Reply& reply) {
  const Request& request = request_at(number);
  std::optional<Extent> old;
  if (request.op == Op::kRealloc && states_[request.block] == BlockState::kLive) {
    old = shadow_.extent_of(request.block);
    shadow_.remove(request.block);
  }
  Placement placement{number, request.block, reply.offset, payload_bytes(request), heap_bytes_, 0};
  if (request.op == Op::kAligned) placement.alignment = std::uint64_t{1} << request.alignment_log2;
  if (const auto violation = shadow_.place(placement)) return convict(*violation);
  states_.set(request.block, BlockState::kLive);
  shadow_.set_stamp(request.block, stamp_of(number));
  new_payloads_.push_back({number, old});
  return true;
}

// Damage that shows now was done by one of the batch's requests; the last one stands for them until the replay is
// narrowed down.
bool Replay::verify_new_payloads() {
  for (const NewPayload& payload : new_payloads_) {
    const Request& request = request_at(payload.number);
    if (!found_right(payloads_.verify_new(request, shadow_.extent_of(request.block), payload.before))) return false;
  }
  return true;
}

bool Replay::verify_everything() {
  std::optional<Violation> violation;
  shadow_.for_each([&](BlockId block, const Extent& extent) {
    if (!violation) violation = payloads_.verify(block, extent);
  });
  return found_right(violation) && found_right(payloads_.verify_past_end(heap_bytes_, kWatchedPastEnd));
}

// All of the memory past the heap's end that was ever written to, at the end of a run.
bool Replay::verify_untouched() {
  const std::uint64_t touched = subject_.touched_bytes();
  return touched <= heap_bytes_ || found_right(payloads_.verify_past_end(heap_bytes_, touched - heap_bytes_));
}

bool Replay::found_right(std::optional<Violation> violation, std::size_t number) {
  if (!violation) return true;
  violation->request = number;
  violation->heap_bytes = heap_bytes_;
  return convict(*violation);
}

}  // namespace

ReplayResult replay(Subject& subject, const Trace& trace, const ReplayRules& rules,
                    const ReplaySettings& settings) {
  return Replay(subject, trace, rules, settings).run();
}

}  // namespace heapjudge
