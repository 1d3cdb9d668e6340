// Addresses into blocks.
#include "trace/transcript.h"

#include <limits>
#include <utility>

#include "check.h"
#include "trace/input_error.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

constexpr std::uint64_t kMostCount = std::numeric_limits<decltype(Request::count)>::max();

// A format whose `count` has 16 bits can still say most products; the rest become one element.
Request calloc_request(std::uint64_t count, std::uint64_t size) {
  if (count > kMostCount) std::swap(count, size);
  if (count > kMostCount) return {.size = count * size, .op = Op::kCalloc, .count = 1};
  return {.size = size, .op = Op::kCalloc, .count = static_cast<std::uint16_t>(count)};
}

}  // namespace

Transcript::Transcript(const TranscriptOptions& options) : options_(options), random_(options.seed) {
  ensure(options.sample > 0, "a sample of one in no blocks");
}

bool Transcript::is_in_window() {
  ++counts_.requests;
  const bool inside = counts_.requests >= options_.first_request && counts_.requests <= options_.last_request;
  if (!inside) ++counts_.outside;
  return inside;
}

void Transcript::malloc(std::uint64_t address, std::uint64_t size) {
  if (is_in_window()) allocate(address, {.size = size, .op = Op::kMalloc});
}

void Transcript::calloc(std::uint64_t address, std::uint64_t count, std::uint64_t size) {
  if (is_in_window()) allocate(address, calloc_request(count, size));
}

void Transcript::aligned(std::uint64_t address, std::uint8_t alignment_log2, std::uint64_t size) {
  if (!is_in_window()) return;
  allocate(address, {.size = size, .op = Op::kAligned, .alignment_log2 = alignment_log2});
}

void Transcript::allocate(std::uint64_t address, Request request) {
  if (address == 0) {
    ++counts_.refused;
    return;
  }
  request.block = choose_block();
  bind(address, request.block);
  if (request.block != kNoBlock) keep(options_.sane ? sane_allocation(request) : request);
}

// One block of each row, at a place of its own: neither the program's rhythm nor chance decides how many.
BlockId Transcript::choose_block() {
  if (row_place_ == 0) row_choice_ = random_.below(options_.sample);
  const bool chosen = row_place_ == row_choice_;
  row_place_ = (row_place_ + 1) % options_.sample;
  if (!chosen) {
    ++counts_.unsampled;
    return kNoBlock;
  }
  live_.push_back(true);
  return static_cast<BlockId>(live_.size() - 1);
}

void Transcript::bind(std::uint64_t address, BlockId block) {
  const auto [place, is_new] = addresses_.try_emplace(address, block);
  if (is_new) return;
  ++counts_.reused_addresses;
  free_block(std::exchange(place->second, block));
}

void Transcript::free(std::uint64_t address) {
  if (!is_in_window()) return;
  if (address == 0) return free_null();
  const auto place = addresses_.find(address);
  if (place == addresses_.end()) {
    ++counts_.unknown_frees;
    return;
  }
  if (place->second == kNoBlock) ++counts_.unsampled;
  free_block(place->second);
  addresses_.erase(place);
}

void Transcript::free_null() {
  if (options_.sample > 1) {
    ++counts_.unsampled;
  } else if (options_.sane) {
    ++counts_.null_frees;
  } else {
    keep({.op = Op::kFree});
  }
}

void Transcript::free_block(BlockId block) {
  if (block == kNoBlock) return;
  live_[block] = false;
  keep({.block = block, .op = Op::kFree});
}

Transcript::Resizing Transcript::begin_resize(std::uint64_t address) {
  Resizing resizing{.address = address};
  if (const auto place = addresses_.find(address); place != addresses_.end()) {
    resizing.block = place->second;
    addresses_.erase(place);
  }
  return resizing;
}

void Transcript::end_resize(const Resizing& resizing, std::uint64_t address, std::uint64_t size) {
  if (!is_in_window()) return;
  if (address == 0 && size != 0) {
    ++counts_.refused;
    if (resizing.block) addresses_.emplace(resizing.address, *resizing.block);
  } else if (resizing.block) {
    resize(*resizing.block, address, size);
  } else if (resizing.address == 0) {
    allocate(address, {.size = size, .op = Op::kRealloc});
  } else if (address == 0) {
    ++counts_.unknown_frees;
  } else {
    ++counts_.unknown_resizes;
    allocate(address, {.size = size, .op = Op::kMalloc});
  }
}

void Transcript::resize(BlockId block, std::uint64_t address, std::uint64_t size) {
  if (block == kNoBlock) {
    ++counts_.unsampled;
    if (address != 0) bind(address, block);
    return;
  }
  if (address != 0) {
    bind(address, block);
    keep({.size = options_.sane ? sane_size(size) : size, .block = block, .op = Op::kRealloc});
    return;
  }
  if (options_.sane) {
    ++counts_.zero_sizes;
    free_block(block);
    return;
  }
  live_[block] = false;
  keep({.size = 0, .block = block, .op = Op::kRealloc});
}

std::uint64_t Transcript::sane_size(std::uint64_t size) {
  if (size != 0) return size;
  ++counts_.zero_sizes;
  return 1;
}

Request Transcript::sane_allocation(const Request& request) {
  if (request.op == Op::kCalloc) ++counts_.plain_callocs;
  if (request.op == Op::kAligned) ++counts_.plain_aligned;
  if (request.op == Op::kRealloc) ++counts_.null_resizes;
  return {.size = sane_size(payload_bytes(request)), .block = request.block, .op = Op::kMalloc};
}

void Transcript::keep(const Request& request) {
  if (kept_ < kMostRequests) requests_.push_back(request);
  ++kept_;
}

void Transcript::free_what_is_left() {
  for (std::size_t block = 0; block < live_.size(); ++block) {
    if (!live_[block]) continue;
    free_block(static_cast<BlockId>(block));
    ++counts_.freed_at_end;
  }
}

Trace Transcript::finish(const std::string& name) {
  if (options_.balanced) free_what_is_left();
  if (kept_ == 0)
    throw InputError(name + ": none of " + std::to_string(counts_.requests) + " requests is kept");
  if (kept_ > kMostRequests) {
    throw InputError(name + ": " + std::to_string(kept_) + " requests are more than the " +
                     std::to_string(kMostRequests) + " of a trace; keep a window or a sample of them");
  }
  return Trace(name, {}, static_cast<std::uint32_t>(live_.size()), std::move(requests_));
}

}  // namespace heapjudge
