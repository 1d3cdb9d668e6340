#include "student/program_replay.h"

#include "memlib.h"
#include "student/laps.h"
#include "student/memlib_control.h"
#include "student/server.h"

namespace heapjudge {

namespace {

constexpr std::uint64_t kStepsPerSign = 256;

// Every block is at the heap's start, unless the heap could not hold it.
void* malloc_nothing(std::size_t size) { return size <= heapjudge_memlib_limit() ? mem_heap_lo() : nullptr; }
int init_nothing(void**) { return 0; }
void free_nothing(void*) {}
void* realloc_nothing(void*, std::size_t size) { return malloc_nothing(size); }
void* calloc_nothing(std::size_t count, std::size_t size) { return malloc_nothing(count * size); }
void* aligned_nothing(std::size_t, std::size_t size) { return malloc_nothing(size); }

constexpr EntryPoints kNothing{init_nothing,    malloc_nothing, free_nothing,
                               realloc_nothing, calloc_nothing, aligned_nothing};

// Members that a step needs are copies: the answers it writes could be anything's bytes, as far as the compiler knows.
class ProgramReplay {
 public:
  ProgramReplay(const ProgramView& program, const ReplayOrder& order, const EntryPoints& entries)
      : steps_(program.steps + (order.order % program.shape.orders) * program.shape.requests),
        answers_(program.answers),
        count_(program.shape.requests),
        entries_(entries),
        heap_base_(reinterpret_cast<std::uintptr_t>(mem_heap_lo())),
        random_(order.seed) {}

  template <typename Clock>
  ReplayOutcome run(std::uint32_t passes, Clock laps, std::atomic<std::uint32_t>& completed) {
    std::uint32_t signs = 0;
    MemlibRun unwatched;
    unwatched.watched = false;
    for (std::uint32_t pass = 0; pass < passes; ++pass) {
      heapjudge_memlib_begin(&unwatched);
      init();
      for (std::uint64_t first = 0; first < count_; first += kStepsPerSign) {
        take_steps(first, count_ - first < kStepsPerSign ? count_ : first + kStepsPerSign, laps);
        completed.store(++signs, std::memory_order_relaxed);
      }
      note_peak();
    }
    return outcome_;
  }

 private:
  void init() {
    heapjudge_memlib_empty_as_it_is();
    if (call_init(entries_) != kInitOk) ++outcome_.init_failures;
  }

  void note_peak() {
    MemlibEvents events;
    heapjudge_memlib_take_events(&events);
    if (events.peak_bytes > outcome_.peak_bytes) outcome_.peak_bytes = events.peak_bytes;
  }

  template <typename Clock>
  void take_steps(std::uint64_t first, std::uint64_t end, Clock& laps) {
    const EntryPoints entries = entries_;
    const ReplayStep* const steps = steps_;
    std::uint64_t* const answers = answers_;
    const std::uint64_t base = heap_base_;
    for (std::uint64_t i = first; i < end; ++i) {
      const ReplayStep& step = steps[i];
      const std::size_t size = to_size(step.size);
      laps.start();
      switch (step.op) {
        case Op::kMalloc: answers[i] = number(entries.malloc(size)) - base; break;
        case Op::kFree:
          answers[i] = 0;
          if (step.source == ReplayStep::kNoStep) {
            entries.free(nullptr);
          } else if (const std::uint64_t block = answers[step.source] + base; block != 0) {
            entries.free(pointer(block));
          } else {
            free_after_refusal(step);
          }
          break;
        case Op::kRealloc: answers[i] = resize(step, size) - base; break;
        case Op::kCalloc: answers[i] = clear(step, size) - base; break;
        case Op::kAligned:
          answers[i] = number(entries.aligned(std::size_t{1} << step.alignment_log2, size)) - base;
          break;
        case Op::kInit: answers[i] = 0; note_peak(); init(); break;
        case Op::kRefuse: answers[i] = 0; heapjudge_memlib_refuse_next(step.size); break;
      }
      laps.end(i);
    }
  }

  // The step that made the block which `step` frees or resizes: not the last one that was to resize it, when that
  // failed. kNoStep when no step made it: the request for it was refused.
  std::uint32_t maker_of(const ReplayStep& step) const {
    std::uint32_t maker = step.source;
    while (maker != ReplayStep::kNoStep && answers_[maker] + heap_base_ == 0) {
      const bool failed = steps_[maker].op == Op::kRealloc && steps_[maker].size != 0;
      maker = failed ? steps_[maker].source : ReplayStep::kNoStep;
    }
    return maker;
  }

  // [[gnu::noinline]]: rare, and the loop is the faster for its absence.
  [[gnu::noinline]] void free_after_refusal(const ReplayStep& step) {
    const std::uint32_t maker = maker_of(step);
    if (maker != ReplayStep::kNoStep) entries_.free(pointer(answers_[maker] + heap_base_));
  }

  std::uint64_t resize(const ReplayStep& step, std::size_t size) {
    if (step.source == ReplayStep::kNoStep) return number(entries_.realloc(nullptr, size));
    const std::uint32_t maker = maker_of(step);
    if (maker == ReplayStep::kNoStep) return number(entries_.malloc(size));
    auto* const old = static_cast<unsigned char*>(pointer(answers_[maker] + heap_base_));
    const std::size_t old_size = payload_of(steps_[maker]);
    const std::size_t kept = old_size < size ? old_size : size;
    if (kept == 0) return number(entries_.realloc(old, size));
    const std::size_t position = next_below(kept);
    const auto mark = static_cast<unsigned char>(random_ >> 24);
    old[position] = mark;
    void* const block = entries_.realloc(old, size);
    if (block != nullptr && static_cast<unsigned char*>(block)[position] != mark) ++outcome_.lost_bytes;
    return number(block);
  }

  std::uint64_t clear(const ReplayStep& step, std::size_t size) {
    void* const block = entries_.calloc(step.count, size);
    const std::size_t bytes = payload_of(step);
    if (block != nullptr && bytes != 0) {
      unsigned char& byte = static_cast<unsigned char*>(block)[next_below(bytes)];
      if (byte != 0) ++outcome_.lost_bytes;
      byte = 0xdb;
    }
    return number(block);
  }

  // Of a block that is there: the product has not overflowed.
  static std::size_t payload_of(const ReplayStep& step) {
    return static_cast<std::size_t>(step.op == Op::kCalloc ? step.size * step.count : step.size);
  }

  static std::uint64_t number(const void* pointer) { return reinterpret_cast<std::uintptr_t>(pointer); }
  static void* pointer(std::uint64_t number) { return reinterpret_cast<void*>(static_cast<std::uintptr_t>(number)); }

  // Knuth's linear congruential generator (MMIX); its upper bits are good enough to choose a byte.
  std::size_t next_below(std::size_t bound) {
    random_ = random_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::size_t>(((random_ >> 32) * bound) >> 32);
  }

  const ReplayStep* steps_;
  std::uint64_t* answers_;
  std::uint64_t count_;
  EntryPoints entries_;
  std::uint64_t heap_base_;
  std::uint64_t random_;
  ReplayOutcome outcome_;
};

}  // namespace

ReplayOutcome replay_program(const ProgramView& program, const ReplayOrder& order, const EntryPoints& submission,
                             std::atomic<std::uint32_t>& completed) {
  const bool nothing = order.target == ReplayTarget::kLoopAlone;
  ProgramReplay replay(program, order, nothing ? kNothing : submission);
  return order.clocked != 0 ? replay.run(order.passes, Laps(program.ticks), completed)
                            : replay.run(order.passes, NoLaps(), completed);
}

}  // namespace heapjudge
