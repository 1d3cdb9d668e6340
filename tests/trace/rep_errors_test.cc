// Every error text of the .rep reader, with its place.
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "trace/input_error.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

using namespace std::string_literals;

std::string error_of(std::string_view bytes) {
  try {
    parse_trace("dir/t.rep", bytes);
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

// The error of requests under a header of 4 ids and `count` requests; they begin on line 5.
std::string error_in(const std::string& requests, int count) {
  return error_of("20000\n4\n" + std::to_string(count) + "\n1\n" + requests);
}

TEST(RepErrors, AnEmptyFile) {
  EXPECT_EQ(error_of(""), "dir/t.rep: the file is empty");
}

TEST(RepErrors, NothingButCommentsAndBlankLines) {
  EXPECT_EQ(error_of("# nothing\n\n"),
            "dir/t.rep:3:1: the file ends within the header: expected the suggested heap size or the weight");
}

TEST(RepErrors, ABinaryFile) {
  EXPECT_EQ(error_of("\x7f"
                     "ELF\x02\x01\0\0more"s),
            "dir/t.rep:1:1: expected the suggested heap size or the weight, found "
            "'\\x7fELF\\x02\\x01\\x00\\x00more'");
}

TEST(RepErrors, ALongWordIsCutShort) {
  EXPECT_EQ(error_of(std::string(5000, 'x')),
            "dir/t.rep:1:1: expected the suggested heap size or the weight, found 'xxxxxxxxxxxxxxxxxxxx...'");
}

TEST(RepErrors, AHeaderThatIsCutShort) {
  EXPECT_EQ(error_of("20000\n"),
            "dir/t.rep:2:1: the file ends within the header: expected the number of ids");
  EXPECT_EQ(error_of("20000\n3\n"),
            "dir/t.rep:3:1: the file ends within the header: expected the number of requests");
  EXPECT_EQ(error_of("20000\n3\n8"), "dir/t.rep:4:1: the file ends within the header: expected the weight");
  EXPECT_EQ(error_of("1\n3\n8\n"),
            "dir/t.rep:4:1: the file ends within the header: expected the maximum bytes or a flag");
}

TEST(RepErrors, TwoNumbersOnAHeaderLine) {
  EXPECT_EQ(error_of("20000 3\n8\n1\n"), "dir/t.rep:1:7: expected the end of the line, found '3'");
}

TEST(RepErrors, AHeaderNumberThatIsNone) {
  EXPECT_EQ(error_of("20000\n-3\n8\n1\n"), "dir/t.rep:2:1: expected the number of ids, found '-3'");
  EXPECT_EQ(error_of("20000\n3\n8.5\n1\n"), "dir/t.rep:3:1: expected the number of requests, found '8.5'");
  EXPECT_EQ(error_of("20000\n3\n8\na 0 1\n"), "dir/t.rep:4:1: expected the weight, found 'a'");
}

TEST(RepErrors, AHeaderNumberOutOfRange) {
  EXPECT_EQ(error_of("20000\n4294967296\n3\n1\n"),
            "dir/t.rep:2:1: the number of ids 4294967296 is more than 9437184");
  EXPECT_EQ(error_of("20000\n3\n18446744073709551616\n1\n"),
            "dir/t.rep:3:1: the number of requests 18446744073709551616 is more than 8388608");
  EXPECT_EQ(error_of("20000\n3\n8\n4294967296\n"),
            "dir/t.rep:4:1: the weight 4294967296 is more than 4294967295");
  EXPECT_EQ(error_of("99999999999999999999999999\n"),
            "dir/t.rep:1:1: the suggested heap size or the weight 99999999999999999999 is more than "
            "18446744073709551615");
}

TEST(RepErrors, TenMillionRequests) {
  EXPECT_EQ(error_of("20000\n3\n10000000\n1\n"), "dir/t.rep:3:1: the number of requests 10000000 is more than 8388608");
}

TEST(RepErrors, MoreIdsThanTheRequestsCouldUse) {
  EXPECT_EQ(error_of("20000\n1048580\n3\n1\n"), "dir/t.rep:3:1: 1048580 ids are too many for 3 requests");
}

TEST(RepErrors, FewerRequestsThanTheHeaderSays) {
  EXPECT_EQ(error_in("a 0 8\nf 0\n", 3),
            "dir/t.rep:7:1: the file ends after 2 of the 3 requests that the header says");
}

TEST(RepErrors, AHugeCountOfRequestsThatAreNotThere) {
  EXPECT_EQ(error_in("a 0 8\n", 8388608),
            "dir/t.rep:6:1: the file ends after 1 of the 8388608 requests that the header says");
}

TEST(RepErrors, MoreRequestsThanTheHeaderSays) {
  EXPECT_EQ(error_in("a 0 8\nf 0\n", 1), "dir/t.rep:6:1: a request too many: the header says 1");
}

TEST(RepErrors, ALetterThatIsNoRequest) {
  EXPECT_EQ(error_in("x 0 8\n", 1), "dir/t.rep:5:1: expected a request (a, f, r, c, m, i or s), found 'x'");
  EXPECT_EQ(error_in("a0 8\n", 1), "dir/t.rep:5:1: expected a request (a, f, r, c, m, i or s), found 'a0'");
}

TEST(RepErrors, ANumberThatIsMissing) {
  EXPECT_EQ(error_in("a\n", 1), "dir/t.rep:5:2: expected an id, found the end of the line");
  EXPECT_EQ(error_in("a 0\n", 1), "dir/t.rep:5:4: expected a size, found the end of the line");
  EXPECT_EQ(error_in("a 0 # 8\n", 1), "dir/t.rep:5:5: expected a size, found the end of the line");
  EXPECT_EQ(error_in("c 0\n", 1), "dir/t.rep:5:4: expected the count, found the end of the line");
  EXPECT_EQ(error_in("m 0\n", 1), "dir/t.rep:5:4: expected the alignment, found the end of the line");
  EXPECT_EQ(error_in("s\n", 1), "dir/t.rep:5:2: expected the number of refusals, found the end of the line");
}

TEST(RepErrors, ANumberThatIsNone) {
  EXPECT_EQ(error_in("a 0 8k\n", 1), "dir/t.rep:5:5: expected a size, found '8k'");
  EXPECT_EQ(error_in("a 0x1 8\n", 1), "dir/t.rep:5:3: expected an id, found '0x1'");
  EXPECT_EQ(error_in("a 0 -8\n", 1), "dir/t.rep:5:5: expected a size, found '-8'");
  EXPECT_EQ(error_in("a -1 8\n", 1), "dir/t.rep:5:3: expected an id, found '-1'");
  EXPECT_EQ(error_in("f -2\n", 1), "dir/t.rep:5:3: expected an id, found '-2'");
}

TEST(RepErrors, ANumberThatDoesNotFit64Bits) {
  EXPECT_EQ(error_in("a 0 18446744073709551616\n", 1),
            "dir/t.rep:5:5: a size 18446744073709551616 is more than 18446744073709551615");
}

TEST(RepErrors, AnIdThatTheHeaderDoesNotKnow) {
  EXPECT_EQ(error_in("a 4 8\n", 1), "dir/t.rep:5:3: id 4 is too large: the header says 4 ids");
  EXPECT_EQ(error_in("f 4294967295\n", 1),
            "dir/t.rep:5:3: id 4294967295 is too large: the header says 4 ids");
}

TEST(RepErrors, TextAfterARequest) {
  EXPECT_EQ(error_in("a 0 8 8\n", 1), "dir/t.rep:5:7: expected the end of the line, found '8'");
  EXPECT_EQ(error_in("a 0 8\nf 0 8\n", 2), "dir/t.rep:6:5: expected the end of the line, found '8'");
  EXPECT_EQ(error_in("i 1\n", 1), "dir/t.rep:5:3: expected the end of the line, found '1'");
}

TEST(RepErrors, ACarriageReturnWithinALine) {
  EXPECT_EQ(error_in("a 0\r8\n", 1), "dir/t.rep:5:3: expected an id, found '0\\x0d8'");
}

TEST(RepErrors, ABlockAllocatedTwice) {
  EXPECT_EQ(error_in("a 0 8\na 1 8\na 0 16\n", 3), "dir/t.rep:7:3: block 0 is live already, since line 5");
  EXPECT_EQ(error_in("r 0 8\nc 0 1 8\n", 2), "dir/t.rep:6:3: block 0 is live already, since line 5");
  EXPECT_EQ(error_in("m 0 8 8\nm 0 8 8\n", 2), "dir/t.rep:6:3: block 0 is live already, since line 5");
}

TEST(RepErrors, ABlockOfSizeZeroIsLive) {
  EXPECT_EQ(error_in("a 0 0\na 0 8\n", 2), "dir/t.rep:6:3: block 0 is live already, since line 5");
}

TEST(RepErrors, ABlockFreedThatIsNotLive) {
  EXPECT_EQ(error_in("f 0\n", 1), "dir/t.rep:5:3: block 0 is not live: it was never allocated");
  EXPECT_EQ(error_in("a 0 8\nf 0\nf 0\n", 3), "dir/t.rep:7:3: block 0 is not live: it went on line 6");
}

TEST(RepErrors, ABlockFreedThatAnInitTookAway) {
  EXPECT_EQ(error_in("a 0 8\ni\na 1 8\nf 0\n", 4), "dir/t.rep:8:3: block 0 is not live: it went on line 6");
  EXPECT_EQ(error_in("a 0 8\nf 0\ni\nf 0\n", 4), "dir/t.rep:8:3: block 0 is not live: it went on line 6");
}

TEST(RepErrors, AnAlignmentThatIsNoPowerOfTwo) {
  EXPECT_EQ(error_in("m 0 24 8\n", 1), "dir/t.rep:5:5: the alignment 24 is not a power of two");
  EXPECT_EQ(error_in("m 0 0 8\n", 1), "dir/t.rep:5:5: the alignment 0 is not a power of two");
}

TEST(RepErrors, ACountAboveSixteenBits) {
  EXPECT_EQ(error_in("c 0 65536 8\n", 1), "dir/t.rep:5:5: the count 65536 is more than 65535");
}

TEST(RepErrors, LinesAreCountedThroughCommentsAndBlankLines) {
  EXPECT_EQ(error_of("# head\n20000\n\n1 # one\n2\n1\n\n  # more\na 0 8\n\n\ta 0 8\n"),
            "dir/t.rep:11:4: block 0 is live already, since line 9");
}

// The same faults far from the end of the text, where the fast lane meets them first.
TEST(RepErrors, AreTheSameInTheMiddleOfALongFile) {
  std::string before;
  for (int i = 0; i < 3000; ++i) before += "a 0 8\nf 0\n";
  const auto error = [&before](const std::string& line) {
    return error_in(before + line + "\n" + before, 12001);
  };
  EXPECT_EQ(error("f 0"), "dir/t.rep:6005:3: block 0 is not live: it went on line 6004");
  EXPECT_EQ(error("a 0"), "dir/t.rep:6005:4: expected a size, found the end of the line");
  EXPECT_EQ(error("a 0 1 1"), "dir/t.rep:6005:7: expected the end of the line, found '1'");
  EXPECT_EQ(error("f"), "dir/t.rep:6005:2: expected an id, found the end of the line");
  EXPECT_EQ(error("a  "), "dir/t.rep:6005:4: expected an id, found the end of the line");
  EXPECT_EQ(error("q 0 1"), "dir/t.rep:6005:1: expected a request (a, f, r, c, m, i or s), found 'q'");
  EXPECT_EQ(error("a 0 12345678901234567890123456789012345"),
            "dir/t.rep:6005:5: a size 12345678901234567890 is more than 18446744073709551615");
}

}  // namespace
}  // namespace heapjudge
