// Reading what callgrind wrote, from a process that is not trusted.
#include "subject/instruction_record.h"

#include <gtest/gtest.h>
#include <unistd.h>

namespace heapjudge {
namespace {

std::string part(const std::string& summary, const std::string& totals, const std::string& events = "Ir") {
  return "version: 1\ncreator: callgrind-3.19.0\npid: 7\npart: 1\n\ndesc: Trigger: Client Request\n\npositions: line\n"
         "events: " + events + "\nsummary: " + summary + "\n\nob=(1) /proc/self/fd/5\nfn=(12) 0x0000000000001120\n0 40\n"
         "cfn=(14)\ncalls=3 0 \n0 21\n\ntotals: " + totals + "\n";
}
std::string part(const std::string& sum) { return part(sum, sum); }

TEST(InstructionRecord, IsTheFirstPartLessTheSecond) {
  EXPECT_EQ(counted_instructions(part("5000") + part("1200")), 3800u);
  EXPECT_EQ(counted_instructions(part("1200") + part("1200")), 0u);
  EXPECT_EQ(counted_instructions(part("18446744073709551615") + part("0")), 18446744073709551615u);
}

TEST(InstructionRecord, NeedsTwoParts) {
  EXPECT_EQ(counted_instructions(""), std::nullopt);
  EXPECT_EQ(counted_instructions(part("5000")), std::nullopt);
  EXPECT_EQ(counted_instructions(part("9") + part("5000") + part("1200")), std::nullopt);
}

TEST(InstructionRecord, RefusesWhatCallgrindDoesNotWrite) {
  const std::string sound = part("1200");
  for (const char* number : {"", "x", "-1", "5000 6000", "5000x", " 5000", "18446744073709551616", "0x10"}) {
    EXPECT_EQ(counted_instructions(part(number) + sound), std::nullopt) << number;
  }
  EXPECT_EQ(counted_instructions(part("5000", "5001") + sound), std::nullopt) << "sums that differ";
  EXPECT_EQ(counted_instructions(part("5000", "5000", "Dr") + sound), std::nullopt) << "other events";
  EXPECT_EQ(counted_instructions(sound + part("5000")), std::nullopt) << "calls that cost more than what they call";
}

TEST(InstructionRecord, ReadsItsFileAndForgetsIt) {
  InstructionRecord record;
  EXPECT_EQ(record.instructions(), std::nullopt);
  const std::string text = part("30") + part("10");
  ASSERT_EQ(pwrite(record.descriptor(), text.data(), text.size(), 0), static_cast<ssize_t>(text.size()));
  EXPECT_EQ(record.instructions(), 20u);
  record.clear();
  EXPECT_EQ(record.instructions(), std::nullopt);
}

TEST(InstructionRecord, DoesNotReadWithoutBound) {
  InstructionRecord record;
  ASSERT_EQ(ftruncate(record.descriptor(), off_t{1} << 40), 0);
  EXPECT_EQ(record.instructions(), std::nullopt);
}

}  // namespace
}  // namespace heapjudge
