// The sizes that the records of a fuzz input ask for.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "fuzz/input_format.h"

namespace heapjudge {

struct CallocSize {
  std::uint64_t size = 0;
  std::uint16_t count = 0;
};

// What is known of the blocks where a size is asked for.
struct SizeSurroundings {
  std::uint32_t live_size = 0;     // of the block that the record is about, or of another live one
  std::uint64_t peak_payload = 0;  // the most bytes that were live at one time
};

// Invariant: the sane sizes given since reset() or grant_anew() are no more than the allowance together,
// except that each may be up to kAlwaysGranted bytes.
class SizeSource {
 public:
  static constexpr std::uint32_t kAlwaysGranted = 8;

  void reset(const InputHeader& header, std::uint64_t allowance, std::uint64_t largest);
  void grant_anew() { left_ = allowance_; }

  // 1 or more, and at most what is left of the allowance (see above). kZero and kExtreme are not for this.
  std::uint32_t sane(const Record& record, SizeKind kind, const SizeSurroundings& around);

  // What a request takes beside its payload.
  void charge(std::uint64_t bytes) { left_ -= bytes < left_ ? bytes : left_; }
  std::uint64_t left() const { return left_; }

  std::uint32_t favourite() const { return favourite_; }
  void note_freed(std::uint32_t size) { freed_[++frees_ % freed_.size()] = size; }

  // Beyond every heap limit; a product that is, or that overflows 64 bits and is small then.
  static std::uint64_t extreme(const Record& record);
  static CallocSize extreme_calloc(const Record& record);

 private:
  std::uint64_t power(unsigned operand) const;
  std::uint64_t multiple(unsigned operand) const;
  std::uint64_t base_of(const Record& record, SizeKind kind, const SizeSurroundings& around) const;
  std::uint64_t freed(std::size_t ago) const { return freed_[(frees_ - ago) % freed_.size()]; }

  std::uint64_t allowance_ = 0;
  std::uint64_t left_ = 0;
  std::uint64_t largest_ = 0;  // that one request may ask for
  std::uint64_t unit_ = 0;     // of sizes that have one; 0: they do not
  std::uint32_t grain_ = 16;
  std::uint32_t favourite_ = 8;
  std::uint32_t again_ = 0;
  std::size_t frees_ = 0;
  std::array<std::uint32_t, 8> freed_{};
};

}  // namespace heapjudge
