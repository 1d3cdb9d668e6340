// What is taken for the same cause, in allocators that are no more than a rule each.
#include "fuzz/same_cause.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "tests/fuzz/trace_lines.h"

namespace heapjudge {
namespace {

using Kinds = std::vector<std::uint64_t>;

// Those that need the same.
Kinds kinds_of_same_cause(const Trace& trace, const OfferedFunctions& offered, const KindOf& kind_of) {
  Kinds kinds;
  for (const RelatedKind& related : kinds_around(trace, offered, kind_of)) {
    if (related.same > 0) kinds.push_back(related.kind);
  }
  return kinds;
}

bool has(const std::string& lines, const std::string& part) { return lines.find(part) != lines.npos; }

// A block of 24 bytes that is freed spoils the heap, once two more are there. The next request that allocates, frees or
// resizes shows it, each in its own way.
std::optional<std::uint64_t> spoilt_by_a_free(const std::string& lines) {
  const auto freed = lines.find("f 0;");
  if (!lines.starts_with("a 0 24;a 1 8;a 2 8;") || freed == lines.npos) return std::nullopt;
  const std::string after = lines.substr(freed + 4);
  if (after.empty()) return std::nullopt;
  return static_cast<std::uint64_t>(after.front());
}

KindOf of(std::optional<std::uint64_t> (*allocator)(const std::string&)) {
  return [allocator](const Trace& trace) { return allocator(lines_of(trace)); };
}

TEST(SameCause, ShowsInEveryRequestThatMeetsTheDamage) {
  const Trace trace = trace_from("a 0 24;a 1 8;a 2 8;f 0;a 3 8;");
  EXPECT_EQ(kinds_of_same_cause(trace, {}, of(spoilt_by_a_free)), (Kinds{'c', 'f', 'm', 'r'}));
}

// The same allocator, and one in which to shrink a block fails whatever was before.
std::optional<std::uint64_t> two_bugs(const std::string& lines) {
  if (has(lines, "r 2 1;")) return 'R';
  return spoilt_by_a_free(lines);
}

TEST(SameCause, IsNotThatOfABugThatNeedsLess) {
  const Trace trace = trace_from("a 0 24;a 1 8;a 2 8;f 0;a 3 8;");
  const Kinds kinds = kinds_of_same_cause(trace, {}, of(two_bugs));
  EXPECT_FALSE(std::ranges::count(kinds, 'R'));
  EXPECT_TRUE(std::ranges::count(kinds_around(trace, {}, of(two_bugs)), 'R', &RelatedKind::kind));
  EXPECT_TRUE(std::ranges::count(kinds, 'f'));
}

TEST(SameCause, IsNothingWhereNothingIsNeeded) {
  const auto always = [](const Trace& trace) { return std::optional<std::uint64_t>(trace.requests().size()); };
  EXPECT_EQ(kinds_of_same_cause(trace_from("a 0 24;a 1 8;f 0;"), {}, always), Kinds{});
  const auto never = [](const Trace&) { return std::optional<std::uint64_t>(); };
  EXPECT_EQ(kinds_of_same_cause(trace_from("a 0 24;f 0;"), {}, never), Kinds{});
}

TEST(SameCause, IsLookedForInSoManyRequestsAndNoMore) {
  std::string lines;
  for (int i = 0; i < 3000; ++i) lines += "a " + std::to_string(i) + " 8;";
  std::string text = lines + "f 0;";
  std::size_t tried = 0;
  const auto counting = [&](const Trace& trace) {
    tried += trace.requests().size();
    const auto last = trace.requests().back();
    return trace.requests().size() > 3000 ? std::optional(static_cast<std::uint64_t>(last.op) + 1) : std::nullopt;
  };
  std::string header = "20000\n3000\n3001\n1\n";
  std::ranges::replace(text, ';', '\n');
  EXPECT_FALSE(kinds_of_same_cause(parse_trace("long.rep", header + text), {}, counting).empty());
  EXPECT_LT(tried, 110'000u);
}

}  // namespace
}  // namespace heapjudge
