// The anatomy of a failure, in its fixed order: place and sentence, evidence, picture, histories, source,
// hint, commands.
#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "oracle/fault.h"
#include "reports/command_text.h"
#include "reports/evidence.h"
#include "reports/hints.h"
#include "reports/layout.h"
#include "reports/numbers.h"
#include "reports/paint.h"
#include "reports/picture.h"
#include "reports/printable.h"
#include "reports/report.h"
#include "reports/request_text.h"
#include "reports/shell_word.h"
#include "reports/source_place.h"
#include "reports/trace_table.h"

namespace heapjudge {
namespace {

constexpr std::size_t kMostLines = 12;
constexpr std::size_t kFewRows = 5;
constexpr std::size_t kManyRows = 24;
constexpr std::size_t kIndent = 2;
constexpr std::size_t kLabel = 10;
constexpr std::size_t kNarrowest = 40;

// How soon a line is given up when there are too many, the last first; kMust never is.
enum class Rank { kMust, kSource, kHistory, kPicture, kDetail, kContext };

struct Line {
  std::string text;
  Rank rank = Rank::kMust;
};

std::string place_of(const TraceResult& result, bool unicode) {
  return fmt::format("{}:{}:1", printable(result.file.empty() ? result.name : result.file.string(), unicode),
                     result.finding_lines.empty() ? 1 : result.finding_lines.front());
}

// Without its beginning, when it is too long.
std::string end_of_place(const std::string& place, std::size_t columns, bool unicode) {
  const std::string_view ellipsis = unicode ? "…" : "..";
  std::string_view end = place;
  while (width_of(end) + width_of(ellipsis) > columns) end.remove_prefix(next_code_point(end).bytes);
  return std::string(ellipsis) + std::string(end);
}

class Anatomy {
 public:
  Anatomy(const TraceResult& result, const Identity& identity, const TextStyle& style)
      : result_(result),
        finding_(*result.examination->finding),
        identity_(identity),
        style_(style),
        columns_(std::max(style.columns, kNarrowest)) {}

  std::string text() {
    add_first_line();
    add_notes(store_notes_of(finding_, identity_));
    for (const Evidence& line : evidence_of(finding_, identity_)) {
      add(line.label, line.text, line.is_detail ? Rank::kDetail : Rank::kMust);
    }
    add_picture();
    add_histories();
    add_notes(source_notes_of(finding_));
    if (const std::string hint = hint_for(finding_, identity_); !hint.empty())
      add("hint", "likely: " + hint, Rank::kMust);
    add_commands();
    if (!style_.verbose) shorten();
    return joined();
  }

 private:
  void add_first_line() {
    const std::string place = place_of(result_, style_.unicode);
    const std::string sentence = printable(describe(finding_), style_.unicode);
    const auto lines =
        wrapped(fmt::format("{}: error: [{}] {}", place, code_of(finding_.fault), sentence), columns_, 4);
    const Paint paint(style_.colour);
    for (const std::string& line : lines) lines_.push_back({paint.bad(line), Rank::kMust});
  }

  void add(std::string_view label, std::string_view text, Rank rank) {
    const std::size_t margin = kIndent + kLabel;
    const std::string safe = printable(text, style_.unicode);
    const std::string start = std::string(kIndent, ' ') + left_aligned(label, kLabel);
    for (const std::string& line : wrapped(start + safe, columns_, margin)) lines_.push_back({line, rank});
  }

  void add_picture() {
    const Picture picture = picture_of(finding_, columns_ - kIndent, style_.verbose ? kManyRows : kFewRows);
    if (picture.rows.empty()) return;
    add("scale",
        fmt::format("one character is {}, the first at {}", bytes_text(picture.cell_bytes),
                    heap_offset(picture.start)),
        Rank::kContext);
    for (const PictureRow& row : picture.rows) {
      const bool last = &row == &picture.rows.back();
      const std::string text = clipped(row.text, columns_ - kIndent, style_.unicode);
      lines_.push_back({std::string(kIndent, ' ') + text, last ? Rank::kMust : Rank::kPicture});
    }
  }

  void add_histories() {
    const auto histories = histories_with_convicted(finding_);
    const auto marks = marks_of(histories);
    for (const BlockHistory& history : histories) {
      add(fmt::format("block {}", history.block), history_text(history, histories, marks), Rank::kHistory);
    }
  }

  // A mark is told where it is not the block's own number.
  std::string history_text(const BlockHistory& history, const std::vector<BlockHistory>& all,
                           const std::vector<Marked>& marks) const {
    std::string text = life_of(history, all, finding_);
    for (const Marked& marked : marks) {
      const bool lettered = marked.block == history.block && marked.mark >= 'a';
      if (lettered && !picture_of(finding_, columns_, 1).rows.empty())
        text += fmt::format("   ({})", marked.mark);
    }
    return text;
  }

  void add_notes(const std::vector<SourceNote>& notes) {
    for (const SourceNote& note : notes) {
      if (note.label.empty()) {
        const std::string text = printable(note.text, style_.unicode);
        lines_.push_back(
            {clipped(text, columns_, style_.unicode), note.is_context ? Rank::kContext : Rank::kSource});
      } else {
        add(note.label, note.text, Rank::kMust);
      }
    }
  }

  void add_commands() {
    const std::filesystem::path& file = result_.saved_prefix.empty() ? result_.file : result_.saved_prefix;
    const std::string trace = file.empty() ? "" : " -f " + shell_word(file.string());
    std::vector<std::string> commands{grade_command(identity_) + trace + judging_options(identity_)};
    if (!file.empty() && can_be_debugged(finding_)) {
      commands.push_back(debug_command(identity_) + trace + stop_options(finding_) + judging_options(identity_));
    }
    commands.push_back("heapjudge explain " + code_of(finding_.fault));
    std::string_view label = "next";
    for (const std::string& line : laid_out(commands, {.between = "     ", .columns = columns_ - kIndent - kLabel, .indent = 0})) {
      add(label, line, Rank::kMust);
      label = "";
    }
  }

  void shorten() {
    while (lines_.size() > kMostLines) {
      const auto worst = std::max_element(lines_.begin(), lines_.end(),
                                          [](const Line& a, const Line& b) { return a.rank < b.rank; });
      if (worst->rank == Rank::kMust) return;
      lines_.erase(worst);
    }
  }

  std::string joined() const {
    std::string text;
    for (const Line& line : lines_) text += line.text.substr(0, line.text.find_last_not_of(' ') + 1) + "\n";
    return text;
  }

  const TraceResult& result_;
  const Finding& finding_;
  const Identity& identity_;
  const TextStyle& style_;
  std::size_t columns_;
  std::vector<Line> lines_;
};

constexpr std::size_t kRoomForCall = 36;  // of a line: code, request and the beginning of the sentence

}  // namespace

std::string line_of_failure(const TraceResult& result, const TextStyle& style) {
  const Finding* finding = finding_of(result);
  if (finding == nullptr) return "";
  const std::size_t columns = std::max(style.columns, 2 * kRoomForCall);
  std::string place = place_of(result, style.unicode);
  if (width_of(place) + kRoomForCall > columns) {
    place = end_of_place(place, columns - kRoomForCall, style.unicode);
  }
  const std::string line =
      fmt::format("{}: error: {}", place, printable(short_text_of(*finding), style.unicode));
  return clipped(line, columns, style.unicode) + "\n";
}

std::string text_of_failure(const TraceResult& result, const Identity& identity, const TextStyle& style) {
  if (!result.examination || !result.examination->finding) return "";
  return Anatomy(result, identity, style).text();
}

}  // namespace heapjudge
