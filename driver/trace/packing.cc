// Theory of operation. A block is a rectangle: as wide as its life, as high as its size. Rectangles may be
// moved up and down but not sideways, and the height of the whole is the heap.
//
//   heap  ┌────────────┐ ┌──┐        first fit goes through the trace from left to right; the offline methods
//   take the
//     ▲   │     1      ├─┤4 │        rectangles by size or area, each to the lowest place where it runs into
//     none │   ├──┬───┬─────┘3└──┤        that is there already └   │ 2│   │          │
//         └──┘   └──────────┘  ──► requests
#include "trace/packing.h"

#include <algorithm>
#include <bit>
#include <numeric>
#include <vector>

#include "trace/hole_tree.h"

namespace heapjudge {
namespace {

// Beyond these, the offline methods, which take quadratic time, are left out.
constexpr std::size_t kMostPieces = 16384;

struct Piece {
  std::uint32_t born = 0;  // index of a request
  std::uint32_t gone = 0;  // of the request that freed it, or resized it to another size
  std::uint64_t size = 0;  // rounded up, above 0
};

class PieceCutter {
 public:
  PieceCutter(const Trace& trace, std::uint64_t limit, std::uint64_t alignment)
      : trace_(trace), limit_(limit), mask_(alignment - 1), open_(trace.block_count(), kNone) {}

  std::vector<Piece> cut() {
    const std::span<const Request> requests = trace_.requests();
    for (std::size_t i = 0; i < requests.size(); ++i) take(requests[i], static_cast<std::uint32_t>(i));
    end_all(static_cast<std::uint32_t>(requests.size()));
    return std::move(pieces_);
  }

 private:
  static constexpr std::uint32_t kNone = 0xffffffff;

  void take(const Request& request, std::uint32_t at) {
    if (request.op == Op::kInit) return end_all(at);
    if (request.block == kNoBlock) return;
    const std::uint64_t size = payload_bytes(request);  // 0 for kFree
    if (size > limit_) return;
    const std::uint64_t rounded = (size + mask_) & ~mask_;
    std::uint32_t& open = open_[request.block];
    if (open != kNone && open >= first_after_init_) {
      if (request.op != Op::kFree && pieces_[open].size == rounded) return;
      pieces_[open].gone = at;
      open = kNone;
    }
    if (rounded == 0) return;
    open = static_cast<std::uint32_t>(pieces_.size());
    pieces_.push_back({.born = at, .gone = kNone, .size = rounded});
  }

  void end_all(std::uint32_t at) {
    for (std::size_t i = first_after_init_; i < pieces_.size(); ++i) {
      if (pieces_[i].gone == kNone) pieces_[i].gone = at;
    }
    first_after_init_ = pieces_.size();
  }

  const Trace& trace_;
  std::uint64_t limit_;
  std::uint64_t mask_;
  std::vector<std::uint32_t> open_;  // the latest piece of each block, until it goes
  std::vector<Piece> pieces_;
  std::size_t first_after_init_ = 0;
};

// All pieces together stay below 2^63 bytes, so that no sum overflows: where there is too much of it, what is
// larger than any memory is left out.
std::vector<Piece> cut_pieces(const Trace& trace, std::uint64_t limit, std::uint32_t alignment) {
  constexpr std::uint64_t kMostSummed = std::uint64_t{1} << 63;
  constexpr std::uint64_t kSafe =
      kMostSummed / (std::uint64_t{1} << 23);  // for as many blocks as a trace can have
  std::vector<Piece> pieces = PieceCutter(trace, std::min(limit, kMostSummed - 1), alignment).cut();
  unsigned __int128 sum = 0;
  for (const Piece& piece : pieces) sum += piece.size;
  if (sum < kMostSummed) return pieces;
  return PieceCutter(trace, std::min(limit, kSafe), alignment).cut();
}

// Indices of the pieces in the order in which they go.
std::vector<std::uint32_t> in_order_of_ends(const std::vector<Piece>& pieces, std::size_t requests) {
  std::vector<std::uint32_t> starts(requests + 2, 0);
  for (const Piece& piece : pieces) ++starts[piece.gone + 1];
  std::partial_sum(starts.begin(), starts.end(), starts.begin());
  std::vector<std::uint32_t> order(pieces.size());
  for (std::uint32_t i = 0; i < pieces.size(); ++i) order[starts[pieces[i].gone]++] = i;
  return order;
}

struct TimeOrder {
  std::uint64_t heap_bytes = 0;
  std::uint64_t most_live_bytes = 0;
};

// At each request, what goes makes room for what comes.
TimeOrder pack_in_time_order(const std::vector<Piece>& pieces, const std::vector<std::uint32_t>& ends) {
  std::vector<std::uint64_t> offsets(pieces.size());
  HoleTree holes;
  std::uint64_t top = 0;
  std::uint64_t live = 0;
  TimeOrder result;
  auto next_end = ends.begin();
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const Piece& piece = pieces[i];
    for (; next_end != ends.end() && pieces[*next_end].gone <= piece.born; ++next_end) {
      live -= pieces[*next_end].size;
      const HoleTree::Range hole =
          holes.give_back({.offset = offsets[*next_end], .size = pieces[*next_end].size});
      if (hole.end() != top) continue;
      top = hole.offset;
      holes.remove(hole.offset);
    }
    live += piece.size;
    const auto offset = holes.take_lowest(piece.size);
    offsets[i] = offset.value_or(top);
    if (!offset) top += piece.size;
    result.heap_bytes = std::max(result.heap_bytes, top);
    result.most_live_bytes = std::max(result.most_live_bytes, live);
  }
  return result;
}

std::uint64_t lifetime(const Piece& piece) {
  return piece.gone - piece.born;
}

// Whether a chooses its place before b.
bool comes_first(PackingMethod method, const Piece& a, const Piece& b) {
  const auto octave = [](const Piece& piece) { return std::bit_width(piece.size); };
  switch (method) {
    case PackingMethod::kFirstFit:
      break;
    case PackingMethod::kLargestFirst:
      return a.size > b.size;
    case PackingMethod::kLargestOctaves:
      return octave(a) != octave(b) ? octave(a) > octave(b) : lifetime(a) > lifetime(b);
    case PackingMethod::kLongestFirst:
      return a.size * lifetime(a) > b.size * lifetime(b);
  }
  return a.born < b.born;
}

// Gives up, with UINT64_MAX, once it is no better than `known`.
std::uint64_t pack_offline(PackingMethod method, std::vector<Piece> pieces, std::uint64_t known) {
  struct Placed {
    std::uint64_t offset;
    std::uint64_t size;
    std::uint32_t born;
    std::uint32_t gone;
  };
  std::ranges::stable_sort(pieces,
                           [method](const Piece& a, const Piece& b) { return comes_first(method, a, b); });
  std::vector<Placed> placed;  // by offset
  placed.reserve(pieces.size());
  std::uint64_t heap = 0;
  for (const Piece& piece : pieces) {
    std::uint64_t offset = 0;
    for (const Placed& other : placed) {
      if (other.born >= piece.gone || other.gone <= piece.born) continue;
      if (other.offset >= offset + piece.size) break;
      offset = std::max(offset, other.offset + other.size);
    }
    heap = std::max(heap, offset + piece.size);
    if (heap >= known) return UINT64_MAX;
    const auto place = std::ranges::upper_bound(placed, offset, {}, &Placed::offset);
    placed.insert(place, {offset, piece.size, piece.born, piece.gone});
  }
  return heap;
}

}  // namespace

Packing pack(const Trace& trace, std::uint64_t largest_grantable_bytes, std::uint32_t alignment) {
  const std::vector<Piece> pieces = cut_pieces(trace, largest_grantable_bytes, alignment);
  const TimeOrder online = pack_in_time_order(pieces, in_order_of_ends(pieces, trace.requests().size()));
  Packing best{.heap_bytes = online.heap_bytes, .least_bytes = online.most_live_bytes};
  best.all_methods = pieces.size() <= kMostPieces;
  if (!best.all_methods) return best;
  for (const PackingMethod method :
       {PackingMethod::kLargestOctaves, PackingMethod::kLargestFirst, PackingMethod::kLongestFirst}) {
    if (best.heap_bytes == best.least_bytes) break;
    const std::uint64_t heap = pack_offline(method, pieces, best.heap_bytes);
    if (heap >= best.heap_bytes) continue;
    best.heap_bytes = heap;
    best.method = method;
  }
  return best;
}

}  // namespace heapjudge
