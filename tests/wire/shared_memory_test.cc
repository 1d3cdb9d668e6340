// Memory for two processes: what it holds, what is counted as touched, and what clearing it leaves.
#include "wire/shared_memory.h"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <system_error>

namespace heapjudge {
namespace {

constexpr std::uint64_t kPage = 4096;
constexpr std::uint64_t kBytes = 1u << 20;

bool is_zero(std::span<const std::byte> bytes) {
  return std::ranges::all_of(bytes, [](std::byte byte) { return byte == std::byte{0}; });
}

TEST(SharedMemory, IsZeroAndUntouchedAtFirst) {
  SharedMemory memory("test", kBytes);
  EXPECT_EQ(memory.bytes().size(), kBytes);
  EXPECT_EQ(memory.touched_bytes(), 0u);
}

TEST(SharedMemory, KnowsTheLastPageThatWasWrittenTo) {
  SharedMemory memory("test", kBytes);
  memory.bytes()[0] = std::byte{1};
  EXPECT_EQ(memory.touched_bytes(), kPage);
  memory.bytes()[5 * kPage] = std::byte{1};
  EXPECT_EQ(memory.touched_bytes(), 6 * kPage);
  memory.bytes()[kBytes - 1] = std::byte{1};
  EXPECT_EQ(memory.touched_bytes(), kBytes);
}

TEST(SharedMemory, KnowsTheStretchesThatWereWrittenTo) {
  SharedMemory memory("test", kBytes);
  EXPECT_TRUE(memory.touched().empty());
  for (const std::uint64_t page : {2u, 3u, 9u}) memory.bytes()[page * kPage + 7] = std::byte{1};
  memory.bytes()[kBytes - 1] = std::byte{1};
  EXPECT_EQ(memory.touched(), (std::vector<HeapRange>{
                                  {2 * kPage, 2 * kPage}, {9 * kPage, kPage}, {kBytes - kPage, kPage}}));
}

// Few pages are zeroed in place, many are given back; a lone one far up must not be forgotten.
TEST(SharedMemory, IsZeroWhenCleared) {
  SharedMemory memory("test", kBytes);
  for (const std::uint64_t last :
       {std::uint64_t{1}, 10 * kPage, 16 * kPage - 1, 16 * kPage, 17 * kPage, kBytes - 1}) {
    memory.bytes()[last / 2] = memory.bytes()[last] = std::byte{0xff};
    memory.clear();
    EXPECT_LE(memory.touched_bytes(), 16 * kPage) << last;
    EXPECT_TRUE(is_zero(memory.bytes())) << last;
  }
}

TEST(SharedMemory, GivesManyPagesBack) {
  SharedMemory memory("test", kBytes);
  std::ranges::fill(memory.bytes(), std::byte{1});
  memory.clear();
  EXPECT_EQ(memory.touched_bytes(), 0u);
}

TEST(SharedMemory, OfASinglePage) {
  SharedMemory memory("test", kPage);
  memory.bytes()[7] = std::byte{1};
  memory.clear();
  EXPECT_TRUE(is_zero(memory.bytes()));
}

TEST(SharedMemory, ASecondMappingSeesTheSameBytes) {
  SharedMemory memory("test", 4096);
  void* const other = mmap(nullptr, 4096, PROT_READ, MAP_SHARED, memory.descriptor(), 0);
  ASSERT_NE(other, MAP_FAILED);
  memory.bytes()[7] = std::byte{42};
  EXPECT_EQ(static_cast<std::byte*>(other)[7], std::byte{42});
  munmap(other, 4096);
}

// The student process has the descriptor too, and must not be able to take the memory from under the judge.
TEST(SharedMemory, CannotBeCut) {
  SharedMemory memory("test", kBytes);
  EXPECT_NE(ftruncate(memory.descriptor(), 0), 0);
  EXPECT_NE(ftruncate(memory.descriptor(), 2 * kBytes), 0);
}

TEST(SharedMemory, OfATebibyteCostsNothing) {
  SharedMemory memory("test", std::uint64_t{1} << 40);
  memory.bytes().back() = std::byte{1};
  memory.clear();
  EXPECT_EQ(memory.touched_bytes(), 0u);
}

TEST(SharedMemory, RefusesWhatNoMachineHas) {
  EXPECT_THROW(SharedMemory("test", std::uint64_t{1} << 62), std::system_error);
}

}  // namespace
}  // namespace heapjudge
