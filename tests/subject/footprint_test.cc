// Memory that a submission could misuse to keep its books in.
#include "subject/footprint.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstring>
#include <memory>
#include <vector>

namespace heapjudge {
namespace {

TEST(ScribbledBytes, AreThoseThatNeitherSideWrites) {
  const auto mailbox = std::make_unique<Mailbox>();
  std::memset(static_cast<void*>(mailbox.get()), 0, sizeof(Mailbox));  // as shared memory begins
  EXPECT_EQ(scribbled_bytes(*mailbox, 1), 0u);
  mailbox->commands[0].size = 1;
  mailbox->replies[0].offset = 1;
  mailbox->confinement = 1;
  EXPECT_EQ(scribbled_bytes(*mailbox, 1), 0u) << "in use";
  EXPECT_EQ(scribbled_bytes(*mailbox, 0), 2u);
  mailbox->commands[700].size = 0x0101;
  mailbox->replies[kBatchCapacity - 1].offset = 1;
  mailbox->setup.prefix[0] = 'x';
  mailbox->distress.frames[0][0] = 1;
  EXPECT_EQ(scribbled_bytes(*mailbox, 1), 5u);
  EXPECT_EQ(scribbled_bytes(*mailbox, kBatchCapacity), 2u);
}

TEST(PrivateBytes, GrowWithWhatIsWritten) {
  const std::uint64_t before = private_bytes_of(getpid());
  ASSERT_GT(before, 0u);
  std::vector<char> written(8 << 20);
  for (volatile char& byte : written) byte = 'x';
  EXPECT_GE(private_bytes_of(getpid()), before + (7u << 20));
}

TEST(PrivateBytes, OfNobodyAreNone) { EXPECT_EQ(private_bytes_of(0), 0u); }

}  // namespace
}  // namespace heapjudge
