// Rates so far stand for the rates to come.
#include "cli/progress.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "reports/layout.h"

namespace heapjudge {
namespace {

constexpr std::size_t kWidestBar = 30;
constexpr std::size_t kNarrowestBar = 8;
constexpr double kSecondsToTellBy = 1;

// Eighths of a cell where the terminal can draw them.
std::string bar(double share, std::size_t cells, bool unicode) {
  constexpr std::array<std::string_view, 8> kEighths{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  const auto eighths = static_cast<std::size_t>(std::clamp(share, 0.0, 1.0) * static_cast<double>(cells * 8));
  std::string text;
  for (std::size_t i = 0; i < eighths / 8; ++i) text += unicode ? "█" : "#";
  std::size_t drawn = eighths / 8;
  if (unicode && eighths % 8 > 0) {
    text += kEighths[eighths % 8];
    ++drawn;
  }
  return text + std::string(cells - drawn, unicode ? ' ' : '.');
}

}  // namespace

std::string time_left_text(const WorkDone& progress) {
  if (progress.done == 0 || progress.done >= progress.total || progress.seconds < kSecondsToTellBy) return "";
  const double left = progress.seconds * static_cast<double>(progress.total - progress.done) /
                      static_cast<double>(progress.done);
  if (left > 5400) return "over an hour left";
  if (left >= 90) return fmt::format("about {:.0f} min left", left / 60);
  const double step = left < 10 ? 1 : 5;
  return fmt::format("about {:.0f} s left", std::max(1.0, std::round(left / step) * step));
}

std::string progress_text(const WorkDone& progress, std::size_t columns, bool unicode) {
  const std::string total = std::to_string(progress.total);
  const std::string count =
      fmt::format("{} {:>{}} of {} {}", progress.what, progress.done, total.size(), total, progress.of);
  const std::string left = time_left_text(progress);
  const std::size_t words = width_of(count) + 2 + (left.empty() ? 0 : width_of(left) + 2);
  const std::size_t spare = columns > words ? columns - words : 0;
  if (spare < kNarrowestBar) return clipped(count, columns, unicode);
  const double share =
      progress.total == 0 ? 0 : static_cast<double>(progress.done) / static_cast<double>(progress.total);
  return count + "  " + bar(share, std::min(spare, kWidestBar), unicode) + (left.empty() ? "" : "  " + left);
}

void ProgressBar::show(WorkDone progress) {
  if (!line_.on_terminal()) return;
  const auto now = std::chrono::steady_clock::now();
  if (progress.what != what_) {
    what_ = progress.what;
    begun_ = now;
  }
  progress.seconds = std::chrono::duration<double>(now - begun_).count();
  line_.show(progress_text(progress, line_.columns(), line_.unicode()));
}

void ProgressBar::say(const std::string& message) {
  if (!line_.on_terminal()) return;
  what_.clear();
  line_.show(clipped(message, line_.columns(), line_.unicode()));
}

}  // namespace heapjudge
