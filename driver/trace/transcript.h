// What a real program asked its allocator for, by address, turned into a trace, by block.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "trace/random.h"
#include "trace/trace.h"

namespace heapjudge {

struct TranscriptOptions {
  // Which of the program's requests to keep, counted from 1, both included. What was allocated before the
  // first is not known: a free of it is dropped, a resize of it allocates.
  std::uint64_t first_request = 1;
  std::uint64_t last_request = UINT64_MAX;
  std::uint64_t sample = 1;  // keep the whole life of one block of so many, at least 1
  std::uint64_t seed = 1;    // of the choice of these
  bool balanced = false;     // free at the end what is left
  bool sane = false;         // only malloc, realloc of a block and free, and only sizes above 0 (tier P0)
};

// What was seen, and what did not go into the trace as it was asked for.
struct TranscriptCounts {
  std::uint64_t requests = 0;          // of the program, those outside of the window too
  std::uint64_t outside = 0;           // of the window
  std::uint64_t refused = 0;           // the program's own allocator said NULL; left out
  std::uint64_t unknown_frees = 0;     // of blocks that were not seen to be allocated; left out
  std::uint64_t unknown_resizes = 0;   // of such blocks; they became allocations
  std::uint64_t reused_addresses = 0;  // given out again without a free that could be seen; freed just before
  std::uint64_t unsampled = 0;         // about blocks that were not chosen, or about NULL; left out
  std::uint64_t freed_at_end = 0;      // added by `balanced`

  // By `sane`: requests that were changed, and frees of NULL that were left out.
  std::uint64_t zero_sizes = 0;
  std::uint64_t plain_callocs = 0;
  std::uint64_t plain_aligned = 0;
  std::uint64_t null_resizes = 0;
  std::uint64_t null_frees = 0;

  friend bool operator==(const TranscriptCounts&, const TranscriptCounts&) = default;
};

// Takes in the requests in their order. An address of 0 is NULL: as a result, the program's allocator
// refused.
//
// Invariant: what was kept so far is a well-formed trace; each block of it has an id of its own; addresses_
// holds the live blocks of the window, but for those that are being resized.
class Transcript {
 public:
  explicit Transcript(const TranscriptOptions& options);

  void malloc(std::uint64_t address, std::uint64_t size);
  void calloc(std::uint64_t address, std::uint64_t count, std::uint64_t size);
  void aligned(std::uint64_t address, std::uint8_t alignment_log2, std::uint64_t size);
  void free(std::uint64_t address);

  // A realloc has two ends, because between them another thread may be given the old address. What begins and
  // does not end leaves its block live. A size of 0 that gives NULL is a free.
  struct Resizing {
    std::uint64_t address = 0;  // the old one
    std::optional<BlockId> block;
  };
  Resizing begin_resize(std::uint64_t address);
  void end_resize(const Resizing& resizing, std::uint64_t address, std::uint64_t size);

  // True when nothing that follows can be kept.
  bool is_past_window() const { return counts_.requests >= options_.last_request; }

  // To be called once, at the end. Throws InputError ("name: what") when there is nothing, or more than a
  // trace may hold.
  Trace finish(const std::string& name);

  const TranscriptCounts& counts() const { return counts_; }  // complete after finish()

 private:
  bool is_in_window();
  void allocate(std::uint64_t address, Request request);
  void resize(BlockId block, std::uint64_t address, std::uint64_t size);
  void bind(std::uint64_t address, BlockId block);
  BlockId choose_block();
  std::uint64_t sane_size(std::uint64_t size);
  Request sane_allocation(const Request& request);
  void keep(const Request& request);
  void free_block(BlockId block);
  void free_null();
  void free_what_is_left();

  TranscriptOptions options_;
  TranscriptCounts counts_;
  std::unordered_map<std::uint64_t, BlockId> addresses_;  // kNoBlock: a block that was not chosen
  std::vector<bool> live_;                                // for each block of the trace
  std::vector<Request> requests_;
  std::uint64_t kept_ = 0;  // counts on where requests_ is full
  Random random_;
  std::uint64_t row_place_ = 0;  // blocks are chosen one from each row of `sample` of them
  std::uint64_t row_choice_ = 0;
};

}  // namespace heapjudge
