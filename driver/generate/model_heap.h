// A model of an allocator over an endless heap: where first fit, best fit or a buddy system would put blocks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>

#include "generate/spec.h"

namespace heapjudge {

// Addresses and sizes in units. Invariant: free neighbours are merged (but for buddies, where only buddies
// are), and what lies from end() on was never in use or is free again, without a block of its own.
class ModelHeap {
 public:
  explicit ModelHeap(Victim victim) : victim_(victim) {}

  // Both fits take the lowest address among equals and the low end of a hole.
  std::uint64_t place(std::uint64_t units);
  void release(std::uint64_t address, std::uint64_t units);

  std::uint64_t end() const { return end_; }
  std::uint64_t most() const { return most_; }  // the largest end() so far

 private:
  using Holes = std::map<std::uint64_t, std::uint64_t>;  // address, units

  Holes::iterator find(std::uint64_t units);
  std::uint64_t place_buddy(std::uint64_t units);
  void release_buddy(std::uint64_t address, std::uint64_t units);
  std::uint64_t extend(std::uint64_t units, std::uint64_t alignment);
  void cut_end();

  Victim victim_;
  Holes holes_;
  std::uint64_t end_ = 0;
  std::uint64_t most_ = 0;
};

}  // namespace heapjudge
