// The families of generated traces.
#include <algorithm>
#include <array>
#include <vector>

#include "trace/generate.h"
#include "trace/random.h"
#include "trace/trace_builder.h"

namespace heapjudge {
namespace {

// True while another `step` requests leave room to free what is live then.
bool room_for(const TraceBuilder& trace, std::size_t step, const FamilySettings& settings) {
  return trace.size() + trace.live().size() + 2 * step <= settings.requests;
}

BlockId any_live(const TraceBuilder& trace, Random& random) {
  return trace.live()[random.below(trace.live().size())];
}

// Lifetimes at random over sizes from `next_size`; one request in `resize_one_in` resizes (0: none does).
Trace random_lifetimes(const FamilySettings& settings, std::uint64_t resize_one_in,
                       const std::function<std::uint64_t(Random&)>& next_size) {
  Random random(settings.seed);
  TraceBuilder trace;
  while (room_for(trace, 1, settings)) {
    const std::size_t live = trace.live().size();
    if (live > 0 && resize_one_in != 0 && random.one_in(resize_one_in)) {
      const BlockId block = any_live(trace, random);
      trace.resize(block, next_size(random));
    } else if (random.below(settings.live_blocks) >= live) {
      trace.allocate(next_size(random));  // the fuller it is, the rarer
    } else {
      trace.free(any_live(trace, random));
    }
  }
  trace.free_all_oldest_first();
  return trace.build(settings.name);
}

// Allocates while `live_blocks` allow, then frees as many as `free_one` says; again and again.
Trace ups_and_downs(const FamilySettings& settings, const std::function<void(TraceBuilder&)>& free_one) {
  Random random(settings.seed);
  TraceBuilder trace;
  bool up = true;
  while (room_for(trace, 1, settings)) {
    const std::size_t live = trace.live().size();
    if (live == 0) up = true;
    if (live == settings.live_blocks) up = false;
    if (random.one_in(64)) up = !up && live < settings.live_blocks;
    if (up || live == 0) {
      trace.allocate(random.between(1, settings.largest_bytes));
    } else {
      free_one(trace);
    }
  }
  while (!trace.live().empty()) free_one(trace);
  return trace.build(settings.name);
}

}  // namespace

Trace random_mixed(const FamilySettings& settings) {
  return random_lifetimes(settings, 6, [&settings](Random& random) {
    // A quarter of the requests is large; the others share the lowest sixteenth.
    return random.between(1, random.one_in(4) ? settings.largest_bytes : settings.largest_bytes / 16 + 1);
  });
}

Trace bimodal(const FamilySettings& settings) {
  return random_lifetimes(settings, 0, [&settings](Random& random) {
    const std::uint64_t large = settings.largest_bytes;
    return random.one_in(8) ? random.between(large - large / 8, large) : random.between(16, 64);
  });
}

Trace log_normal(const FamilySettings& settings) {
  return random_lifetimes(settings, 12, [&settings](Random& random) {
    // The sum of four dice is near enough to normal; eighths of a doubling keep it in integers.
    std::uint64_t eighths = 0;
    for (int die = 0; die < 4; ++die) eighths += random.below(33);
    const std::uint64_t octave = std::uint64_t{1} << (eighths / 8);
    return std::clamp<std::uint64_t>(octave + octave * (eighths % 8) / 8, 1, settings.largest_bytes);
  });
}

Trace alternate_survivors(const FamilySettings& settings) {
  Random random(settings.seed);
  TraceBuilder trace;
  const std::size_t pairs = settings.live_blocks / 2;
  std::uint64_t large = std::max<std::uint64_t>(settings.largest_bytes / 4, 64);
  while (room_for(trace, 4 * pairs, settings)) {
    const std::uint64_t small = random.between(8, 64);
    std::vector<BlockId> holes;
    for (std::size_t i = 0; i < pairs; ++i) {
      trace.allocate(small);
      holes.push_back(trace.allocate(large));
    }
    for (const BlockId hole : holes) trace.free(hole);
    for (std::size_t i = 0; i < pairs; ++i) trace.allocate(i % 2 == 0 ? large + large / 8 : large / 2);
    trace.free_all_oldest_first();
    large = std::min(large + large / 4, settings.largest_bytes);
  }
  return trace.build(settings.name);
}

Trace coalesce(const FamilySettings& settings) {
  Random random(settings.seed);
  TraceBuilder trace;
  std::vector<BlockId> merged;
  while (room_for(trace, 8, settings)) {
    const std::uint64_t size = random.between(settings.largest_bytes / 16 + 1, settings.largest_bytes / 2);
    const BlockId low = trace.allocate(size);
    const BlockId high = trace.allocate(size);
    trace.allocate(24);  // keeps what is freed apart from what follows
    const bool low_first = random.one_in(2);
    trace.free(low_first ? low : high);
    trace.free(low_first ? high : low);
    merged.push_back(trace.allocate(2 * size));
    if (trace.live().size() >= settings.live_blocks) {
      for (const BlockId block : merged) trace.free(block);
      merged.clear();
      trace.free_all_newest_first();
    }
  }
  trace.free_all_oldest_first();
  return trace.build(settings.name);
}

Trace realloc_growth(const FamilySettings& settings) {
  Random random(settings.seed);
  TraceBuilder trace;
  struct Growing {
    BlockId block;
    std::uint64_t size;
  };
  std::array<Growing, 4> growing{};
  for (Growing& one : growing) one = {.block = trace.allocate(64), .size = 64};
  while (room_for(trace, 2, settings)) {
    Growing& one = growing[random.below(growing.size())];
    one.size += random.between(1, 256);
    if (one.size > settings.largest_bytes) one.size = 64;
    trace.resize(one.block, one.size);
    if (random.one_in(4) && trace.live().size() < settings.live_blocks) trace.allocate(random.between(8, 48));
  }
  trace.free_all_oldest_first();
  return trace.build(settings.name);
}

Trace stack(const FamilySettings& settings) {
  return ups_and_downs(settings, [](TraceBuilder& trace) { trace.free(trace.live().back()); });
}

Trace queue(const FamilySettings& settings) {
  return ups_and_downs(settings, [](TraceBuilder& trace) { trace.free(trace.live().front()); });
}

}  // namespace heapjudge
