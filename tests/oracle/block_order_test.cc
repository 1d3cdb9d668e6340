// The order of blocks, few and many, near and far apart.
#include "oracle/block_order.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace heapjudge {
namespace {

TEST(BlockOrder, AgreesWithAStableSort) {
  std::mt19937_64 random(1);  // seed 1
  for (const std::size_t count : {0u, 1u, 2u, 511u, 512u, 5000u}) {
    for (const unsigned bits : {0u, 4u, 12u, 23u, 47u, 64u}) {
      std::vector<PlacedBlock> blocks(count);
      for (BlockId block = 0; block < count; ++block) {
        blocks[block] = {.offset = bits == 0 ? 0 : random() >> (64 - bits), .block = block};
      }
      auto expected = blocks;
      std::stable_sort(expected.begin(), expected.end(),
                       [](const PlacedBlock& a, const PlacedBlock& b) { return a.offset < b.offset; });
      sort_by_offset(blocks);
      EXPECT_EQ(blocks, expected) << count << " blocks, offsets of " << bits << " bits";
    }
  }
}

}  // namespace
}  // namespace heapjudge
