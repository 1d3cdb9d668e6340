// Streams of requests: sizes, lifetimes and the odd request, each drawn on its own.
#include <optional>

#include "generate/live_pool.h"
#include "generate/phases.h"

namespace heapjudge {
namespace {

constexpr std::uint64_t kLeastAlignmentLog2 = 4;
constexpr std::uint64_t kMostAlignmentLog2 = 12;
constexpr std::uint64_t kMostCount = 64;  // of calloc

class StreamWriter {
 public:
  StreamWriter(const Stream& stream, TraceWriter& trace, Random& random)
      : stream_(stream),
        trace_(trace),
        random_(random),
        pool_(stream),
        sizes_(stream.sizes),
        resize_to_(stream.resizing.to),
        resize_more_(stream.resizing.more) {
    for (const BlockId block : trace.live()) pool_.add(block, random);
    choose_target();
  }

  void write() {
    const std::size_t end = trace_.size() + stream_.requests;
    while (trace_.size() < end) step();
  }

 private:
  void step() {
    if (write_odd_request()) return;
    if (pool_.size() > 0 && stream_.resizing.chance.happens(random_)) return resize();
    if (wants_block()) {
      pool_.add(allocate(), random_);
    } else {
      trace_.free(pool_.take(random_));
    }
  }

  bool wants_block() {
    if (pool_.size() == 0) return true;
    if (trace_.live_bytes() > stream_.most_live_bytes) return false;
    if (stream_.lifetimes == Lifetimes::kTimed) return !pool_.is_due();
    if (pool_.size() == target_) choose_target();
    const bool room = pool_.size() < stream_.most_live;
    const bool up = pool_.size() == target_ ? room && !went_up_ : pool_.size() < target_;
    went_up_ = up != (room && stream_.against.happens(random_));
    return went_up_;
  }

  void choose_target() { target_ = random_.between(stream_.fewest_live, stream_.most_live); }

  BlockId allocate() {
    const std::uint64_t size = sizes_.draw(random_);
    const OddRequests& odd = stream_.odd;
    if (odd.zero.happens(random_)) return trace_.allocate(0);
    if (odd.realloc_null.happens(random_)) return trace_.resize_null(size);
    if (odd.cleared.happens(random_)) {
      const std::uint64_t count = random_.between(1, kMostCount);
      return trace_.allocate_cleared(static_cast<std::uint16_t>(count), size / count);
    }
    if (odd.aligned.happens(random_)) {
      const std::uint64_t log2 = random_.between(kLeastAlignmentLog2, kMostAlignmentLog2);
      return trace_.allocate_aligned(static_cast<std::uint8_t>(log2), size);
    }
    return trace_.allocate(size);
  }

  void resize() {
    const BlockId block = pool_.any(random_);
    if (resize_more_) return trace_.resize(block, trace_.size_of(block) + resize_more_->draw(random_));
    trace_.resize(block, resize_to_ ? resize_to_->draw(random_) : sizes_.draw(random_));
  }

  bool write_odd_request() {
    if (stream_.odd.free_null.happens(random_)) {
      trace_.free_null();
      return true;
    }
    if (pool_.size() == 0 || !stream_.odd.to_zero.happens(random_)) return false;
    // Some allocators free the block, some keep it; what follows fits both.
    const BlockId block = pool_.take(random_);
    trace_.resize(block, 0);
    if (random_.one_in(2)) {
      trace_.free(block);
    } else {
      trace_.resize(block, sizes_.draw(random_));
      pool_.add(block, random_);
    }
    return true;
  }

  const Stream& stream_;
  TraceWriter& trace_;
  Random& random_;
  LivePool pool_;
  Distribution sizes_;
  std::optional<Distribution> resize_to_;
  std::optional<Distribution> resize_more_;
  std::size_t target_ = 0;
  bool went_up_ = false;
};

}  // namespace

void write_phase(const Stream& stream, TraceWriter& trace, Random& random) {
  StreamWriter(stream, trace, random).write();
}

}  // namespace heapjudge
