// The classic flags, read as getopt reads them; -v and -c may or may not be followed by a value.
#include "cli/mdriver_options.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cstdio>
#include <optional>
#include <string_view>
#include <utility>

#include "trace/input_error.h"

namespace heapjudge {
namespace {

enum class Value { kNone, kRequired, kNumberMaybe, kFileMaybe };

// `note` is what a flag without a meaning here says.
struct Flag {
  char letter;
  Value value;
  std::string_view help;
  std::string_view note;
};

constexpr std::string_view kAlwaysChecked = "every byte of every block is always checked";

constexpr std::array<Flag, 14> kFlags{{
    {'a', Value::kNone, "accepted: the team structure is never looked at", ""},
    {'c', Value::kFileMaybe, "run each trace, or this one, only once", ""},
    {'d', Value::kRequired, "accepted with its level", kAlwaysChecked},
    {'D', Value::kNone, "accepted", kAlwaysChecked},
    {'f', Value::kRequired, "this trace only; wins over -t", ""},
    {'g', Value::kNone, "accepted", "the summary is always printed"},
    {'h', Value::kNone, "print this", ""},
    {'l', Value::kNone, "accepted", "libc's malloc is not run beside the submission yet"},
    {'p', Value::kNone, "accepted",
     "checkpoint scores are a rubric of their own: heapjudge grade --rubric checkpoint"},
    {'s', Value::kRequired, "CPU seconds for one run of a trace", ""},
    {'t', Value::kRequired, "the traces of this folder instead of the rubric's", ""},
    {'T', Value::kNone, "accepted", "for other programs there is heapjudge grade --format json"},
    {'v', Value::kNumberMaybe, "one line for each trace; 0: without", ""},
    {'V', Value::kNone, "one line for each trace", ""},
}};

std::string help() {
  std::string text = "Usage: mdriver [flags]      grades mm.c of this folder; heapjudge --help has more\n";
  for (const Flag& flag : kFlags) {
    std::string_view value;
    switch (flag.value) {
      case Value::kNone:
        value = "";
        break;
      case Value::kRequired:
        value = "VALUE";
        break;
      case Value::kNumberMaybe:
        value = "[N]";
        break;
      case Value::kFileMaybe:
        value = "[FILE]";
        break;
    }
    std::array<char, 160> line{};
    std::snprintf(line.data(), line.size(), "  -%c %-7s %s\n", flag.letter, value.data(), flag.help.data());
    text += line.data();
  }
  return text;
}

bool is_number(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](unsigned char c) { return std::isdigit(c) != 0; });
}

double seconds_of(const std::string& text) {
  double seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  if (!whole || !(seconds > 0 && seconds <= 86400))
    throw InputError("-s: expected seconds, got '" + text + "'");
  return seconds;
}

class FlagReader {
 public:
  explicit FlagReader(std::span<const std::string> arguments) : arguments_(arguments) {}

  std::variant<MdriverOptions, PrintText> read() {
    options_.grade.submission = {"mm.c"};
    while (next_ < arguments_.size() && !help_) read_cluster(arguments_[next_++]);
    if (help_) return PrintText{help()};
    if (!options_.grade.traces.empty()) options_.grade.trace_dir.reset();
    return options_;
  }

 private:
  // One word such as -Vf: flags up to the first that takes the rest as its value.
  void read_cluster(const std::string& word) {
    if (word.size() < 2 || word.front() != '-')
      throw InputError("unexpected argument '" + word + "' (mdriver -h)");
    rest_ = std::string_view(word).substr(1);
    while (!rest_.empty()) {
      const char letter = rest_.front();
      rest_.remove_prefix(1);
      const auto flag = std::ranges::find(kFlags, letter, &Flag::letter);
      if (flag == kFlags.end())
        throw InputError("unknown flag '-" + std::string(1, letter) + "' (mdriver -h)");
      const std::optional<std::string> value = value_of(*flag);
      if (!flag->note.empty())
        options_.notes.push_back("-" + std::string(1, letter) + ": " + std::string(flag->note));
      apply(letter, value);
    }
  }

  std::optional<std::string> value_of(const Flag& flag) {
    switch (flag.value) {
      case Value::kNone:
        return std::nullopt;
      case Value::kRequired: {
        if (rest_.empty() && next_ == arguments_.size()) {
          throw InputError("-" + std::string(1, flag.letter) + " needs a value (mdriver -h)");
        }
        return take();
      }
      case Value::kNumberMaybe:
        return is_number(candidate()) ? std::optional(take()) : std::nullopt;
      case Value::kFileMaybe:
        return rest_.empty() && !candidate().empty() && !candidate().starts_with('-') ? std::optional(take())
                                                                                      : std::nullopt;
    }
    return std::nullopt;
  }

  std::string_view candidate() const {
    if (!rest_.empty()) return rest_;
    return next_ < arguments_.size() ? std::string_view(arguments_[next_]) : std::string_view();
  }

  std::string take() {
    if (rest_.empty()) return arguments_[next_++];
    return std::string(std::exchange(rest_, {}));
  }

  void apply(char letter, const std::optional<std::string>& value) {
    GradeOptions& grade = options_.grade;
    if (letter == 'h') help_ = true;
    if (letter == 'V') options_.table = grade.verbose = true;
    if (letter == 'v') options_.table = !value || value->find_first_not_of('0') != std::string::npos;
    if (letter == 'c') grade.each_trace_once = true;
    if ((letter == 'f' || letter == 'c') && value) grade.traces.push_back(*value);
    if (letter == 't') grade.trace_dir = *value;
    if (letter == 's') grade.timeout_seconds = seconds_of(*value);
  }

  std::span<const std::string> arguments_;
  std::size_t next_ = 0;
  std::string_view rest_;  // of the word being read
  bool help_ = false;
  MdriverOptions options_;
};

}  // namespace

std::variant<MdriverOptions, PrintText> parse_mdriver_options(std::span<const std::string> arguments) {
  return FlagReader(arguments).read();
}

}  // namespace heapjudge
