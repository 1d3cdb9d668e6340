// What a generated trace is made of, as plain data; traces/README.md describes the same as a YAML file.
//
// Theory of operation. A trace is a list of phases that are carried out one after the other over one set of
// live blocks. A block that a phase leaves is there for the next ones: a stream takes over all that is live,
// `free` picks among it, and in the end everything is freed.
//
//   allocate ──► free ──► stream ──► ... ──► end
//      │           ▲         ▲ │              ▲
//      └───── live blocks ───┘ └──────────────┘
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "generate/distribution.h"

namespace heapjudge {

struct Allocate {  // so many blocks
  std::size_t blocks = 1;
  Distribution sizes = Distribution::exactly(16);
};

enum class FreeOrder : std::uint8_t { kOldest, kNewest, kRandom };

struct Free {  // of the live blocks of a size from least_bytes to most_bytes: every `every`th, at most
               // `blocks`
  FreeOrder order = FreeOrder::kOldest;
  std::size_t blocks = std::numeric_limits<std::size_t>::max();
  std::size_t every = 1;
  std::uint64_t least_bytes = 0;
  std::uint64_t most_bytes = std::numeric_limits<std::uint64_t>::max();
};

enum class Lifetimes : std::uint8_t {
  kRandom,        // any live block may be the next to go
  kStack,         // the newest goes first
  kQueue,         // the oldest goes first
  kGenerational,  // a young one goes, but for `survivors`
  kTimed          // a block goes after `ages` allocations
};

struct Resizing {
  Chance chance;                     // that a request is a realloc of a live block
  std::optional<Distribution> to;    // the new size; the stream's sizes when neither is there
  std::optional<Distribution> more;  // or so many bytes more
};

struct OddRequests {  // chances of what sane programs do seldom or never
  Chance zero;        // malloc(0)
  Chance to_zero;     // realloc(p, 0), after which the block is freed or grows again
  Chance free_null;
  Chance realloc_null;
  Chance cleared;  // calloc
  Chance aligned;  // memalign, of 16 to 4096 bytes
};

struct Stream {  // allocations, frees and resizes, as a program in the middle of its work
  std::size_t requests = 1000;
  std::size_t fewest_live = 100;  // the number of live blocks walks from one target between these to the next
  std::size_t most_live = 100;
  std::uint64_t most_live_bytes = std::numeric_limits<std::uint64_t>::max();
  Chance against{0.25};  // that a step goes against the walk's direction
  Distribution sizes = Distribution::exactly(16);
  Lifetimes lifetimes = Lifetimes::kRandom;
  Distribution ages = Distribution::exactly(100);  // kTimed: in allocations
  std::size_t nursery = 64;                        // kGenerational: how many blocks are young
  Chance survivors{0.1};                           // kGenerational: that an old block goes instead
  Resizing resizing;
  OddRequests odd;
};

struct Grow {  // blocks grow by realloc, in turn, while small ones that stay are pinned down behind them
  std::size_t blocks = 1;
  std::size_t requests = 1000;
  Distribution start = Distribution::exactly(64);
  Distribution more = Distribution::exactly(64);  // added by each step
  double factor = 1;                              // and multiplied before
  std::uint64_t until_bytes = 65536;              // what would grow beyond begins anew
  Chance pin;
  Distribution pin_sizes = Distribution::exactly(16);
};

struct Merge {  // neighbours are freed, then a block is asked for that fits only where they all were
  std::size_t groups = 100;
  std::size_t neighbours = 2;
  Distribution sizes = Distribution::exactly(64);
  std::uint64_t guard_bytes = 24;  // the block that keeps groups apart
};

struct TreeProgram {  // a binary search tree: nodes, perhaps with a key of their own, inserted and erased at
                      // random
  std::size_t operations = 1000;
  std::size_t nodes = 500;  // about so many at a time
  std::uint64_t node_bytes = 40;
  std::optional<Distribution> keys;
};

struct TableProgram {  // a chained hash table whose array doubles when it is full
  std::size_t operations = 1000;
  std::size_t entries = 500;
  std::uint64_t node_bytes = 24;
  Distribution keys = Distribution(Uniform{4, 24});
};

struct StringProgram {  // strings built piece by piece, cut to their length, joined and thrown away
  std::size_t strings = 1000;
  std::size_t kept = 200;
  Distribution lengths = Distribution(Uniform{1, 200});
};

struct NgramProgram {  // counts the n-grams of a text whose words follow Zipf's law
  std::size_t words = 2000;
  std::size_t vocabulary = 500;
  std::size_t n = 2;
  std::uint64_t node_bytes = 32;
};

struct DiagramProgram {  // a conjunction of random clauses as a reduced ordered binary decision diagram
  std::size_t variables = 16;
  std::size_t clauses = 24;
  std::size_t literals = 3;  // of a clause
  std::uint64_t node_bytes = 32;
};

enum class Victim : std::uint8_t { kFirstFit, kBestFit, kBuddy };

struct WorstCase {  // the bad programs of the literature, played against a model of the victim
  Victim victim = Victim::kFirstFit;
  std::size_t live_units =
      1024;  // M: never more are live, but for best fit's program, where it counts survivors
  std::size_t largest_units = 64;  // n: the largest block; a power of two but for best fit's program
  std::uint64_t unit_bytes = 64;
  std::uint64_t overhead_bytes = 8;  // what the victim adds to a payload, so that k units fill k units
};

struct HugeSizes {  // sizes that wrap around, turn negative or lose their upper half, from malloc and realloc
  std::size_t sane_between = 8;
};
struct CallocOverflows {  // products of 2^64 and more that look small when cut to 64 bits
  std::size_t sane_between = 8;
};

struct Init {};  // the heap is emptied
struct Refuse {
  std::uint64_t growths = 1;
};

struct Repeat;
using Phase =
    std::variant<Allocate, Free, Stream, Grow, Merge, TreeProgram, TableProgram, StringProgram, NgramProgram,
                 DiagramProgram, WorstCase, HugeSizes, CallocOverflows, Init, Refuse, Repeat>;
struct Repeat {
  std::size_t times = 1;
  std::vector<Phase> phases;
};

struct Spec {
  std::string name = "generated";
  std::string tier = "P0";  // where a rubric should put it
  bool hidden = true;       // worth having with another seed in a hidden set
  std::uint64_t seed = 1;
  std::vector<Phase> phases;
  std::optional<FreeOrder> end = FreeOrder::kOldest;  // how what is left is freed; none: it stays
};

}  // namespace heapjudge
