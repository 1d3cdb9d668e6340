#include "judge/replay.h"

#include <algorithm>
#include <utility>

#include "check.h"
#include "history/historian.h"
#include "judge/books.h"
#include "judge/check_moments.h"
#include "judge/layout_check.h"
#include "judge/own_checks.h"
#include "judge/payload_check.h"
#include "trace/statistics.h"

namespace heapjudge {

namespace {

constexpr std::uint64_t kWatchedPastEnd = 4096;  // looked at after every batch

BooksSettings books_settings(const Subject& subject, const ReplayRules& rules, const ReplaySettings& settings) {
  return {.heap_limit_bytes = rules.heap_limit_bytes,
          .heap_base = subject.heap_base(),
          .alignment = rules.alignment,
          .heap_may_shrink = rules.heap_may_shrink,
          .refusals_of_the_run = settings.run.refuse_from == 0 ? 0 : settings.run.refuse_count,
          .commands = {.null_offset = subject.null_offset(),
                       .ignore_refusals = settings.ignore_refusals,
                       .avoid_null = settings.avoid_null}};
}

}  // namespace

class Replayer::Replay {
 public:
  Replay(Subject& subject, const Trace& trace, const ReplayRules& rules, const ReplaySettings& settings);
  void restart(const Trace& trace, const ReplayRules& rules, const ReplaySettings& settings);
  ReplayResult run();

 private:
  const Request& request_at(std::size_t number) const { return requests_[number - 1]; }

  void start(const Trace& trace, const ReplayRules& rules);
  bool begin();
  void run_batch();
  bool serve_batch();
  bool serve_part(std::size_t first);
  bool enter(std::size_t number, const Reply& reply);
  Historian::HeapNow heap_now() const { return {books_.grown_end(), books_.mapped().ranges()}; }
  bool verify_consumed(const Request& request, const Extent& block);
  bool look_closely();
  bool ask_checker();
  bool verify_layout();
  bool verify_layout(BlockId block, const Extent& extent, std::size_t number);
  std::uint64_t end_around(const Extent& extent) const;
  bool verify_new_payloads();
  bool verify_everything();
  std::uint64_t untouched_from() const;
  bool verify_past_end();
  bool verify_past_lost_end();
  bool verify_unclaimed();
  bool verify_untouched(std::uint64_t begin, std::uint64_t end);
  bool found_right(const std::optional<Violation>& violation) { return found_right(violation, next_ - 1); }
  bool found_right(const std::optional<Violation>& violation, std::size_t number) {
    return !violation || note(*violation, number);
  }
  bool note(const Violation& violation, std::size_t number);

  Subject& subject_;
  bool stores_are_guarded_;
  std::span<const Request> requests_;
  ReplaySettings settings_;
  std::size_t count_ = 0;
  Books books_;
  PayloadCheck payloads_;
  std::optional<HeapProfiler> profiler_;
  std::optional<Historian> historian_;
  std::optional<CheckMoments> moments_;  // none: there is nothing to look at closely
  std::optional<OwnChecks> own_checks_;
  std::optional<LayoutCheck> layout_;
  std::vector<Command> commands_;
  std::vector<Reply> replies_;
  std::size_t replies_served_ = 0;  // of the batch in hand
  std::size_t next_ = 1;  // the first request that is not in a batch yet
  std::uint64_t end_before_ = 0;  // of the heap, before the batch in hand
  ReplayResult result_;
};

Replayer::Replay::Replay(Subject& subject, const Trace& trace, const ReplayRules& rules,
                         const ReplaySettings& settings)
    : subject_(subject),
      stores_are_guarded_(subject.guards_stores()),
      settings_(settings),
      books_(trace, books_settings(subject, rules, settings)),
      payloads_(subject.heap(), rules.pointer_width, subject.coverage()) {
  commands_.reserve(subject.max_batch());
  replies_.resize(subject.max_batch());
  start(trace, rules);
}

void Replayer::Replay::restart(const Trace& trace, const ReplayRules& rules, const ReplaySettings& settings) {
  settings_ = settings;
  books_.restart(trace, books_settings(subject_, rules, settings));
  payloads_ = PayloadCheck(subject_.heap(), rules.pointer_width, subject_.coverage());
  profiler_.reset();
  historian_.reset();
  own_checks_.reset();
  layout_.reset();
  moments_.reset();
  next_ = 1;
  end_before_ = 0;
  result_ = {};
  start(trace, rules);
}

void Replayer::Replay::start(const Trace& trace, const ReplayRules& rules) {
  requests_ = trace.requests();
  count_ = std::min(settings_.count, requests_.size());
  result_.offsets.reserve(count_);
  if (settings_.profile) {
    const PayloadPeak peak = payload_peak(trace, rules.heap_limit_bytes);
    profiler_.emplace(requests_.size(), peak.request, rules.alignment);
  }
  if (settings_.history) historian_.emplace(trace.block_count(), rules.alignment);
  if (settings_.own_checks) own_checks_.emplace(rules.checker_result_bytes);
  if (rules.layout) layout_.emplace(subject_.heap(), *rules.layout);
  if (own_checks_ || layout_) moments_.emplace(count_);
}

ReplayResult Replayer::Replay::run() {
  if (settings_.last_alone && count_ == 0) subject_.watch_next();
  bool going = begin() && look_closely();
  while (going && next_ <= count_ && !books_.gave_up()) {
    if (settings_.last_alone && next_ == count_) {
      if (!verify_everything()) break;
      subject_.watch_next();
    }
    run_batch();
    going = result_.is_sound() && look_closely();
  }
  if (result_.is_sound() && verify_everything()) verify_unclaimed();
  if (result_.is_sound() && profiler_) result_.profile = profiler_->finish(books_.peak_bytes());
  if (historian_) result_.history = historian_->finish();
  result_.growths = books_.growths();
  return std::move(result_);
}

bool Replayer::Replay::begin() {
  Reply reply;
  result_.ended = subject_.begin(settings_.run, reply).served == 0;
  if (result_.ended) return false;
  books_.claim_mapped(subject_.mapped());
  if (!found_right(books_.enter_init(0, reply), 0)) return false;
  if (historian_) historian_->record_init(heap_now());
  return true;
}

// Plans, sends and judges the next batch.
void Replayer::Replay::run_batch() {
  commands_.clear();
  books_.start_batch();
  const std::size_t last = settings_.last_alone && next_ < count_ ? count_ - 1 : count_;
  const std::size_t first = next_;
  const std::size_t most = std::min(subject_.max_batch(), moments_ ? moments_->room_after(next_ - 1) : SIZE_MAX);
  while (next_ <= last && commands_.size() < most) {
    const Request& request = request_at(next_);
    const bool is_init = request.op == Op::kInit;
    if (is_init ? !commands_.empty() : !books_.fits_batch(request)) break;
    const std::optional<Extent> consumed = books_.consumed_by(request);
    if (consumed && !verify_consumed(request, *consumed)) return;
    commands_.push_back(books_.plan(next_, consumed));
    books_.note_planned(request);
    ++next_;
    if (is_init) break;
  }
  ensure(next_ > first, "a batch is empty");
  serve_batch();
}

// Every reply is judged by what it says before any payload is looked at; the payloads of a subject that did not
// survive are not, because it may have died in the midst of what it was about to put right.
bool Replayer::Replay::serve_batch() {
  const std::size_t first = next_ - commands_.size();
  replies_served_ = 0;
  while (replies_served_ < commands_.size()) {
    if (!serve_part(first)) return false;
  }
  return verify_new_payloads() && (stores_are_guarded_ ? verify_past_lost_end() : verify_past_end());
}

// What is left of the batch, up to the request that changes what is mapped. What a subject said of that when it died
// may be about the request it was working on.
bool Replayer::Replay::serve_part(std::size_t first) {
  const auto commands = std::span(commands_).subspan(replies_served_);
  const auto replies = std::span(replies_).first(commands.size());
  const Progress progress = subject_.serve(commands, replies);
  ensure(progress.served > 0 || progress.ended, "a subject served nothing and goes on");
  for (std::size_t i = 0; i < progress.served; ++i, ++replies_served_) {
    if (i + 1 == progress.served && !progress.ended) books_.claim_mapped(subject_.mapped());
    if (!enter(first + replies_served_, replies[i])) return false;
  }
  result_.ended = progress.ended;
  if (progress.ended) result_.ended_at = first + replies_served_;
  return !progress.ended;
}

bool Replayer::Replay::enter(std::size_t number, const Reply& reply) {
  result_.offsets.push_back(asks_for_block(request_at(number).op) ? reply.offset : 0);
  if (!found_right(books_.enter(number, reply), number)) return false;
  if (profiler_) profiler_->record(number, books_.shadow(), books_.heap_bytes(), books_.mapped().ranges());
  if (historian_) historian_->record(request_at(number), books_.shadow(), heap_now());
  return true;
}

bool Replayer::Replay::look_closely() {
  if (!moments_ || books_.gave_up() || !moments_->is_due(next_ - 1)) return true;
  return verify_layout() && ask_checker();
}

bool Replayer::Replay::ask_checker() {
  if (!own_checks_) return true;
  const Command command{.verb = Verb::kCheck};
  Reply reply;
  result_.ended = result_.ended_in_checker = subject_.serve({&command, 1}, {&reply, 1}).ended;
  if (result_.ended) {
    result_.ended_at = next_ - 1;
    return false;
  }
  return found_right(own_checks_->judge(reply.offset));
}

std::uint64_t Replayer::Replay::end_around(const Extent& extent) const {
  if (extent.offset < books_.grown_end()) return books_.grown_end();
  return books_.mapped().end_around(extent.offset, extent.size).value_or(books_.grown_end());
}

bool Replayer::Replay::verify_layout() {
  if (!layout_) return true;
  return found_right(layout_->verify_all(books_.shadow(), [this](const Extent& extent) { return end_around(extent); }));
}

bool Replayer::Replay::verify_layout(BlockId block, const Extent& extent, std::size_t number) {
  return !layout_ || found_right(layout_->verify(block, extent, end_around(extent)), number);
}

// Damage found here was done by an earlier request.
bool Replayer::Replay::verify_consumed(const Request& request, const Extent& block) {
  return found_right(payloads_.verify(request.block, block), next_ - 1) &&
         verify_layout(request.block, block, next_ - 1);
}

// Damage that shows now was done by one of the batch's requests; the last one stands for them until the replay is
// narrowed down.
bool Replayer::Replay::verify_new_payloads() {
  for (const NewBlock& block : books_.new_blocks()) {
    const Request& request = request_at(block.request);
    const bool is_filled = request.op != Op::kCalloc && !block.before;
    const Extent& extent = books_.shadow().extent_of(request.block);
    const bool is_late = stores_are_guarded_ && is_filled;
    if (!is_late && !found_right(payloads_.verify_new(request, extent, block.before))) return false;
    if (!verify_layout(request.block, extent, next_ - 1)) return false;
  }
  return true;
}

bool Replayer::Replay::verify_everything() {
  std::optional<Violation> violation;
  books_.shadow().for_each([&](BlockId block, const Extent& extent) {
    if (!violation) violation = payloads_.verify(block, extent);
  });
  return found_right(violation) && verify_layout() && verify_past_end();
}

// The first byte past the end that is zero while nobody writes there.
std::uint64_t Replayer::Replay::untouched_from() const {
  return books_.grown_end() + (settings_.run.fill == HeapFill::kZero ? 0 : kFilledPastEnd);
}

bool Replayer::Replay::verify_past_end() {
  return verify_untouched(untouched_from(), std::min(books_.grown_end() + kWatchedPastEnd, books_.mapped().lowest()));
}

// Growing heaps look at what they grow over. Of one that got smaller, what was past its end is looked at now.
bool Replayer::Replay::verify_past_lost_end() {
  const std::uint64_t end = books_.grown_end();
  const std::uint64_t before = std::exchange(end_before_, end);
  return end >= before || verify_untouched(untouched_from(), std::min(before + kWatchedPastEnd, books_.mapped().lowest()));
}

// All memory that somebody has written to although it is not in the heap: past its end, and between mapped ranges.
bool Replayer::Replay::verify_unclaimed() {
  const std::span<const HeapRange> mapped = books_.mapped().ranges();
  auto next = mapped.begin();
  for (const HeapRange& touched : subject_.touched()) {
    std::uint64_t begin = std::max(touched.offset, untouched_from());
    while (next != mapped.end() && next->offset < touched.end()) {
      if (!verify_untouched(begin, next->offset)) return false;
      begin = std::max(begin, next->end());
      if (next->end() > touched.end()) break;  // and into the next stretch
      ++next;
    }
    if (!verify_untouched(begin, touched.end())) return false;
  }
  return true;
}

bool Replayer::Replay::verify_untouched(std::uint64_t begin, std::uint64_t end) {
  return begin >= end || found_right(payloads_.verify_outside({begin, end - begin}));
}

bool Replayer::Replay::note(const Violation& violation, std::size_t number) {
  result_.violation = violation;
  result_.violation->request = number;
  if (violation.damage || violation.breach) result_.violation->heap_bytes = books_.grown_end();
  return false;
}

Replayer::Replayer(Subject& subject) : subject_(subject) {}
Replayer::~Replayer() = default;

ReplayResult Replayer::replay(const Trace& trace, const ReplayRules& rules, const ReplaySettings& settings) {
  if (replay_ == nullptr) {
    replay_ = std::make_unique<Replay>(subject_, trace, rules, settings);
  } else {
    replay_->restart(trace, rules, settings);
  }
  return replay_->run();
}

ReplayResult replay(Subject& subject, const Trace& trace, const ReplayRules& rules,
                    const ReplaySettings& settings) {
  return Replayer(subject).replay(trace, rules, settings);
}

}  // namespace heapjudge
