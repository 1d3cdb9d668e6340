// Walks through a history from moment to moment, and knows at each what the heap is made of.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "history/gap_tally.h"
#include "history/heap_history.h"
#include "history/number_set.h"

namespace heapjudge {

// A stretch without payload, for as long as it neither grows nor shrinks; see HeapProfile for what makes it a
// hole.
struct Hole {
  std::uint64_t bottom = 0;
  std::uint64_t top = 0;
  std::size_t born = 0;
  std::size_t died = 0;
};

// From this moment on the blocks' overhead is taken to be so large.
struct OverheadChange {
  std::size_t moment = 0;
  std::uint64_t bytes = 0;
};

// Theory of operation. Every block that is live, and every part of the heap (what has grown, and each mapped
// range) owns the gap below its offset, or below its end. A block that comes splits the gap of its successor,
// one that goes gives its own to it; the successor is found in a set of the offsets' ranks. So a request
// costs a few steps, however many blocks there are. Payload, internal and external bytes are those that
// HeapProfile would tell of each moment.
class HeapSweep {
 public:
  // Told of each hole when it ends, and of the overheads so far, by moment.
  using HoleListener = std::function<void(const Hole&, const std::vector<OverheadChange>&)>;

  // Starts at moment 0. The history has a moment, and outlives this.
  explicit HeapSweep(const HeapHistory& history, HoleListener listener = {});

  bool advance();  // to the next moment; false, and nothing done, at the last
  void finish();   // ends the holes that are left; nothing more is to be called

  std::size_t moment() const { return moment_; }
  std::uint64_t heap_bytes() const { return heap_bytes_; }
  std::uint64_t payload_bytes() const { return payload_bytes_; }
  std::uint64_t blocks() const { return blocks_; }
  std::uint64_t internal_bytes() const { return tally_.internal_bytes(); }
  std::uint64_t external_bytes() const { return heap_bytes_ - payload_bytes_ - internal_bytes(); }
  const GapTally& gaps() const { return tally_; }

 private:
  struct Gap {
    std::uint64_t bottom = 0;
    std::uint64_t top = 0;
    std::size_t born = 0;

    std::uint64_t bytes() const { return top - bottom; }
  };
  struct Part {
    std::uint64_t start = 0;
    std::uint64_t end = 0;
    Gap last;
    bool is_range = false;
  };
  struct Place {  // an offset at which a block lies at some time; blocks of no bytes have places of their own
    std::uint64_t offset = 0;
    std::uint64_t end = 0;
    std::uint64_t blocks = 0;
    bool has_bytes = false;
    bool in_range = false;         // and not in what has grown
    std::uint64_t part_start = 0;  // of the part that it was put into
    Gap below;
  };
  struct Above {  // a gap, and what ends it
    Gap& gap;
    const Place* place = nullptr;  // null: a part of the heap

    // An address shared by blocks of no bytes is no sign of blocks without overhead; see HeapProfile.
    bool is_tight() const { return place != nullptr && (gap.bytes() > 0 || place->has_bytes); }
  };

  void rank_places();
  void order_deaths();
  void arrive();
  void enter_block(std::size_t life);
  void remove_block(std::size_t life);
  void enter_parts();
  void move_end(Part& part, std::uint64_t end);
  void add_part(const HeapRange& range);
  void remove_part(const HeapRange& range);
  Part& part_around(std::uint64_t offset, std::uint64_t size);
  Part& part_of(const Place& place);
  static Above below(Place& place) { return {place.below, &place}; }
  Above above(std::size_t place, Part& part);
  void open(Gap& gap);
  void close(const Gap& gap);
  void open(const Above& above);
  void close(const Above& above);

  const HeapHistory& history_;
  HoleListener listener_;
  GapTally tally_;
  std::vector<std::size_t> place_of_;  // each life's
  std::vector<Place> places_;          // by rising offset
  NumberSet taken_{1};                 // places with a live block
  std::vector<Part> parts_;            // by rising offset; what has grown is the first
  std::vector<std::size_t> deaths_;    // lives, by death
  std::vector<std::size_t> range_deaths_;
  std::size_t next_birth_ = 0;
  std::size_t next_death_ = 0;
  std::size_t next_range_birth_ = 0;
  std::size_t next_range_death_ = 0;
  std::size_t moment_ = 0;
  std::uint64_t heap_bytes_ = 0;
  std::uint64_t payload_bytes_ = 0;
  std::uint64_t blocks_ = 0;
  std::vector<OverheadChange> overheads_;
};

}  // namespace heapjudge
