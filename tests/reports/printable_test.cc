// Escapes, widths, wrapping and quoting.
#include "reports/printable.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "reports/layout.h"
#include "reports/numbers.h"
#include "reports/shell_word.h"

namespace heapjudge {
namespace {

TEST(PrintableTest, TextStaysAndControlsAreEscaped) {
  EXPECT_EQ(printable("gr\xc3\xbc\xc3\x9f"), "gr\xc3\xbc\xc3\x9f");
  EXPECT_EQ(printable("gr\xc3\xbc", false), "gr\\u{fc}");
  EXPECT_EQ(printable("a\nb\tc\x1b[0m\x7f"), "a\\nb\\tc\\x1b[0m\\x7f");
  EXPECT_EQ(printable("\xc2\x9b"
                      "0m"),
            "\\u{9b}0m");
  EXPECT_EQ(printable("\xe2\x80\xae"), "\\u{202e}");
}

TEST(PrintableTest, InvalidUtf8IsShownByteByByte) {
  EXPECT_EQ(printable("\xff\xc3"), "\\xff\\xc3");
  EXPECT_EQ(printable("\xc0\xaf"), "\\xc0\\xaf");                    // overlong
  EXPECT_EQ(printable("\xe0\x80\xaf"), "\\xe0\\x80\\xaf");           // overlong
  EXPECT_EQ(printable("\xed\xa0\x80"), "\\xed\\xa0\\x80");           // a surrogate
  EXPECT_EQ(printable("\xf4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80");  // beyond the last code point
}

TEST(PrintableTest, TheResultOfAnyBytesIsPrintableAndStaysSo) {
  constexpr unsigned kSeed = 11;
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  std::mt19937 random(kSeed);
  for (int round = 0; round < 2000; ++round) {
    std::string raw(random() % 12, '\0');
    for (char& c : raw) c = static_cast<char>(random());
    const std::string text = printable(raw);
    ASSERT_EQ(printable(text), text);
    for (const std::string& line : wrapped(text, 5, 2)) ASSERT_LE(width_of(line), 5u);
    ASSERT_LE(width_of(clipped(text, 4, true)), 4u);
    ASSERT_EQ(printable(clipped(text, 4, true)), clipped(text, 4, true));
  }
}

TEST(LayoutTest, WidthIsWhatATerminalShows) {
  EXPECT_EQ(width_of("abc"), 3u);
  EXPECT_EQ(width_of("\xe6\xbc\xa2"), 2u);  // a wide character
  EXPECT_EQ(width_of("e\xcc\x81"), 1u);     // e and a combining accent
}

TEST(LayoutTest, LinesBreakAtSpaces) {
  EXPECT_EQ(wrapped("one two three", 8, 2), (std::vector<std::string>{"one two", "  three"}));
  EXPECT_EQ(wrapped("abcdefghij", 4, 0), (std::vector<std::string>{"abcd", "efgh", "ij"}));
  EXPECT_EQ(wrapped("", 4, 0), std::vector<std::string>{""});
  EXPECT_EQ(clipped("abcdef", 4, true), "abc…");
  EXPECT_EQ(clipped("abcdef", 4, false), "ab..");
  EXPECT_EQ(clipped("abc", 3, true), "abc");
}

TEST(LayoutTest, PartsStayWhole) {
  EXPECT_EQ(laid_out({"one", "two three", "four"}, {.between = " - ", .columns = 15, .indent = 2}),
            (std::vector<std::string>{"one - two three", "  four"}));
  EXPECT_EQ(laid_out({"one", "seven letters and more"}, {.between = " ", .columns = 10, .indent = 1}),
            (std::vector<std::string>{"one", " seven", "   letters", "   and", "   more"}));
}

TEST(NumbersTest, ReadEasily) {
  EXPECT_EQ(speed_text(1.934), "1.93x");
  EXPECT_EQ(speed_text(0.0718), "0.072x");
  EXPECT_EQ(speed_text(432.4), "432x");
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(212372), "212 372");
  EXPECT_EQ(grouped(1000000), "1 000 000");
  EXPECT_EQ(kibibytes(1), "1 K");
  EXPECT_EQ(size_text(100u << 20), "100 MiB");
  EXPECT_EQ(size_text(20), "20 bytes");
  EXPECT_EQ(heap_offset(0xa0), "+0x0a0");
  EXPECT_EQ(heap_offset(std::uint64_t{0} - 8), "-0x008");
  EXPECT_EQ(signal_name(11), "SIGSEGV");
  EXPECT_EQ(signal_name(63), "signal 63");
}

TEST(ShellWordTest, QuotesWhatAShellWouldTakeApart) {
  EXPECT_EQ(shell_word("dir/mm.c"), "dir/mm.c");
  EXPECT_EQ(shell_word("a b"), "'a b'");
  EXPECT_EQ(shell_word("it's"), "'it'\\''s'");
  EXPECT_EQ(shell_word("$(x)"), "'$(x)'");
  EXPECT_EQ(shell_word("a\x1b'"), "$'a\\x1b\\x27'");
  EXPECT_EQ(shell_word(""), "''");
}

}  // namespace
}  // namespace heapjudge
