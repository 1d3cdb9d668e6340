// What a course decides: how a submission is built, which traces it meets, what each is worth.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "judge/fuzz_rules.h"
#include "judge/scoring.h"
#include "oracle/block_layout.h"
#include "oracle/fault.h"
#include "submission/build.h"
#include "submission/inspect.h"
#include "trace/tier.h"

namespace heapjudge {

inline constexpr std::array<Tier, 4> kAllTiers{Tier::kP0, Tier::kP1, Tier::kP2, Tier::kP3};

std::string_view name_of(Tier tier);   // "P0"
std::string_view title_of(Tier tier);  // "sane requests"

enum class InitRule : std::uint8_t { kAuto, kZeroIsSuccess, kTrueIsSuccess };  // kAuto: by its declared type
enum class HeapBase : std::uint8_t { kHigh, kLow };                            // 0x800000000 or below 2 GiB

struct HeapRules {
  std::uint64_t limit_bytes = 100u << 20;
  HeapBase base = HeapBase::kHigh;
  bool may_shrink = false;  // a negative mem_sbrk is carried out, not refused and convicted
};

struct Deadlines {
  double request_seconds = 2;  // without a finished request
  double trace_seconds = 60;   // of the submission's CPU time, per run of a trace
};

// What the share of a tier's items that pass earns, or what the share that fails costs.
struct TierRules {
  double points = 0;
  double deduct = 0;     // one of the two is 0
  bool decides = false;  // a failure here means that the submission is not correct (exit status 1)
};

// What a trace counts for beside its tier.
enum class Counts : std::uint8_t { kBoth, kUtilization, kThroughput, kNone };

constexpr bool counts_for_utilization(Counts counts) {
  return counts == Counts::kBoth || counts == Counts::kUtilization;
}
constexpr bool counts_for_throughput(Counts counts) {
  return counts == Counts::kBoth || counts == Counts::kThroughput;
}

struct TraceEntry {
  std::string name;            // unique
  std::filesystem::path file;  // absolute, or relative to the working directory
  Tier tier = Tier::kP0;
  double weight = 1;  // in the means
  Counts counts = Counts::kBoth;
  bool hidden = false;  // reports tell its name and whether it passed, and nothing else
};

struct Rubric {
  std::filesystem::path file;
  std::string name;    // for people; may be empty
  std::string course;  // likewise
  BuildSettings build;
  InspectSettings inspect;
  InitRule init = InitRule::kAuto;
  std::optional<std::uint32_t> alignment;  // none: 16 for lp64, 8 for ilp32
  HeapRules heap;
  std::optional<BlockLayout> layout;  // that every live block must have (E401); none: blocks look as they like
  Deadlines deadlines;
  bool rerun = true;       // run each trace twice in one process (E203)
  bool other_fill = true;  // and once more with other bytes in new memory (E204)
  bool own_checks = false;  // and once more with the submission's own heap checker called in between (E402)
  Scoring scoring;
  std::array<TierRules, 4> tiers{};
  Tier rerun_tier = Tier::kP1;  // whose points an E203, E204 or E402 on a trace of a lower tier costs
  std::optional<FuzzRules> fuzz;  // none: a grade has no fuzz part
  std::vector<TraceEntry> traces;

  std::uint32_t alignment_bytes() const { return alignment.value_or(build.abi == Abi::kLp64 ? 16 : 8); }
  const TierRules& rules_of(Tier tier) const { return tiers[static_cast<std::size_t>(tier)]; }
  TierRules& rules_of(Tier tier) { return tiers[static_cast<std::size_t>(tier)]; }
};

// Parses YAML. Paths of traces are taken from the folder of `file`. Throws InputError with
// `file:line:column: what` for anything unknown, missing, duplicated or out of range.
Rubric parse_rubric(const std::filesystem::path& file, std::string_view yaml);
Rubric load_rubric(const std::filesystem::path& file);

}  // namespace heapjudge
