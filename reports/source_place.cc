// Prints call stacks, innermost first.
#include "reports/source_place.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/printable.h"
#include "reports/request_text.h"

namespace heapjudge {
namespace {

constexpr std::size_t kMostFrames = 4;

std::string base_name(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

std::string place_of(const SourceFrame& frame) {
  if (frame.file.empty()) return "";
  return frame.line == 0 ? base_name(frame.file) : fmt::format("{}:{}", base_name(frame.file), frame.line);
}

std::string name_of(const SourceFrame& frame) {
  return frame.function.empty() ? "?" : frame.function;
}

bool is_known(const SourceFrame& frame) {
  return !frame.function.empty() || !frame.file.empty();
}

// From the innermost frame on of which anything is known.
std::string stack_text(std::vector<SourceFrame> stack) {
  const auto known = std::find_if(stack.begin(), stack.end(), is_known);
  if (known != stack.end()) stack.erase(stack.begin(), known);
  const std::string place = place_of(stack.front());
  std::string text = place;
  if (place.empty() || !stack.front().function.empty()) {
    text += (place.empty() ? "" : " in ") + name_of(stack.front());
  }
  for (std::size_t i = 1; i < std::min(stack.size(), kMostFrames); ++i) {
    const std::string caller = place_of(stack[i]);
    text += " <- " + name_of(stack[i]) + (caller.empty() ? "" : " " + caller);
  }
  if (stack.size() > kMostFrames) text += fmt::format(" <- {} more", stack.size() - kMostFrames);
  return text;
}

// Samples of a hang: how many of them lie in the function of the first.
std::string samples_text(const std::vector<std::vector<SourceFrame>>& stacks) {
  const auto same = std::count_if(stacks.begin(), stacks.end(), [&stacks](const auto& stack) {
    return !stack.empty() && stack.front().function == stacks.front().front().function;
  });
  return fmt::format("   ({} of {} samples)", same, stacks.size());
}

std::string_view label_of(const Finding& finding) {
  const Ending* ending = ending_of(finding);
  if (const Violation* violation = violation_of(finding)) return violation->damage ? "written" : "at";
  return ending->kind == EndingKind::kHung ? "looping" : "at";
}

}  // namespace

std::vector<SourceNote> source_notes_of(const Finding& finding) {
  std::vector<SourceNote> notes;
  if (finding.stacks.empty() || finding.stacks.front().empty()) return notes;
  const std::vector<SourceFrame>& stack = finding.stacks.front();
  const std::string samples = finding.stacks.size() > 1 ? samples_text(finding.stacks) : "";
  notes.push_back({std::string(label_of(finding)), stack_text(stack) + samples});
  for (const SourceLine& line : finding.excerpt) {
    notes.push_back({"", fmt::format("{:>8} | {}", line.number, printable_source(line.text)),
                     line.number != stack.front().line});
  }
  return notes;
}

}  // namespace heapjudge
