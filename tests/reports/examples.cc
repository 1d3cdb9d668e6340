// Grade sheets made by hand: a sound submission, a faulty one, a hostile one.
#include "tests/reports/examples.h"

#include <cmath>

namespace heapjudge::examples {
namespace {

Rubric rubric() {
  Rubric rubric;
  rubric.rules_of(Tier::kP0) = {.points = 25, .decides = true};
  rubric.rules_of(Tier::kP1) = {.points = 7, .decides = false};
  rubric.rules_of(Tier::kP2) = {.points = 4, .decides = false};
  rubric.rules_of(Tier::kP3) = {.points = 4, .decides = false};
  return rubric;
}

// The heap reaches its size early; the payload rises to its peak at two thirds.
std::vector<HeapSample> samples(std::uint64_t peak_payload, std::uint64_t heap_bytes) {
  std::vector<HeapSample> all;
  for (std::uint64_t i = 1; i <= 48; ++i) {
    const std::uint64_t rise = i <= 32 ? i : 32 - (i - 32);
    all.push_back({.request = static_cast<std::size_t>(i * 100),
                   .payload_bytes = peak_payload * rise / 32,
                   .heap_bytes = heap_bytes * std::min<std::uint64_t>(i * 2, 48) / 48});
  }
  return all;
}

TraceResult in_tier(TraceResult result, Tier tier) {
  result.tier = tier;
  result.utilization_counts = tier == Tier::kP0;
  return result;
}

TraceResult not_run(const std::string& name, const std::string& why, Tier tier) {
  TraceResult result;
  result.name = name;
  result.requests = 24;
  result.tier = tier;
  result.utilization_counts = false;
  result.not_run = why;
  return result;
}

}  // namespace

Identity identity() {
  Identity id;
  id.submission = "mm.c";
  id.sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
  id.compiler = "gcc 12.2.0";
  id.flags = "-O2 -g";
  id.build_seconds = 0.4;
  id.isolation = "full";
  id.rubric = "traces/rubric.yaml";
  id.heap_limit_bytes = kLimit;
  id.command = "heapjudge grade mm.c";
  return id;
}

TraceResult result_of(const Example& example, Tier tier) {
  TraceResult result;
  result.name = example.trace;
  result.file = "traces/" + example.trace + ".rep";
  result.tier = tier;
  result.utilization_counts = tier == Tier::kP0;
  result.requests = 812;
  result.finding_lines = {example.finding.request + 4};
  result.examination = Examination{.finding = example.finding, .profile = {}, .isolation = "full"};
  const bool first_run_was_sound = example.finding.run != Run::kFirst;
  if (first_run_was_sound) result.examination->profile = sound_trace("", 0.71, 0.1).examination->profile;
  return result;
}

TraceResult sound_trace(const std::string& name, double utilization, double internal_fraction) {
  HeapProfile profile;
  profile.heap_bytes = 1216512;
  profile.peak_payload_bytes = static_cast<std::uint64_t>(std::lround(utilization * 1216512));
  profile.peak_request = 3200;
  profile.utilization = utilization;
  profile.internal_fraction = internal_fraction;
  profile.external_fraction = 1 - utilization - internal_fraction;
  profile.samples = samples(profile.peak_payload_bytes, profile.heap_bytes);
  TraceResult result;
  result.name = name;
  result.file = "traces/" + name + ".rep";
  result.requests = 4800;
  result.examination = Examination{.finding = {}, .profile = profile, .isolation = "full"};
  return result;
}

GradeSheet innocent_sheet() {
  return grade(rubric(), identity(), {},
               {sound_trace("short-hello", 0.994, 0.004), sound_trace("alternate-survivors", 0.473, 0.106),
                in_tier(sound_trace("zero-sizes", 0.5, 0.25), Tier::kP1),
                in_tier(sound_trace("refused-growth", 0.5, 0.25), Tier::kP2),
                in_tier(sound_trace("huge-sizes", 0.5, 0.25), Tier::kP3)});
}

GradeSheet guilty_sheet() {
  Identity id = identity();
  id.pointer_cast_warnings = 3;
  id.notes = {"memlib.c left out: Heapjudge brings its own"};
  std::vector<TraceResult> results{sound_trace("short-hello", 0.994, 0.004),
                                   result_of({"coalesce", overlap()}, Tier::kP0),
                                   result_of({"realloc-growth", epilogue_in_payload()}, Tier::kP0),
                                   result_of({"random-mixed", overlap()}, Tier::kP0)};
  for (const Example& example : all_findings()) {
    if (example.trace == "rerun") results.push_back(result_of({"bimodal", example.finding}, Tier::kP0));
    if (example.trace == "refused")
      results.push_back(result_of({"refused-growth", example.finding}, Tier::kP2));
  }
  results.push_back(result_of({"null-cases", free_of_null_crashes()}, Tier::kP1));
  results.push_back(not_run("calloc", "mm_calloc is not defined", Tier::kP1));
  return grade(rubric(), id, {}, results);
}

GradeSheet sheet_with_static_findings() {
  return grade(
      rubric(), identity(),
      {{Fault::kForbiddenFunction, "malloc", "malloc is called, in mm.c: memory must come from mem_sbrk"},
       {Fault::kTooMuchGlobalData, "pool", "80.0 MiB of global data, most of it in pool; at most 4 KiB"}},
      {sound_trace("short-hello", 0.994, 0.004)});
}

GradeSheet hostile_sheet() {
  Identity id = identity();
  id.submission = "a dir/it's \x1b[31mmm\xff.c";
  id.notes = {std::string("note\0with\nlines", 15)};
  Finding finding = all_findings().front().finding;
  Ending how;
  how.kind = EndingKind::kExited;
  how.output = "score 100/100\n\x1b[2J\x80\xff::error::\xe2\x80\xae fake\r\n\n";
  finding.evidence = how;
  finding.fault = Fault::kExited;
  finding.beneath = Fault::kExited;
  finding.stacks = {{{"mm\x1b]0;x\x07", "mm\n.c", 3}}};
  finding.excerpt = {{3, "exit(0);\x1b[1A\xc3\x28 // gr\xc3\xbc\xc3\x9f"}};
  return grade(rubric(), id, {},
               {result_of({"tr\xc3\xa4"
                           "ce\n\x1b[1m",
                           finding},
                          Tier::kP0)});
}

GradeSheet sheet_with(const Example& example) {
  TraceResult result = result_of(example, Tier::kP0);
  result.examination->profile = sound_trace("", 0.5, 0.1).examination->profile;
  return grade(rubric(), identity(), {}, {result});
}

GradeSheet empty_sheet() {
  return grade(rubric(), identity(), {}, {});
}

}  // namespace heapjudge::examples
