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
  return ending != nullptr && ending->kind == EndingKind::kHung ? "looping" : "at";
}

bool is_about_bytes(const Finding& finding) {
  const Violation* violation = violation_of(finding);
  return violation != nullptr && bytes_of(*violation);
}

void add_excerpt(const Finding& finding, std::vector<SourceNote>& notes) {
  for (const SourceLine& line : finding.excerpt) {
    notes.push_back({"", fmt::format("{:>8} | {}", line.number, printable_source(line.text)),
                     line.number != finding.stacks.front().front().line});
  }
}

// As the reader named the file, so that editors find it.
std::string path_of(const std::string& file, const Identity& identity) {
  for (const std::string& given : identity.files) {
    if (base_name(given) == base_name(file)) return given;
  }
  return base_name(file);
}

std::string callers_of(const std::vector<SourceFrame>& stack) {
  std::string text = stack.front().function.empty() ? "" : ", in " + stack.front().function;
  for (std::size_t i = 1; i < std::min(stack.size(), kMostFrames); ++i) {
    text += (i == 1 ? ", called from " : " from ") + name_of(stack[i]);
  }
  return text;
}

std::string store_note(const Finding& finding, const Identity& identity) {
  const SourceFrame& frame = finding.stacks.front().front();
  const std::string_view verb =
      finding.store_search == StoreSearch::kOverwrote ? "overwritten here, before it was copied" : "written here";
  return fmt::format("  {}:{}:{}: note: {}{}", path_of(frame.file, identity), frame.line,
                     std::max<std::size_t>(frame.column, 1), verb, callers_of(finding.stacks.front()));
}

std::string why_no_store(const Finding& finding) {
  switch (finding.store_search) {
    case StoreSearch::kNone:
    case StoreSearch::kFound:
    case StoreSearch::kOverwrote: return "";
    case StoreSearch::kNoStore:
      return finding.beneath == Fault::kReallocLost ? "nothing in this request: the bytes were not copied here"
                                                    : "by no store of this request that could be seen";
    case StoreSearch::kUnwatched: return "somewhere: this machine lets no process watch its stores (heapjudge doctor)";
    case StoreSearch::kLost: return "somewhere: the replay that watched the bytes took too long, or went another way";
  }
  return "";
}

}  // namespace

std::vector<SourceNote> source_notes_of(const Finding& finding) {
  std::vector<SourceNote> notes;
  if (finding.stacks.empty() || finding.stacks.front().empty() || is_about_bytes(finding)) return notes;
  const std::string samples = finding.stacks.size() > 1 ? samples_text(finding.stacks) : "";
  notes.push_back({std::string(label_of(finding)), stack_text(finding.stacks.front()) + samples});
  add_excerpt(finding, notes);
  return notes;
}

std::vector<SourceNote> store_notes_of(const Finding& finding, const Identity& identity) {
  std::vector<SourceNote> notes;
  if (!is_about_bytes(finding)) return notes;
  if (finding.stacks.empty() || finding.stacks.front().empty()) {
    if (const std::string why = why_no_store(finding); !why.empty()) notes.push_back({"stored", why});
  } else if (finding.stacks.front().front().line == 0) {
    notes.push_back({"stored", "at " + stack_text(finding.stacks.front())});
  } else {
    notes.push_back({"", store_note(finding, identity)});
    add_excerpt(finding, notes);
  }
  return notes;
}

}  // namespace heapjudge
