#include "reports/checkup.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "reports/paint.h"

namespace heapjudge {

namespace {

using Json = nlohmann::ordered_json;

std::string_view word_of(Health health) {
  switch (health) {
    case Health::kWorks:
      return "works";
    case Health::kLimited:
      return "limited";
    case Health::kMissing:
      return "missing";
  }
  return "";
}

std::string mark_of(Health health, const TextStyle& style) {
  const Paint paint(style.colour);
  switch (health) {
    case Health::kWorks:
      return paint.good(style.unicode ? "✓" : "+");
    case Health::kLimited:
      return paint.doubtful("!");
    case Health::kMissing:
      return paint.bad(style.unicode ? "✗" : "x");
  }
  return "";
}

std::size_t widest_part(const std::vector<Checkup>& checkups) {
  std::size_t width = 0;
  for (const Checkup& checkup : checkups) width = std::max(width, checkup.part.size());
  return width;
}

}  // namespace

std::string text_of(const std::vector<Checkup>& checkups, const TextStyle& style) {
  const Paint paint(style.colour);
  const std::size_t width = widest_part(checkups);
  std::string text;
  for (const Checkup& checkup : checkups) {
    text += fmt::format(" {} {:<{}}  {}\n", mark_of(checkup.health, style), checkup.part, width, checkup.found);
    if (checkup.lost.empty()) continue;
    text += fmt::format("   {:<{}}  {}\n", "", width, paint.quiet("lost: " + checkup.lost));
  }
  return text + (can_grade(checkups) ? "grading works here\n" : paint.bad("nothing can be graded here") + "\n");
}

std::string json_of(const std::vector<Checkup>& checkups) {
  Json parts = Json::array();
  for (const Checkup& checkup : checkups) {
    parts.push_back({{"part", checkup.part},
                     {"health", word_of(checkup.health)},
                     {"found", checkup.found},
                     {"lost", checkup.lost},
                     {"essential", checkup.essential}});
  }
  const Json json{{"schema", "heapjudge-doctor/1"}, {"can_grade", can_grade(checkups)}, {"parts", parts}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace heapjudge
