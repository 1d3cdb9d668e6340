// Shrinks a failing trace.
#include "fuzz/shrink.h"

#include <algorithm>
#include <array>
#include <bit>
#include <unordered_set>
#include <utility>
#include <vector>

#include "fuzz/lifetimes.h"
#include "fuzz/shrink_moves.h"

namespace heapjudge {
namespace {

// Theory of operation. Moves make candidates; one that still fails takes the place of the trace. None is tried twice.
//
//   once, of many:    cut the end off │ keep the last blocks alone │ nothing but blocks of one size │ no large sizes
//   until nothing changes, from the first that does on again:
//     1  leave out blocks and requests in turn: half of them at once, a quarter ... one (ddmin; Zeller 2002)
//        of many: one block in the place of several; of few: simpler requests
//     2  of very few: two requests at once
//     3  of few: plain sizes
//     4  of few, once: the smallest sizes

constexpr std::size_t kFew = 64;      // requests, for what tries each of them
constexpr std::size_t kVeryFew = 14;  // for what tries each pair
constexpr std::size_t kRoundsOfSizes = 3;
constexpr std::uint64_t kOneSize = 32;
constexpr std::uint64_t kOwnSize = 0;  // see births_before_last()
constexpr std::size_t kFewLast = 8;  // requests of the end

constexpr std::array<std::uint64_t, 12> kEasySizes{1, 8, 16, 24, 32, 64, 128, 256, 512, 1024, 2048, 4096};
constexpr std::array<std::uint64_t, 2> kMostSizes{1024, 65536};

std::uint64_t fingerprint_of(std::span<const Request> requests) {
  std::uint64_t sum = requests.size();
  for (const Request& request : requests) {
    for (const std::uint64_t word :
         {request.size, std::uint64_t{request.block} << 32 | std::uint64_t{request.count} << 16 |
                            static_cast<std::uint64_t>(request.op) << 8 | request.alignment_log2}) {
      sum = (sum ^ word) * 0x9e3779b97f4a7c15;
      sum ^= sum >> 29;
    }
  }
  return sum;
}

enum class Stage : std::uint8_t { kFewer, kPairs, kPlainSizes, kSmallSizes };
constexpr std::array kStages{Stage::kFewer, Stage::kPairs, Stage::kPlainSizes, Stage::kSmallSizes};

class Shrinker {
 public:
  Shrinker(const Trace& trace, const StillFails& still_fails, const ShrinkSettings& settings)
      : trace_(trace), still_fails_(still_fails), settings_(settings), best_(lifetimes_of(trace)) {}

  Shrunk shrink();

 private:
  using Indices = std::vector<std::size_t>;

  bool is_out_of_tries() const { return tries_ >= settings_.most_tries || requests_ >= settings_.most_requests; }
  bool accept(std::span<const LifeRequest> changed);
  bool accept_without(std::size_t first, std::size_t end);
  bool run_stage(Stage stage);

  void cut_end_off();
  void keep_last_blocks();
  void keep_births();
  void cap_sizes();
  void leave_out();
  void leave_out_blocks(std::size_t step);
  void leave_out_requests(std::size_t step);
  void join_blocks();
  void leave_out_pairs();
  void simplify_requests();
  void change_sizes(void (Shrinker::*change)(const Indices&));
  void make_size_plain(const Indices& at);
  void lower_size(const Indices& at);
  bool accept_size(const Indices& at, std::uint64_t size);

  const Trace& trace_;
  const StillFails& still_fails_;
  ShrinkSettings settings_;
  std::size_t tries_ = 0;
  std::size_t requests_ = 0;
  std::size_t rounds_of_sizes_ = 0;
  bool has_lowered_ = false;
  Lifetimes best_;
  std::unordered_set<std::uint64_t> seen_;  // fingerprints of the candidates so far
};

bool Shrinker::accept(std::span<const LifeRequest> changed) {
  if (is_out_of_tries()) return false;
  Lifetimes candidate = repaired(changed);
  if (candidate.empty()) return false;
  const Trace trace = trace_of(candidate, trace_.name(), trace_.header());
  if (!seen_.insert(fingerprint_of(trace.requests())).second) return false;
  ++tries_;
  requests_ += candidate.size();
  if (!still_fails_(trace)) return false;
  best_ = std::move(candidate);
  return true;
}

bool Shrinker::accept_without(std::size_t first, std::size_t end) {
  Lifetimes fewer;
  fewer.reserve(best_.size() - (end - first));
  fewer.assign(best_.begin(), best_.begin() + static_cast<std::ptrdiff_t>(first));
  fewer.insert(fewer.end(), best_.begin() + static_cast<std::ptrdiff_t>(end), best_.end());
  return accept(fewer);
}

// In growing steps: a trace most often ends where it fails already.
void Shrinker::cut_end_off() {
  std::size_t step = 1;
  while (step < best_.size() && accept(std::span(best_).first(best_.size() - step))) step *= 2;
  for (step /= 2; step > 0; step /= 2) {
    if (step < best_.size()) accept(std::span(best_).first(best_.size() - step));
  }
}

// A failure is often about the blocks of the last few requests. To try these is cheap, and where it is so, nothing that
// comes before has to be run again.
void Shrinker::keep_last_blocks() {
  for (std::size_t count = kFewLast; count < best_.size() / 2; count *= 4) {
    if (accept(with_last_blocks(best_, count))) return;
  }
}

// What takes many blocks often takes nothing else of them than that they are there, before the last request.
void Shrinker::keep_births() {
  for (const std::uint64_t size : {kOneSize, kOwnSize}) {
    if (accept(births_before_last(best_, size))) return cut_end_off();
  }
}

// Large blocks cost as much as many requests: their payloads are written and read.
void Shrinker::cap_sizes() {
  for (const std::uint64_t most : kMostSizes) {
    const Lifetimes lower = with_sizes_capped(best_, most);
    if (lower != best_ && accept(lower)) return;
  }
}

// Half of them at once, a quarter ... one. Blocks and requests in turn: where many blocks have to be there and few are
// ever freed, or the other way round, one of the two gets nowhere before the other has.
void Shrinker::leave_out() {
  for (std::size_t step = std::bit_floor(best_.size()); step > 0; step /= 2) {
    leave_out_blocks(step);
    leave_out_requests(step);
  }
}

void Shrinker::leave_out_blocks(std::size_t step) {
  std::vector<BlockId> blocks;
  for (const LifeRequest& life : best_) {
    if (life.is_birth) blocks.push_back(life.request.block);
  }
  std::ranges::sort(blocks);  // which most are by birth
  if (step > blocks.size()) return;
  for (std::size_t end = blocks.size(); end > 0 && !is_out_of_tries();) {
    const std::size_t first = end - std::min(step, end);
    const auto from = blocks.begin() + static_cast<std::ptrdiff_t>(first);
    const auto to = blocks.begin() + static_cast<std::ptrdiff_t>(end);
    Lifetimes fewer = best_;
    std::erase_if(
        fewer, [&](const LifeRequest& life) { return std::binary_search(from, to, life.request.block); });
    if (accept(fewer)) blocks.erase(from, to);
    end = first;
  }
}

void Shrinker::leave_out_requests(std::size_t step) {
  for (std::size_t end = best_.size(); end > 0 && !is_out_of_tries();) {
    const std::size_t first = end - std::min(step, end);
    accept_without(first, end);
    end = std::min(first, best_.size());
  }
}

// What shows only in a heap of some size, or after it has grown, often takes one large block instead of many.
void Shrinker::join_blocks() {
  const auto births = [this] {
    return static_cast<std::size_t>(std::ranges::count(best_, true, &LifeRequest::is_birth));
  };
  for (std::size_t step = std::bit_floor(births()); step > 1; step /= 2) {
    for (std::size_t first = births(); first > 0 && !is_out_of_tries();) {
      first -= std::min(step, first);
      accept(joined(best_, first, step));
    }
  }
}

void Shrinker::leave_out_pairs() {
  for (std::size_t high = best_.size(); high-- > 1;) {
    for (std::size_t low = high; low-- > 0 && high < best_.size();) {
      Lifetimes fewer = best_;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(high));
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(low));
      accept(fewer);
    }
  }
}

void Shrinker::simplify_requests() {
  for (const Move move : kMoves) {
    for (std::size_t i = 0; i < best_.size();) {
      const std::optional<Lifetimes> changed = move(best_, i);
      if (!changed || !accept(*changed)) ++i;
    }
  }
}

bool Shrinker::accept_size(const Indices& at, std::uint64_t size) {
  Lifetimes changed = best_;
  for (const std::size_t index : at) changed[index].request.size = size;
  return accept(changed);
}

void Shrinker::make_size_plain(const Indices& at) {
  for (const std::uint64_t plain : kEasySizes) {
    if (plain >= best_[at.front()].request.size || accept_size(at, plain)) return;
  }
}

// By halves, down to the largest plain size that passes.
void Shrinker::lower_size(const Indices& at) {
  std::uint64_t failing = best_[at.front()].request.size;
  std::uint64_t passing = 0;
  for (const std::uint64_t plain : kEasySizes) {
    if (plain < failing) passing = plain;
  }
  while (failing - passing > 1 && !is_out_of_tries()) {
    const std::uint64_t middle = passing + (failing - passing) / 2;
    (accept_size(at, middle) ? failing : passing) = middle;
  }
}

// Equal ones together first: a block often has to fit where another one was.
void Shrinker::change_sizes(void (Shrinker::*change)(const Indices&)) {
  for (const bool together : {true, false}) {
    for (std::size_t i = 0; i < best_.size(); ++i) {
      const Request& request = best_[i].request;
      if (!asks_for_block(request.op) || request.size == 0) continue;
      Indices at{i};
      for (std::size_t k = i + 1; together && k < best_.size(); ++k) {
        const Request& other = best_[k].request;
        if (asks_for_block(other.op) && other.size == request.size) at.push_back(k);
      }
      (this->*change)(at);
    }
  }
}

// The moves of a stage; false when it is the last one.
bool Shrinker::run_stage(Stage stage) {
  switch (stage) {
    case Stage::kFewer:
      leave_out();
      if (best_.size() > kVeryFew) join_blocks();
      if (best_.size() <= kFew) simplify_requests();
      return true;
    case Stage::kPairs:
      if (best_.size() <= kVeryFew) leave_out_pairs();
      return true;
    case Stage::kPlainSizes:
      if (best_.size() <= kFew && rounds_of_sizes_++ < kRoundsOfSizes) change_sizes(&Shrinker::make_size_plain);
      return true;
    case Stage::kSmallSizes:
      if (best_.size() <= kFew && !std::exchange(has_lowered_, true)) change_sizes(&Shrinker::lower_size);
      return false;
  }
  return false;
}

// The last round finds nothing to leave out: so what comes out is minimal whenever there were tries enough.
Shrunk Shrinker::shrink() {
  cut_end_off();
  if (best_.size() > kVeryFew) keep_last_blocks();
  if (best_.size() > kVeryFew) keep_births();
  cap_sizes();
  for (bool goes_on = true; goes_on && !is_out_of_tries();) {
    for (const Stage stage : kStages) {
      const Lifetimes before = best_;
      goes_on = run_stage(stage);
      if (before == best_) continue;
      goes_on = true;
      break;
    }
  }
  return {trace_of(best_, trace_.name(), trace_.header()), tries_, !is_out_of_tries()};
}

}  // namespace

Shrunk shrink(const Trace& trace, const StillFails& still_fails, const ShrinkSettings& settings) {
  return Shrinker(trace, still_fails, settings).shrink();
}

}  // namespace heapjudge
