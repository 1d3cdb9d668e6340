// The option table: what every command takes, as plain data. The parser, --help, the man page and the
// completions of the shells are all made from it.
//
// To add a command `heapjudge frob`:
//   1. frob_options.h   struct FrobOptions; CommandRow frob_row(); FrobOptions read_frob_options(const
//   Given&);
//      frob_options.cc  the rows (below) and what turns given values into FrobOptions; both into
//      CMakeLists.txt.
//   2. options.h        FrobOptions in the variant Options.
//   3. command_list.cc  one line in the list: {frob_row(), read<read_frob_options>}. The name "trace frob"
//   makes it a
//      subcommand of `heapjudge trace`.
//   4. main.cc          one line that runs it.
// To add an option: one row, and one line in the reader. An option that several commands have is a row in
// shared_rows.h.
#pragma once

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace heapjudge {

enum class Kind : std::uint8_t {
  kText,
  kFile,        // a path, or a name that stands for one; what follows is completed as a path
  kFolder,      //
  kChoice,      // one of the words of `value`, a|b|c
  kNumber,      // from `least` to `most`
  kWhole,       // the same without a fraction
  kPowerOfTwo,  // up to `most`
};

// What a value must be. Checked before a reader sees it, and told as "--name: expected ..., got '...'".
struct Expects {
  Kind kind = Kind::kText;
  double least = 0;
  double most = 0;
};
inline constexpr Expects kAFile{Kind::kFile};
inline constexpr Expects kAFolder{Kind::kFolder};
inline constexpr Expects kAChoice{Kind::kChoice};
inline constexpr Expects kASeed{Kind::kWhole, 0, 0x1p64};  // any 64 bits

struct OptionRow {
  std::string_view name;   // "-o", "--seed"; a bare word is an argument
  std::string_view value;  // as --help shows it; empty: a flag
  std::string_view text;
  bool required = false;
  bool repeats = false;  // may be given several times; an argument: takes several words
  Expects expects = {};
  std::vector<std::string> (*words)() = nullptr;  // those that completion offers; a choice offers its own
  std::string_view group = "Options";             // its heading in --help and the man page
};

struct CommandRow {
  std::string_view name;  // "grade", "trace gen"
  std::string_view text;
  std::vector<OptionRow> options = {};
  std::string_view footer = {};  // below the options, an example for instance
};

// The rows of several lists as one.
std::vector<OptionRow> joined(std::initializer_list<std::span<const OptionRow>> lists);

// What was given for the options of one command. Asking for an option that the command does not have is our
// own bug; values are as the row expects them.
class Given {
 public:
  using Values = std::map<std::string_view, std::vector<std::string>>;  // a flag that was given has no values

  Given(const CommandRow& row, Values values) : row_(&row), values_(std::move(values)) {}

  bool has(std::string_view name) const;
  std::vector<std::string> texts(std::string_view name) const;  // all of them, in their order
  std::vector<std::filesystem::path> paths(std::string_view name) const;

  // The last one; nothing when it was not given.
  std::optional<std::string> text(std::string_view name) const;
  std::optional<std::filesystem::path> path(std::string_view name) const;
  std::optional<double> number(std::string_view name) const;        // of kNumber
  std::optional<std::uint64_t> whole(std::string_view name) const;  // of kWhole and kPowerOfTwo

 private:
  const std::vector<std::string>* find(std::string_view name) const;

  const CommandRow* row_;
  Values values_;
};

// Why `text` is not what the row expects, "expected ..., got '...'"; empty when it is.
std::string complaint_about(const OptionRow& row, const std::string& text);

// The words between the bars of "a|b|c", or between other separators; empty ones are left out.
std::vector<std::string> split(std::string_view text, char separator);

// Throws InputError: "--name: expected ..., got '...'", for what only the reader can tell.
[[noreturn]] void refuse_value(std::string_view name, std::string_view wanted, const std::string& text);

}  // namespace heapjudge
