// Lines and words of a .rep file, with the place of each for error messages.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace heapjudge {

// Stands at a word of a line, or at the line's end. Blank lines, comments and blanks between words are passed
// over. Lines and columns count from 1, columns in bytes.
class RepScanner {
 public:
  RepScanner(std::string_view name, std::string_view bytes) : name_(name), rest_(bytes) {}

  // Goes to the first word of the next line that has one; false when there is none.
  bool next_line();

  // The word it stands at, empty at the end of the line; take_word() also moves on to the next one.
  std::string_view word() const { return word_; }
  std::string_view take_word();

  // Takes a decimal number of at most `limit`; fails with "expected <what>, found ..." or
  // "<what> <number> is more than <limit>".
  std::uint64_t take_number(const char* what, std::uint64_t limit);

  // Fails unless the line ends here.
  void expect_end_of_line();

  std::size_t line() const { return line_; }

  // What follows the current line; a reader that takes whole lines from it says so with skip.
  std::string_view rest() const { return rest_; }
  void skip(std::size_t bytes, std::size_t lines);

  // Throws InputError "name:line:column: what" for the word it stands at, for the last one taken, or for the
  // end of the file.
  [[noreturn]] void fail_here(const std::string& what) const;
  [[noreturn]] void fail_at_last(const std::string& what) const;
  [[noreturn]] void fail_at_end_of_file(const std::string& what) const;

  // The word as an error message shows it: quoted, cut short, bytes that are no printable ASCII in hex.
  static std::string shown(std::string_view word);

 private:
  void find_word(const char* from);
  [[noreturn]] void fail(std::size_t line, std::size_t column, const std::string& what) const;
  std::size_t column_of(const char* at) const { return static_cast<std::size_t>(at - text_.data()) + 1; }

  std::string_view name_;
  std::string_view rest_;
  std::string_view text_;  // the current line without its end
  std::string_view word_;
  std::string_view last_;
  std::size_t line_ = 0;
};

}  // namespace heapjudge
