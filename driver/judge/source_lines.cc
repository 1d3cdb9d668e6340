// Symbolizes, then reads a few lines.
#include "judge/source_lines.h"

#include <algorithm>
#include <fstream>
#include <system_error>

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLinesBeside = 1;

bool is_one_of(const fs::path& file, std::span<const fs::path> sources) {
  return std::ranges::any_of(sources, [&](const fs::path& source) {
    std::error_code gone;
    return fs::equivalent(file, source, gone);
  });
}

std::vector<SourceLine> lines_around(const fs::path& file, std::size_t middle) {
  std::vector<SourceLine> lines;
  std::ifstream in(file);
  std::string text;
  for (std::size_t number = 1; number <= middle + kLinesBeside && std::getline(in, text); ++number) {
    if (number + kLinesBeside < middle) continue;
    if (text.ends_with('\r')) text.pop_back();
    lines.push_back({.number = number, .text = text});
  }
  return lines;
}

void add_excerpt(Finding& finding, std::span<const fs::path> sources) {
  if (finding.stacks.empty()) return;
  const SourceFrame& innermost = finding.stacks.front().front();
  if (innermost.line > 0 && is_one_of(innermost.file, sources)) {
    finding.excerpt = lines_around(innermost.file, innermost.line);
  }
}

}  // namespace

void add_source_lines(Finding& finding, const fs::path& library, std::span<const fs::path> sources) {
  const auto* ending = std::get_if<Ending>(&finding.evidence);
  for (const Backtrace& backtrace : ending != nullptr ? ending->backtraces : std::vector<Backtrace>{finding.written_at}) {
    std::vector<SourceFrame> stack = symbolize(library, backtrace);
    if (!stack.empty()) finding.stacks.push_back(std::move(stack));
  }
  add_excerpt(finding, sources);
}

void add_store_lines(Finding& finding, const Backtrace& store, const StoreWitness& witness) {
  std::vector<SourceFrame> stack = symbolize(witness.library, store);
  if (!stack.empty()) finding.stacks.push_back(std::move(stack));
  add_excerpt(finding, witness.sources);
}

}  // namespace heapjudge
