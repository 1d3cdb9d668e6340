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
  result.counts = tier == Tier::kP0 ? Counts::kBoth : Counts::kNone;
  return result;
}

TraceResult not_run(const std::string& name, const std::string& why, Tier tier) {
  TraceResult result;
  result.name = name;
  result.requests = 24;
  result.tier = tier;
  result.counts = Counts::kNone;
  result.not_run = why;
  return result;
}

struct Timed {
  const char* name;
  double utilization;
  double speed;
};

// The reference takes 20 ns a request.
TraceResult timed_trace(const Timed& timed) {
  TraceResult result = sound_trace(timed.name, timed.utilization, 0.03);
  const double reference_seconds = static_cast<double>(result.requests) * 20e-9;
  result.measurement = Measurement{.speed = timed.speed,
                                   .speed_low = timed.speed * 0.995,
                                   .speed_high = timed.speed * 1.005,
                                   .pairs = 24,
                                   .subject_cost = reference_seconds / timed.speed,
                                   .reference_cost = reference_seconds};
  return result;
}

// As traces/rubric.yaml has it.
Rubric scoring_rubric() {
  Rubric rubric;
  rubric.rules_of(Tier::kP0).decides = true;
  rubric.rules_of(Tier::kP1).deduct = 7;
  rubric.rules_of(Tier::kP2).deduct = 4;
  rubric.rules_of(Tier::kP3).deduct = 4;
  rubric.scoring.round_to = 0.1;
  return rubric;
}

Identity measured_identity() {
  Identity id = identity();
  id.measured = true;
  return id;
}

std::vector<TraceResult> timed_traces() {
  TraceResult hello = sound_trace("short-hello", 0.817, 0.051);
  hello.counts = Counts::kNone;
  return {hello, timed_trace({"random-mixed", 0.779, 0.93}), timed_trace({"random-small", 0.571, 0.072}),
          timed_trace({"alternate-survivors", 0.625, 0.41}), timed_trace({"stack", 0.956, 12.4})};
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
  result.counts = tier == Tier::kP0 ? Counts::kBoth : Counts::kNone;
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

GradeSheet measured_sheet() {
  Rubric rubric = scoring_rubric();
  rubric.name = "Allocator, final";
  rubric.course = "Systems 101";
  std::vector<TraceResult> results = timed_traces();
  results.push_back(in_tier(sound_trace("zero-sizes", 0.5, 0.25), Tier::kP1));
  results.push_back(result_of({"null-cases", free_of_null_crashes()}, Tier::kP1));
  return grade(rubric, measured_identity(), {}, results);
}

GradeSheet counted_sheet() {
  Rubric rubric = scoring_rubric();
  rubric.scoring.utilization = {
      .points = 50, .mean = Mean::kGeometric, .curve = {.zero = 0.55, .full = 0.74}};
  rubric.scoring.throughput = {.points = 50, .mean = Mean::kTotal, .curve = {.zero = 0.05, .full = 0.9}};
  rubric.scoring.measuring = {.clock = CostClock::kInstructions, .reference = "implicit:best"};
  rubric.scoring.combine = Combine::kGeometric;
  std::vector<TraceResult> results = timed_traces();
  for (TraceResult& result : results) {
    if (!result.measurement) continue;
    result.measurement->clock = CostClock::kInstructions;
    result.measurement->reference_cost = 150.0 * static_cast<double>(result.requests);
    result.measurement->subject_cost = result.measurement->reference_cost / result.measurement->speed;
  }
  results.push_back(result_of({"coalesce", overlap()}, Tier::kP0));
  return grade(rubric, measured_identity(), {}, results);
}

GradeSheet noisy_sheet() {
  std::vector<TraceResult> results = timed_traces();
  for (const std::size_t i : {2u, 3u}) {
    Measurement& measurement = *results[i].measurement;
    measurement.steady = false;
    measurement.speed_low = measurement.speed - 0.06;
    measurement.speed_high = measurement.speed + 0.06;
    measurement.pairs = 40;
  }
  return grade(scoring_rubric(), measured_identity(), {}, results);
}

GradeSheet hidden_sheet() {
  std::vector<TraceResult> results = timed_traces();
  results.push_back(timed_trace({"secret-sound", 0.31415, 0.271828}));
  results.push_back(result_of({"secret-faulty", overlap()}, Tier::kP0));
  results.push_back(not_run("secret-calloc", "mm_secret is not defined", Tier::kP1));
  for (TraceResult& result : results) {
    result.hidden = result.name.starts_with("secret");
    if (result.hidden) result.requests = 7654321;
    if (result.hidden && result.examination) result.examination->output_bytes = 9876543;
  }
  results[6].saved_prefix = ".heapjudge/failures/secret-faulty-E103.rep";
  return grade(scoring_rubric(), measured_identity(), {}, results);
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

GradeSheet crowded_sheet() {
  Identity id = measured_identity();
  id.submission = "src/mm.c";
  id.files = {"src/mm.c"};
  std::vector<TraceResult> results{timed_trace({"Trace a:b", 0.5, 1}), timed_trace({"Trace a:b", 0.25, 0.5}),
                                   sound_trace("=1+1", 0.5, 0.25), sound_trace("-2+3, \"x\"", 0.5, 0.25),
                                   sound_trace("a|b`c`<i>*d*", 0.5, 0.25), sound_trace("_presentation", 0.5, 0.25)};
  results.push_back(result_of({"::error file=x,line=1::50%", overlap()}, Tier::kP0));
  results.push_back(result_of({"##[error] x", epilogue_in_payload()}, Tier::kP0));
  results.push_back(result_of({"@all #1 www.x.y", crash_in_pattern()}, Tier::kP0));
  for (int i = 0; i < 9; ++i) results.push_back(result_of({"again", overlap()}, Tier::kP0));
  return grade(scoring_rubric(), id, {}, results);
}

GradeSheet empty_sheet() {
  return grade(rubric(), identity(), {}, {});
}

NotBuilt not_built() {
  return {.submission = "src/mm.c",
          .files = {"src/mm.c"},
          .failed = {.command = "gcc -std=gnu17 -O2 -g -c src/mm.c",
                     .diagnostics = "src/mm.c: In function 'mm_init':\n"
                                    "src/mm.c:1:28: error: 'nonsense' undeclared, 50% sure\n"
                                    "    1 | ]]>::error::x ##[error]y \x1b[1m\xff <b>&amp; ```\n"
                                    "      |                            ^~~~~~~~\n"
                                    "src/mm.c:7:5: warning: unused variable 'x' [-Wunused-variable]\n"}};
}

NotGraded not_graded() {
  return {.submission = "mm.c", .why = "rubric.yaml:3:1: unknown key 'poins', did you mean points?"};
}

FuzzFinding found_by_fuzzing(const Finding& finding, const std::string& function) {
  const std::string name = "fuzz-mm-" + function;
  FuzzFinding found{.function = function, .alike = 12, .found_after = 345};
  found.result.name = name;
  found.result.file = ".heapjudge/failures/" + name + "-" + code_of(finding.fault) + ".rep";
  found.result.saved_prefix = found.result.file;
  found.result.requests = finding.request;
  found.result.finding_lines = {finding.request + 4};
  found.result.examination.emplace().finding = finding;
  return found;
}

GradeSheet fuzzed_sheet() {
  GradeSheet sheet = innocent_sheet();
  FuzzHunt hunt{.counts = {.inputs = 10'000, .executions = 16'789, .requests = 1'654'321, .restarts = 1}};
  for (const auto& [finding, function] : {std::pair(overlap(), "mm_malloc"), {crash_in_pattern(), "remove_free"},
                                          {epilogue_in_payload(), "extend_heap"}, {free_of_null_crashes(), "mm_free"}}) {
    hunt.findings.push_back(found_by_fuzzing(finding, function));
  }
  hunt.findings[1].also = {{Fault::kOverlap, "mm_realloc", 4}, {Fault::kPayloadChanged, "coalesce", 7}};
  hunt.findings[2].proof = Proof::kGuardOnly;
  hunt.findings[3].result.tier = Tier::kP1;
  add_fuzz_part(sheet, charge({.at_most = 10.5, .decides = true}, hunt));
  return sheet;
}

GradeSheet unfuzzed_sheet() {
  GradeSheet sheet = innocent_sheet();
  add_fuzz_part(sheet, charge({.inputs = 250'000, .seed = 97}, {.not_run = "only some traces were asked for"}));
  return sheet;
}

std::vector<NamedOutcome> all_outcomes() {
  return {{"innocent", innocent_sheet()}, {"guilty", guilty_sheet()},   {"measured", measured_sheet()},
          {"counted", counted_sheet()},   {"noisy", noisy_sheet()},     {"hidden", hidden_sheet()},
          {"static", sheet_with_static_findings()},                    {"hostile", hostile_sheet()},
          {"crowded", crowded_sheet()},   {"empty", empty_sheet()},     {"not-built", not_built()},
          {"fuzzed", fuzzed_sheet()},     {"unfuzzed", unfuzzed_sheet()},
          {"not-graded", not_graded()}};
}

}  // namespace heapjudge::examples
