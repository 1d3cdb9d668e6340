// A trace: a well-formed sequence of requests, whatever it was read, generated or decoded from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "trace/request.h"

namespace heapjudge {

// The two header layouts in circulation; traces/README.md has their history.
enum class Dialect : std::uint8_t {
  kClassic,  // suggested heap bytes, ids, requests, weight
  kWeighted  // weight, ids, requests, maximum bytes (or 0/1)
};

// A file does not say which dialect it is in; its first number does. A weight is below this, a suggested heap
// size is not.
inline constexpr std::uint64_t kLeastSuggestedHeap = 100;

// Invariant of a Trace's header: heap_bytes >= kLeastSuggestedHeap when classic, weight < kLeastSuggestedHeap
// when weighted.
struct TraceHeader {
  Dialect dialect = Dialect::kClassic;
  std::uint64_t heap_bytes = 1 << 20;  // suggested heap size (classic) or maximum bytes or flag (weighted)
  std::uint32_t weight = 1;

  friend bool operator==(const TraceHeader&, const TraceHeader&) = default;
};

// Invariant: a Trace that exists is well-formed. Every block that is freed is live at that point (or may be,
// after `r id 0`), no block is allocated while it is live (after `r id 0` it may be), ids lie below
// block_count(), and the fields of each request obey trace/request.h. So nothing that replays a trace checks
// it again.
class Trace {
 public:
  // Throws InputError ("name: request N: what", N from 1) when the requests are not well-formed.
  // `lines[i]` is the 1-based line of request i in its file; empty means that line i + 5 holds it.
  Trace(std::string name, TraceHeader header, std::uint32_t block_count, std::vector<Request> requests,
        std::vector<std::uint32_t> lines = {});

  const std::string& name() const { return name_; }  // as the file was called, without its folder
  const TraceHeader& header() const { return header_; }
  std::uint32_t block_count() const { return block_count_; }
  std::span<const Request> requests() const { return requests_; }
  std::size_t line_of(std::size_t request_index) const;  // request_index from 0, the line from 1

  // The first `count` requests (all when there are fewer) as a trace of their own, with the same name, header
  // and ids; its block_count() is one more than the largest of these.
  Trace prefix(std::size_t count) const;

  // Same header, ids and requests; names and lines do not count.
  friend bool operator==(const Trace& a, const Trace& b) {
    return a.header_ == b.header_ && a.block_count_ == b.block_count_ && a.requests_ == b.requests_;
  }

 private:
  friend class TraceReader;  // checks while it parses, and so builds without a second pass
  Trace() = default;

  std::string name_;
  TraceHeader header_;
  std::uint32_t block_count_ = 0;
  std::vector<Request> requests_;
  std::vector<std::uint32_t> lines_;
};

}  // namespace heapjudge
