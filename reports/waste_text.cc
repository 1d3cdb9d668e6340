#include "reports/waste_text.h"

#include <fmt/format.h>

#include "reports/command_text.h"
#include "reports/layout.h"
#include "reports/numbers.h"
#include "reports/paint.h"
#include "reports/printable.h"
#include "reports/shell_word.h"

namespace heapjudge {
namespace {

constexpr std::size_t kIndent = 3;
constexpr std::size_t kMargin = 6;

std::string paragraph(const std::string& text, std::size_t indent, const TextStyle& style) {
  std::string lines;
  const std::string safe = std::string(indent, ' ') + printable(text, style.unicode);
  for (const std::string& line : wrapped(safe, style.columns, kMargin)) lines += line + "\n";
  return lines;
}

std::string heading_of(const WasteSheet& sheet) {
  std::string text = fmt::format("utilization: {} traces, beside {}", grouped(sheet.tried), sheet.rules.reference);
  if (sheet.given_up) return text + ", and given up: too many of them break a rule";
  if (sheet.failed != 0) text += fmt::format("; {} say nothing, because a rule was broken there", grouped(sheet.failed));
  if (sheet.found.empty()) {
    text += fmt::format("; none takes {:g} times its heap, and what is freed becomes one piece and is used again", sheet.rules.times);
  }
  return text;
}

std::string command_for(const WastefulTrace& waste, const WasteRules& rules, const Identity& identity) {
  std::string submission;
  for (const std::string& file : identity.files) submission += " " + shell_word(file);
  const std::string versus = waste.waste == Waste::kHeapTooLarge ? " --vs " + rules.reference : "";
  return "heapjudge heap" + submission + " -f " + shell_word(waste.file.string()) + versus + judging_options(identity);
}

}  // namespace

std::string sentence_of(const WastefulTrace& waste, const WasteRules& rules) {
  const std::string shown = waste.alike > 1 ? fmt::format(" ({} traces show it)", grouped(waste.alike)) : "";
  const std::string requests = counted(waste.requests, "request");
  if (waste.waste == Waste::kHeapTooLarge) {
    const double times = static_cast<double>(waste.heap_bytes) / static_cast<double>(waste.other_bytes);
    return fmt::format("{}: the heap reaches {}, {:.1f} times the {} of {}, for a payload of {}{}",
                       requests, size_text(waste.heap_bytes), times, size_text(waste.other_bytes), rules.reference,
                       size_text(waste.payload_bytes), shown);
  }
  switch (waste.waste) {
    case Waste::kHeapTooLarge:
    case Waste::kNotCoalesced:
      break;
    case Waste::kLost:
      return fmt::format("{}, in {} rounds of the same: the heap is {} after a quarter of them and {} at the end, and each "
                         "round leaves nothing live that was not: something is lost by the round{}",
                         requests, grouped(waste.rounds), size_text(waste.other_bytes), size_text(waste.heap_bytes), shown);
    case Waste::kKeptForASize:
      return fmt::format("{}: blocks of {} sizes, one size after the other, all of them freed in between, take a heap of {}, "
                         "and no size alone more than {}: what was freed is not used for blocks of another size{}",
                         requests, grouped(waste.rounds), size_text(waste.heap_bytes), size_text(waste.other_bytes), shown);
    case Waste::kNotRefilled:
      return fmt::format("{}: the last {} of them fit where blocks were freed, and yet the heap grows from {} to {}: free blocks "
                         "are not found again{}",
                         requests, grouped(waste.rounds), size_text(waste.other_bytes), size_text(waste.heap_bytes), shown);
  }
  return fmt::format("{}: all is free again, and yet a request of {} makes a heap of {} grow to {}: what is free is not one "
                     "piece{}",
                     requests, size_text(waste.payload_bytes), size_text(waste.other_bytes),
                     size_text(waste.heap_bytes), shown);
}

std::string text_of(const WasteSheet& sheet, const Identity& identity, const TextStyle& style) {
  std::string text = "\n" + paragraph(heading_of(sheet), kIndent, style);
  for (const WastefulTrace& waste : sheet.found) {
    text += Paint(style.colour).doubtful(paragraph("- " + sentence_of(waste, sheet.rules), kIndent + 1, style));
    if (!waste.file.empty()) text += paragraph(command_for(waste, sheet.rules, identity), kMargin, style);
  }
  return text;
}

}  // namespace heapjudge
