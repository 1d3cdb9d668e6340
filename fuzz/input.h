// Fuzz inputs: any bytes are a trace.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "fuzz/input_format.h"
#include "trace/request.h"
#include "trace/tier.h"
#include "trace/trace.h"

namespace heapjudge {

// Theory of operation. fuzz/input_format.h says how the bytes are laid out.
//
//   bytes ──► header ──► which steps and sizes there are: the tier's, less those that the swarm takes out
//         └─► records ─► each makes one request, or several: frees of many blocks, or earlier records once
//         more
//
// A record that names a step or a size which there is not gets a plain one in its place; one that needs a
// live block where there is none allocates. Blocks are chosen among those that are live then. So each record
// that is changed, added or left out leaves a trace, and mostly a similar one.
//
// Whatever is asked for since mm_init was called last, and could be granted at all, is a small part of the
// heap limit: no more than one eighth is payload, and there are at most kMostInputRequests of them. An
// allocator that never reuses a block and rounds up to powers of two does not meet the limit; so whoever
// answers NULL has to explain himself, unless growths are refused. An extreme size is beyond every limit.
//
// What only blocks of many MiB bring about needs more than that: an input that crowds the largest heap (see Scale) may
// ask for three quarters of it, a quarter at a time. Who answers NULL then may have no room, and is not to be blamed.

inline constexpr std::size_t kMostInputRequests = 4096;
inline constexpr std::size_t kMostInputBytes = kInputHeaderBytes + 4000 * kInputRecordBytes;
inline constexpr std::uint64_t kPayloadPart = 8;  // of the heap limit: one eighth
inline constexpr std::uint64_t kLargestHeapBytes = std::uint64_t{100} << 20;  // that of the default rubric
inline constexpr std::uint64_t kCrowdedQuarters = 3;  // of it
inline constexpr std::uint64_t kPagesHeapBytes = std::uint64_t{32} << 20;

struct DecodedInput {
  Tier tier = Tier::kP0;
  std::uint32_t grain = 16;  // what its sizes are multiples of, by preference; a claim on nobody's alignment
  std::uint64_t heap_limit_bytes = 0;
  Scale scale = Scale::kUsual;
  bool crowds = false;       // so that NULL may be a right answer
  std::uint32_t block_count = 0;
  std::span<const Request> requests;  // well-formed as trace/trace.h has it; at most kMostInputRequests
};

struct DecodeBounds {
  Tier highest_tier = Tier::kP3;                // an input that asks for more gets this
  std::uint64_t heap_limit_bytes = UINT64_MAX;  // of the subject, at least 1 MiB; an input's own is no larger
  bool may_crowd = false;                       // otherwise no input does
};

// Decodes input after input in the same memory, without allocating any.
class InputDecoder {
 public:
  explicit InputDecoder(const DecodeBounds& bounds = {});
  ~InputDecoder();
  InputDecoder(const InputDecoder&) = delete;
  InputDecoder& operator=(const InputDecoder&) = delete;

  // The same for the same bytes and bounds. The requests are there until decode() is called again.
  const DecodedInput& decode(std::span<const std::uint8_t> bytes);

 private:
  class Decoding;
  std::unique_ptr<Decoding> decoding_;
};

// As a trace of its own. Whatever decode() returns is one.
Trace trace_of(const DecodedInput& input, std::string name);

Trace decode_trace(std::span<const std::uint8_t> bytes, std::string name, const DecodeBounds& bounds = {});

}  // namespace heapjudge
