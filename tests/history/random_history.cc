// A random walk over states that may follow each other.
#include "tests/history/random_history.h"

#include <algorithm>
#include <random>

#include "check.h"

namespace heapjudge {
namespace {

constexpr std::uint64_t kMappedFrom = 1 << 20;
constexpr std::uint64_t kRangeBytes = 4096;

class RandomWalk {
 public:
  explicit RandomWalk(const RandomHistorySettings& settings) : settings_(settings), random_(settings.seed) {
    history_.alignment = settings.alignment;
    history_.grown_bytes.push_back(below(3) * settings.alignment);
  }

  HeapHistory walk() {
    while (history_.requests() < settings_.requests) step();
    for (BlockLife& life : history_.blocks) life.died = life.died == 0 ? moment() : life.died;
    for (RangeLife& life : history_.ranges) life.died = life.died == 0 ? moment() : life.died;
    return history_;
  }

 private:
  std::uint64_t below(std::uint64_t bound) { return random_() % bound; }
  std::size_t moment() const { return history_.grown_bytes.size(); }

  void step() {
    grown_ = history_.grown_bytes.back();
    const std::uint64_t what = below(10);
    if (what < 3) free_one();
    if (what == 9 && below(2) == 0) move_one();
    if (settings_.mapped && below(20) == 0) change_ranges();
    if (settings_.shrinks && below(10) == 0) shrink();
    if (what >= 3 && what < 9) place_one();
    history_.grown_bytes.push_back(grown_);
  }

  std::vector<BlockLife*> live() {
    std::vector<BlockLife*> result;
    for (BlockLife& life : history_.blocks) {
      if (life.died == 0) result.push_back(&life);
    }
    return result;
  }

  void free_one() {
    const auto blocks = live();
    if (!blocks.empty()) blocks[below(blocks.size())]->died = moment();
  }

  void move_one() {
    const auto blocks = live();
    if (blocks.empty()) return;
    blocks[below(blocks.size())]->died = moment();
    place_one();
  }

  bool is_free(std::uint64_t offset, std::uint64_t size) {
    return std::ranges::none_of(live(), [&](const BlockLife* life) {
      if (life->size == 0) return size > 0 && offset <= life->offset && life->offset < offset + size;
      if (size == 0) return life->offset <= offset && offset < life->offset + life->size;
      return life->offset < offset + size && offset < life->offset + life->size;
    });
  }

  void place_one() {
    const std::uint64_t size = below(8) == 0 ? 0 : 1 + below(settings_.most_bytes);
    for (int tries = 0; tries < 4; ++tries) {
      const std::uint64_t offset = below(grown_ / settings_.alignment + 1) * settings_.alignment;
      if (size <= grown_ - offset && is_free(offset, size)) return add(offset, size);
    }
    for (const RangeLife& range : history_.ranges) {
      // One of no bytes does not lie at the start, where it might belong to the range before.
      const std::uint64_t at = range.range.offset + (size == 0 ? settings_.alignment : 0);
      if (range.died == 0 && below(2) == 0 && is_free(at, size)) return add(at, size);
    }
    std::uint64_t offset = (grown_ + below(3) * settings_.alignment + settings_.alignment - 1) /
                           settings_.alignment * settings_.alignment;
    while (!is_free(offset, size)) offset += settings_.alignment;  // of blocks of no bytes at the end
    grown_ = offset + size + below(3) * 8;
    add(offset, size);
  }

  void add(std::uint64_t offset, std::uint64_t size) {
    history_.blocks.push_back({next_id_++, moment(), 0, offset, size});
  }

  void shrink() {
    std::uint64_t least = 0;
    for (const BlockLife* life : live()) {
      if (life->offset < kMappedFrom) least = std::max(least, life->offset + life->size);
    }
    grown_ = least + below(grown_ - least + 1);
  }

  void change_ranges() {
    const std::uint64_t offset = kMappedFrom + below(6) * kRangeBytes;
    for (RangeLife& life : history_.ranges) {
      if (life.died != 0 || life.range.offset != offset) continue;
      for (BlockLife* block : live()) {
        if (block->offset >= offset && block->offset <= offset + kRangeBytes) block->died = moment();
      }
      life.died = moment();
      return;
    }
    history_.ranges.push_back({{offset, kRangeBytes}, moment(), 0});
  }

  RandomHistorySettings settings_;
  std::mt19937 random_;
  HeapHistory history_;
  std::uint64_t grown_ = 0;
  BlockId next_id_ = 0;
};

}  // namespace

HeapHistory random_history(const RandomHistorySettings& settings) {
  return RandomWalk(settings).walk();
}

HeapHistory packed_history(std::size_t requests, std::uint64_t heap_bytes) {
  ensure(heap_bytes % 64 == 0, "blocks of 64 bytes");
  HeapHistory history{.grown_bytes = std::vector<std::uint64_t>(requests + 1, heap_bytes)};
  for (BlockId i = 0; i < heap_bytes / 64; ++i) {
    const std::size_t replaced =
        1 + (i * 7) % requests;  // a block dies and another is born in the same place
    history.blocks.push_back({i, 0, replaced, i * 64, 64});
    history.blocks.push_back({i, replaced, requests + 1, i * 64, 64});
  }
  std::ranges::stable_sort(history.blocks, {}, &BlockLife::born);
  return history;
}

HeapHistory striped_history(std::size_t requests, std::uint64_t heap_bytes, std::uint64_t bytes) {
  HeapHistory history{.grown_bytes = std::vector<std::uint64_t>(requests + 1, heap_bytes)};
  for (std::uint64_t offset = 0; offset < heap_bytes; offset += 2 * bytes) {
    history.blocks.push_back({static_cast<BlockId>(history.blocks.size()), 0, requests + 1, offset, bytes});
  }
  return history;
}

}  // namespace heapjudge
