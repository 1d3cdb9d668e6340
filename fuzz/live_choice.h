// Which live block a record of a fuzz input is about.
#pragma once

#include <cstddef>
#include <cstdint>

#include "fuzz/input.h"
#include "fuzz/live_list.h"

namespace heapjudge {

inline constexpr std::size_t kMostInputIds =
    kMostInputRequests + 1;  // the last one for a request that finds no room

// Invariant: knows the live blocks, and where among them the last request was.
class LiveChoice {
 public:
  const LiveList<kMostInputIds>& blocks() const { return blocks_; }
  std::uint64_t peak_bytes() const { return peak_bytes_; }  // of all blocks together, since clear()

  // A live block; kNoBlock when there is none.
  BlockId choose(const Record& record) const;

  void clear();
  void add(BlockId block, std::uint32_t size);
  void resize(BlockId block, std::uint32_t size);
  void remove(BlockId block);
  void touch(BlockId block) { touched_ = block; }

 private:
  BlockId walk_back(unsigned steps) const;

  LiveList<kMostInputIds> blocks_;
  std::uint64_t peak_bytes_ = 0;
  BlockId touched_ = kNoBlock;  // live; or none, and then the next two are where it was
  BlockId before_touched_ = kNoBlock;
  BlockId after_touched_ = kNoBlock;
};

}  // namespace heapjudge
