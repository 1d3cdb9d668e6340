#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "reports/bench.h"
#include "reports/numbers.h"
#include "reports/printable.h"

namespace heapjudge {
namespace {

constexpr std::size_t kWidth = 64;
constexpr std::size_t kHeight = 16;
constexpr std::size_t kTicks = 5;  // on either axis

struct Spot {
  char letter;
  const BenchEntry* entry;
};

struct Axis {
  double least = 0;
  double most = 1;

  std::size_t place(double value, std::size_t cells) const {
    const double share = (value - least) / (most - least);
    return static_cast<std::size_t>(std::lround(std::clamp(share, 0.0, 1.0) * static_cast<double>(cells - 1)));
  }
  double at(std::size_t place, std::size_t cells) const {
    return least + (most - least) * static_cast<double>(place) / static_cast<double>(cells - 1);
  }
};

// Those that passed everything: others' means are of other traces.
std::vector<Spot> spots_of(const BenchSheet& sheet) {
  std::vector<Spot> spots;
  for (const BenchEntry& entry : sheet.entries) {
    if (entry.cells.empty() || entry.passed != sheet.traces.size() || !entry.utilization || !entry.speed) continue;
    spots.push_back({static_cast<char>('a' + spots.size() % 26), &entry});
  }
  return spots;
}

using Canvas = std::vector<std::string>;  // the top line first

char& cell_at(Canvas& canvas, std::size_t x, std::size_t y) { return canvas[kHeight - 1 - y][x]; }

// From each member of the frontier straight down to the speed of the next, and there to the right.
void draw_frontier(const std::vector<Spot>& spots, const Axis& right, const Axis& up, Canvas& canvas) {
  std::vector<const BenchEntry*> members;
  for (const Spot& spot : spots) {
    if (spot.entry->on_frontier) members.push_back(spot.entry);
  }
  std::ranges::sort(members, {}, [](const BenchEntry* entry) { return *entry->utilization; });
  std::size_t x = 0;
  for (std::size_t i = 0; i < members.size(); ++i) {
    const std::size_t end = right.place(*members[i]->utilization, kWidth);
    const std::size_t height = up.place(*members[i]->speed, kHeight);
    const std::size_t next = i + 1 < members.size() ? up.place(*members[i + 1]->speed, kHeight) : 0;
    for (; x <= end; ++x) cell_at(canvas, x, height) = '.';
    for (std::size_t y = next; y < height; ++y) cell_at(canvas, end, y) = '.';
  }
}

std::string legend(const std::vector<Spot>& spots, const TextStyle& style) {
  std::string text;
  for (const Spot& spot : spots) {
    text += fmt::format("  {} {}  {} %  {}{}\n", spot.letter, printable(spot.entry->name, style.unicode),
                        percent(*spot.entry->utilization), speed_text(*spot.entry->speed),
                        spot.entry->on_frontier ? "  on the frontier" : "");
  }
  return text;
}

std::string axis_line(const Axis& right) {
  std::string line(kWidth + 8, ' ');
  for (std::size_t tick = 0; tick < kTicks; ++tick) {
    const std::size_t x = tick * (kWidth - 1) / (kTicks - 1);
    const std::string label = fmt::format("{:.0f} %", right.at(x, kWidth) * 100);
    line.replace(std::min(x, line.size() - label.size()), label.size(), label);
  }
  return line.substr(0, line.find_last_not_of(' ') + 1);
}

}  // namespace

std::string picture_of(const BenchSheet& sheet, const TextStyle& style) {
  const std::vector<Spot> spots = spots_of(sheet);
  if (spots.size() < 2) return "";
  const auto speed = [](const Spot& spot) { return *spot.entry->speed; };
  const auto utilization = [](const Spot& spot) { return *spot.entry->utilization; };
  const Axis up{0, std::max(1.0, speed(*std::ranges::max_element(spots, {}, speed)) * 1.05)};
  const double lowest = utilization(*std::ranges::min_element(spots, {}, utilization));
  const Axis right{std::floor(lowest * 10) / 10, 1};
  Canvas canvas(kHeight, std::string(kWidth, ' '));
  draw_frontier(spots, right, up, canvas);
  for (const Spot& spot : spots) {
    cell_at(canvas, right.place(utilization(spot), kWidth), up.place(speed(spot), kHeight)) = spot.letter;
  }
  std::string text = "  speed, and utilization to the right; dots bound what the frontier leaves behind\n";
  for (std::size_t line = 0; line < kHeight; ++line) {
    const bool tick = line % ((kHeight - 1) / (kTicks - 2)) == 0;
    const std::string label = tick ? speed_text(up.at(kHeight - 1 - line, kHeight)) : "";
    const std::string cells = canvas[line].substr(0, canvas[line].find_last_not_of(' ') + 1);
    text += fmt::format("  {:>6} |{}\n", label, cells);
  }
  return text + "         +" + std::string(kWidth, '-') + "\n          " + axis_line(right) + "\n" + legend(spots, style);
}

}  // namespace heapjudge
