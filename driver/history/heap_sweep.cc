// Deaths first, then the heap's own size, then births: so nothing ever lies outside of the heap or in
// another.
#include "history/heap_sweep.h"

#include <algorithm>
#include <utility>

#include "check.h"

namespace heapjudge {

namespace {

// Numbers of `lives`, by death; a counting sort, because there may be millions.
template <typename Life>
std::vector<std::size_t> by_death(const std::vector<Life>& lives, std::size_t last_moment) {
  std::vector<std::size_t> begin(last_moment + 3);
  for (const Life& life : lives) ++begin[life.died + 1];
  for (std::size_t i = 1; i < begin.size(); ++i) begin[i] += begin[i - 1];
  std::vector<std::size_t> order(lives.size());
  for (std::size_t i = 0; i < lives.size(); ++i) order[begin[lives[i].died]++] = i;
  return order;
}

}  // namespace

HeapSweep::HeapSweep(const HeapHistory& history, HoleListener listener)
    : history_(history), listener_(std::move(listener)), tally_(history.alignment) {
  ensure(!history.grown_bytes.empty(), "sweep: a history without a moment");
  rank_places();
  deaths_ = by_death(history.blocks, history.requests());
  range_deaths_ = by_death(history.ranges, history.requests());
  parts_.push_back({});
  open(parts_.front().last);
  arrive();
}

void HeapSweep::rank_places() {
  struct Key {
    std::uint64_t offset;
    bool has_bytes;
    std::size_t life;
  };
  std::vector<Key> keys;
  keys.reserve(history_.blocks.size());
  for (const BlockLife& life : history_.blocks) keys.push_back({life.offset, life.size > 0, keys.size()});
  std::ranges::sort(keys, {}, [](const Key& key) { return key.offset * 2 + (key.has_bytes ? 1 : 0); });
  place_of_.resize(keys.size());
  for (const Key& key : keys) {
    const bool known =
        !places_.empty() && places_.back().offset == key.offset && places_.back().has_bytes == key.has_bytes;
    if (!known) places_.push_back({.offset = key.offset, .end = key.offset, .has_bytes = key.has_bytes});
    place_of_[key.life] = places_.size() - 1;
  }
  taken_ = NumberSet(places_.size());
}

bool HeapSweep::advance() {
  if (moment_ == history_.requests()) return false;
  ++moment_;
  arrive();
  return true;
}

// Makes of the moment before what this one is.
void HeapSweep::arrive() {
  const auto& lives = history_.blocks;
  for (; next_death_ < deaths_.size() && lives[deaths_[next_death_]].died == moment_; ++next_death_) {
    remove_block(deaths_[next_death_]);
  }
  enter_parts();
  for (; next_birth_ < lives.size() && lives[next_birth_].born == moment_; ++next_birth_)
    enter_block(next_birth_);
  const std::uint64_t overhead = tally_.overhead_bytes();
  if (overheads_.empty() || overheads_.back().bytes != overhead) overheads_.push_back({moment_, overhead});
}

void HeapSweep::finish() {
  ++moment_;
  if (!listener_) return;
  for (auto place = taken_.at_or_after(0); place; place = taken_.at_or_after(*place + 1)) {
    close(below(places_[*place]));
  }
  for (const Part& part : parts_) close(part.last);
}

void HeapSweep::open(Gap& gap) {
  gap.born = moment_;
  tally_.enter(gap.bytes());
}

void HeapSweep::close(const Gap& gap) {
  const std::uint64_t bytes = gap.bytes();
  tally_.take_out(bytes);
  if (!listener_ || gap.born == moment_ || !tally_.is_hole(bytes)) return;
  listener_({.bottom = gap.bottom, .top = gap.top, .born = gap.born, .died = moment_}, overheads_);
}

void HeapSweep::open(const Above& above) {
  open(above.gap);
  if (above.is_tight()) tally_.enter_tight(above.gap.bytes());
}

void HeapSweep::close(const Above& above) {
  close(above.gap);
  if (above.is_tight()) tally_.take_out_tight(above.gap.bytes());
}

HeapSweep::Part& HeapSweep::part_around(std::uint64_t offset, std::uint64_t size) {
  auto part = std::ranges::lower_bound(parts_, offset, {}, &Part::end);
  if (part != parts_.end() && size > part->end - offset) ++part;
  ensure(part != parts_.end() && part->start <= offset && size <= part->end - offset,
         "sweep: a block beyond the heap");
  return *part;
}

// A block of no bytes may lie where two parts meet, and they may have met after it came.
HeapSweep::Part& HeapSweep::part_of(const Place& place) {
  if (!place.in_range) return parts_.front();
  return *std::ranges::lower_bound(parts_.begin() + 1, parts_.end(), place.part_start, {}, &Part::start);
}

// The gap that a block at this place splits, or gives its own to.
HeapSweep::Above HeapSweep::above(std::size_t place, Part& part) {
  const auto next = taken_.at_or_after(place + 1);
  const bool is_here =
      next && places_[*next].in_range == part.is_range && places_[*next].part_start == part.start;
  if (!is_here) return {part.last};
  return below(places_[*next]);
}

void HeapSweep::enter_block(std::size_t life) {
  const BlockLife& block = history_.blocks[life];
  payload_bytes_ += block.size;
  ++blocks_;
  Place& place = places_[place_of_[life]];
  if (place.blocks++ > 0) return;
  place.end = block.offset + block.size;
  Part& part = part_around(block.offset, block.size);
  place.in_range = part.is_range;
  place.part_start = part.start;
  const Above next = above(place_of_[life], part);
  ensure(next.gap.bottom <= block.offset && place.end <= next.gap.top, "sweep: a block in another");
  close(next);
  place.below = {.bottom = next.gap.bottom, .top = block.offset};
  next.gap.bottom = place.end;
  open(below(place));
  open(next);
  taken_.insert(place_of_[life]);
}

void HeapSweep::remove_block(std::size_t life) {
  const BlockLife& block = history_.blocks[life];
  payload_bytes_ -= block.size;
  --blocks_;
  Place& place = places_[place_of_[life]];
  if (--place.blocks > 0) return;
  const Above next = above(place_of_[life], part_of(place));
  close(below(place));
  close(next);
  next.gap.bottom = place.below.bottom;
  open(next);
  taken_.erase(place_of_[life]);
}

void HeapSweep::move_end(Part& part, std::uint64_t end) {
  close(part.last);
  ensure(part.last.bottom <= end, "sweep: the heap ends below a live block");
  part.end = part.last.top = end;
  open(part.last);
}

void HeapSweep::add_part(const HeapRange& range) {
  const auto above = std::ranges::upper_bound(parts_, range.offset, {}, &Part::start);
  const auto part = parts_.insert(above, {.start = range.offset,
                                          .end = range.end(),
                                          .last = {.bottom = range.offset, .top = range.end()},
                                          .is_range = true});
  open(part->last);
  heap_bytes_ += range.bytes;
}

void HeapSweep::remove_part(const HeapRange& range) {
  const auto part = std::ranges::find_if(parts_.begin() + 1, parts_.end(),
                                         [&](const Part& one) { return one.start == range.offset; });
  ensure(part != parts_.end() && part->last.bottom == range.offset,
         "sweep: a range that blocks live in goes");
  close(part->last);
  parts_.erase(part);
  heap_bytes_ -= range.bytes;
}

// Ranges lie above what has grown before and after, but not above the greater of the two.
void HeapSweep::enter_parts() {
  const auto& ranges = history_.ranges;
  for (; next_range_death_ < ranges.size() && ranges[range_deaths_[next_range_death_]].died == moment_;
       ++next_range_death_) {
    remove_part(ranges[range_deaths_[next_range_death_]].range);
  }
  const std::uint64_t grown = history_.grown_bytes[moment_];
  if (grown != parts_.front().end) {
    heap_bytes_ += grown - parts_.front().end;
    move_end(parts_.front(), grown);
  }
  for (; next_range_birth_ < ranges.size() && ranges[next_range_birth_].born == moment_;
       ++next_range_birth_) {
    add_part(ranges[next_range_birth_].range);
  }
}

}  // namespace heapjudge
