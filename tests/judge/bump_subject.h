// A subject without a process: a bump allocator whose replies and heap a test can tamper with.
#pragma once

#include <functional>
#include <vector>

#include "check.h"
#include "subject/subject.h"
#include "wire/payload_pattern.h"

namespace heapjudge {

// Blocks lie one after the other, 16 bytes apart, from offset 16 on; nothing is reused. `mischief` is called after
// each request of a run, counted from 1, and may change the reply and the heap; 0 is mm_init.
class BumpSubject final : public Subject {
 public:
  struct Moment {
    std::size_t run;      // from 1
    std::size_t request;  // from 1; 0 is mm_init
    const Command& command;
    Reply& reply;
    std::span<std::byte> heap;
    HeapFill fill;
    BumpSubject& subject;
  };
  using Mischief = std::function<void(Moment)>;

  explicit BumpSubject(Mischief mischief = {}, std::size_t batch = 64)
      : mischief_(std::move(mischief)), batch_(batch), heap_(kHeapBytes) {}

  static constexpr std::size_t kHeapBytes = 1 << 20;
  static constexpr std::uint64_t kHeapBase = 0x800000000;

  Progress begin(const RunSettings& settings, Reply& reply) override {
    ++run_;
    request_ = 0;
    settings_ = settings;
    restart();
    const Command none;
    reply = {};
    tamper(none, reply);
    return {1, false};
  }

  Progress serve(std::span<const Command> commands, std::span<Reply> replies) override {
    ensure(commands.size() <= batch_, "the batch is too large");
    mapped_changed_ = false;
    for (std::size_t i = 0; i < commands.size(); ++i) {
      ++request_;
      replies[i] = answer(commands[i]);
      tamper(commands[i], replies[i]);
      fill(commands[i], replies[i]);
      if (ending_.kind != EndingKind::kDismissed) return {i, true};
      if (mapped_changed_) return {i + 1, false};
    }
    return {commands.size(), false};
  }

  // From mischief: the subject does not survive the request in hand.
  void die(EndingKind kind) { ending_.kind = kind; }

  void revive() { ending_ = {}; }  // after the run in which it died

  // From mischief: as mem_sbrk with a negative increment.
  void end_heap_at(std::uint64_t offset) {
    std::fill(heap_.begin() + static_cast<std::ptrdiff_t>(offset), heap_.end(), std::byte{0});
    end_ = offset;
  }

  // From mischief: what mapped() says from now on. The memory is for the caller to keep in order.
  void map(std::vector<HeapRange> ranges) {
    mapped_ = std::move(ranges);
    mapped_changed_ = true;
  }

  std::span<const HeapRange> mapped() override { return mapped_; }
  std::size_t max_batch() const override { return batch_; }
  std::span<std::byte> heap() override { return heap_; }
  std::uint64_t heap_base() const override { return kHeapBase; }
  std::uint64_t touched_bytes() override { return heap_.size(); }
  std::uint64_t bytes_outside_heap() override { return hidden_bytes; }
  std::string isolation() const override { return "none"; }
  const Ending& end() override { return ending_; }

  std::uint64_t hidden_bytes = 0;

 private:
  void restart() {
    mapped_.clear();
    std::fill(heap_.begin(), heap_.end(), std::byte{0});
    end_ = 16;
    growths_ = 0;
    refuse_next_ = 0;
    sizes_.assign(kHeapBytes / 16 + 1, 0);
  }

  // As the request server does.
  void fill(const Command& command, const Reply& reply) {
    if (command.verb == Verb::kCalloc || reply.offset == 0 || command.size <= command.kept) return;
    if (reply.offset > heap_.size() || command.size > heap_.size() - reply.offset) return;
    PayloadPattern(PointerWidth::k64)
        .fill(heap().subspan(reply.offset + command.kept, command.size - command.kept), command.stamp);
  }

  void tamper(const Command& command, Reply& reply) {
    if (mischief_) mischief_({run_, request_, command, reply, heap_, settings_.fill, *this});
  }

  Reply allocate(std::uint64_t size) {
    Reply reply{0 - kHeapBase, end_, end_, 0, 0};
    if (size == 0) return reply;
    if (size > heap_.size() - end_) {
      reply.sbrk_events = kSbrkLimit;
      return reply;
    }
    ++growths_;
    reply.sbrk_calls = 1;
    if (refuse_next_ > 0 || (settings_.refuse_from != 0 && growths_ >= settings_.refuse_from &&
                             growths_ < settings_.refuse_from + settings_.refuse_count)) {
      if (refuse_next_ > 0) --refuse_next_;
      reply.sbrk_events = kSbrkRefused;
      return reply;
    }
    reply.offset = end_;
    sizes_[end_ / 16] = size;
    end_ += (size + 15) / 16 * 16;
    reply.heap_bytes = reply.peak_bytes = end_;
    return reply;
  }

  Reply reallocate(const Command& command) {
    Reply reply = allocate(command.size);
    if (command.offset == 0 - kHeapBase || reply.offset == 0 - kHeapBase) return reply;
    const std::uint64_t kept = std::min(sizes_[command.offset / 16], command.size);
    std::copy_n(heap_.begin() + static_cast<std::ptrdiff_t>(command.offset), kept,
                heap_.begin() + static_cast<std::ptrdiff_t>(reply.offset));
    return reply;
  }

  Reply answer(const Command& command) {
    switch (command.verb) {
      case Verb::kMalloc:
      case Verb::kAligned: return allocate(command.size);
      case Verb::kCalloc: return allocate(command.size * command.count);
      case Verb::kRealloc: return reallocate(command);
      case Verb::kInit: restart(); break;
      case Verb::kRefuse: refuse_next_ = command.size; break;
      case Verb::kFree:
      case Verb::kSkip:
      case Verb::kCheck: break;
    }
    return {0, end_, end_, 0, 0};
  }

  Mischief mischief_;
  std::size_t batch_;
  std::vector<std::byte> heap_;
  std::vector<std::uint64_t> sizes_;
  std::vector<HeapRange> mapped_;
  bool mapped_changed_ = false;
  RunSettings settings_;
  Ending ending_;
  std::uint64_t end_ = 16;
  std::uint64_t growths_ = 0;
  std::uint64_t refuse_next_ = 0;
  std::size_t run_ = 0;
  std::size_t request_ = 0;
};

}  // namespace heapjudge
