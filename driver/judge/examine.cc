#include "judge/examine.h"

#include <algorithm>
#include <utility>

#include "check.h"

#include "judge/evidence.h"
#include "judge/narrow.h"

namespace heapjudge {

namespace {

constexpr std::uint64_t kMostRefusals = 16;  // runs with a refused growth, spread over all growths
constexpr std::uint64_t kLowestPointer = 8;  // below lie NULL and its nearest neighbours

}  // namespace

Fault fault_of(EndingKind kind) {
  switch (kind) {
    case EndingKind::kDismissed: break;
    case EndingKind::kCrashed: return Fault::kCrash;
    case EndingKind::kHung: return Fault::kNoProgress;
    case EndingKind::kExited: return Fault::kExited;
    case EndingKind::kResourceLimit: return Fault::kResourceLimit;
    case EndingKind::kForbiddenSyscall: return Fault::kForbiddenSyscall;
    case EndingKind::kNotLoaded: return Fault::kBadSignature;
  }
  ensure(false, "a subject that was dismissed has no fault");
  return Fault::kCrash;
}

namespace {

class Examiner {
 public:
  Examiner(const Trace& trace, const SubjectFactory& start, const ExamineSettings& settings)
      : trace_(trace), settings_(settings), laboratory_(trace, start, settings.rules), subject_(start()) {}

  Examination examine();

 private:
  bool run_first();
  bool run_again(const Scenario& scenario);
  bool run_refused();
  bool run_refusing(std::uint64_t growth);
  void run_own_checked();
  bool accept(const Scenario& scenario, ReplayResult result);
  void convict(const Scenario& scenario, const Attempt& attempt);
  void convict_of_difference(const Scenario& scenario, const ReplayResult& again, std::size_t index);
  void convict_of_hidden_memory(std::uint64_t bytes);
  Fault classify(const Scenario& scenario, const Attempt& attempt, Fault beneath) const;
  bool is_sound_without_refusal(const Attempt& attempt) const;
  bool breaks_edge_contract(const Attempt& attempt) const;
  Finding new_finding(const Scenario& scenario, std::size_t request) const;
  void add_histories(const Attempt& attempt, Finding& finding) const;
  void explain_address(const Attempt& attempt, const Ending& ending, Finding& finding) const;

  const Trace& trace_;
  const ExamineSettings& settings_;
  Laboratory laboratory_;
  std::unique_ptr<Subject> subject_;
  ReplayResult first_;
  Examination examination_;
};

Examination Examiner::examine() {
  examination_.isolation = subject_->isolation();
  bool sound = run_first();
  if (sound && settings_.rerun) sound = run_again(scenario_of(Run::kSecond));
  if (sound && settings_.other_fill) sound = run_again(scenario_of(Run::kOtherFill));
  if (sound && settings_.refuse_growth) sound = run_refused();
  if (sound && settings_.own_checks) run_own_checked();
  examination_.output_bytes = subject_->end().output_bytes;
  examination_.answers = std::move(first_.offsets);
  return std::move(examination_);
}

bool Examiner::run_first() {
  first_ = replay(*subject_, trace_, settings_.rules, {.profile = true, .history = settings_.history});
  examination_.profile = first_.profile;
  examination_.history = std::move(first_.history);
  if (!first_.is_sound()) return accept({}, std::move(first_));
  const std::uint64_t hidden = subject_->bytes_outside_heap();
  if (hidden <= settings_.max_bytes_outside_heap) return true;
  convict_of_hidden_memory(hidden);
  return false;
}

bool Examiner::run_again(const Scenario& scenario) {
  ReplayResult again = replay(*subject_, trace_, settings_.rules, {.run = scenario.settings});
  if (!again.is_sound()) return accept(scenario, std::move(again));
  const auto [here, there] = std::ranges::mismatch(again.offsets, first_.offsets);
  if (here == again.offsets.end()) return true;
  convict_of_difference(scenario, again, static_cast<std::size_t>(here - again.offsets.begin()));
  return false;
}

bool Examiner::run_refused() {
  const std::uint64_t growths = first_.growths;
  const std::uint64_t runs = std::min(growths, kMostRefusals);
  for (std::uint64_t i = 0; i < runs; ++i) {
    if (!run_refusing(1 + i * growths / runs)) return false;
  }
  return true;
}

bool Examiner::run_refusing(std::uint64_t growth) {
  const Scenario scenario = scenario_of(Run::kRefused, growth);
  if (!accept(scenario, replay(*subject_, trace_, settings_.rules, {.run = scenario.settings}))) {
    examination_.finding->refused_growth = growth;
    return false;
  }
  return true;
}

// In a process of its own: a checker may leave the heap, or the time that is left, in any state. That it is slow is no
// complaint.
void Examiner::run_own_checked() {
  const Scenario scenario = scenario_of(Run::kOwnChecked);
  Attempt attempt = laboratory_.run(scenario, trace_.requests().size());
  if (attempt.result.is_sound()) return;
  if (attempt.ending && attempt.ending->kind == EndingKind::kResourceLimit) {
    examination_.checker_remark = "the own heap checker took more than the rubric grants (" + attempt.ending->limit +
                                  ") by request " + std::to_string(attempt.result.request()) + ": it was not heard further";
    return;
  }
  convict(scenario, laboratory_.narrow(scenario, std::move(attempt)));
}

// Convicts unless the result is sound.
bool Examiner::accept(const Scenario& scenario, ReplayResult result) {
  if (result.is_sound()) return true;
  Attempt attempt;
  if (result.ended) attempt.ending = subject_->end();
  attempt.result = std::move(result);
  convict(scenario, laboratory_.narrow(scenario, std::move(attempt)));
  return false;
}

// Asked only when the trace has ordered a refusal by then: a subject that did not survive cannot tell any more
// whether it met one.
bool Examiner::is_sound_without_refusal(const Attempt& attempt) const {
  const std::size_t request = attempt.result.request();
  const auto before = trace_.requests().first(std::min(request, trace_.requests().size()));
  if (std::ranges::find(before, Op::kRefuse, &Request::op) == before.end()) return false;
  return laboratory_.run({.ignore_refusals = true}, request).result.is_sound();
}

Fault Examiner::classify(const Scenario& scenario, const Attempt& attempt, Fault beneath) const {
  switch (scenario.run) {
    case Run::kSecond: return Fault::kInitDoesNotReset;
    case Run::kOtherFill: return Fault::kDependsOnOldBytes;
    case Run::kRefused: return Fault::kRefusalMishandled;
    case Run::kOwnChecked: return Fault::kOwnCheckerComplains;
    case Run::kFirst:
    case Run::kTimed: break;
  }
  if (is_sound_without_refusal(attempt)) return Fault::kRefusalMishandled;
  return breaks_edge_contract(attempt) ? Fault::kEdgeContract : beneath;
}

// Not when the same goes wrong with a plain request in the place of the one with NULL.
bool Examiner::breaks_edge_contract(const Attempt& attempt) const {
  const std::size_t request = attempt.result.request();
  if (!is_edge_case(trace_, request)) return false;
  const Attempt plain = laboratory_.run({.avoid_null = true}, request);
  return plain.result.is_sound() || plain.result.request() != request ||
         payload_bytes(trace_.requests()[request - 1]) == 0;
}

Finding Examiner::new_finding(const Scenario& scenario, std::size_t request) const {
  Finding finding;
  finding.run = scenario.run;
  finding.request = request;
  if (request >= 1 && request <= trace_.requests().size()) finding.asked = trace_.requests()[request - 1];
  finding.heap_base = subject_->heap_base();
  finding.heap_limit_bytes = settings_.rules.heap_limit_bytes;
  return finding;
}

void Examiner::convict(const Scenario& scenario, const Attempt& attempt) {
  Finding finding = new_finding(scenario, attempt.result.request());
  if (attempt.ending) {
    finding.evidence = *attempt.ending;
    finding.beneath = fault_of(attempt.ending->kind);
    explain_address(attempt, *attempt.ending, finding);
  } else {
    finding.evidence = *attempt.result.violation;
    finding.beneath = attempt.result.violation->fault;
    if (attempt.last_alone && finding.request > 0 && bytes_of(*attempt.result.violation)) {
      finding.intact_after = finding.request - 1;
    }
  }
  finding.in_checker = attempt.result.ended_in_checker;
  finding.printed = attempt.output;
  finding.fault = classify(scenario, attempt, finding.beneath);
  add_histories(attempt, finding);
  examination_.finding = std::move(finding);
}

void Examiner::convict_of_difference(const Scenario& scenario, const ReplayResult& again, std::size_t index) {
  Finding finding = new_finding(scenario, index + 1);
  finding.fault = classify(scenario, {}, Fault::kInitDoesNotReset);
  finding.beneath = finding.fault;
  finding.only_differs = true;
  finding.first_run_offset = first_.offsets[index];
  Violation violation;
  violation.fault = finding.fault;
  violation.request = index + 1;
  violation.block = finding.asked.block;
  violation.offset = again.offsets[index];
  violation.size = payload_bytes(finding.asked);
  finding.evidence = violation;
  examination_.finding = std::move(finding);
}

void Examiner::convict_of_hidden_memory(std::uint64_t bytes) {
  Finding finding = new_finding({}, trace_.requests().size());
  finding.fault = finding.beneath = Fault::kTooMuchGlobalData;
  Violation violation;
  violation.fault = finding.fault;
  violation.request = finding.request;
  violation.size = bytes;
  finding.evidence = violation;
  examination_.finding = std::move(finding);
}

void Examiner::add_histories(const Attempt& attempt, Finding& finding) const {
  const RunRecord record{trace_, attempt.result.offsets, subject_->null_offset()};
  std::vector<BlockId> blocks;
  const auto involve = [&](std::optional<BlockId> block) {
    if (block && *block != kNoBlock) blocks.push_back(*block);
  };
  involve(finding.asked.op == Op::kInit || finding.asked.op == Op::kRefuse ? kNoBlock : finding.asked.block);
  involve(finding.pointer_from);
  std::optional<Extent> around;
  if (const auto* violation = std::get_if<Violation>(&finding.evidence)) {
    involve(violation->block);
    involve(violation->neighbour);
    if (finding.beneath == Fault::kOverlap) around = Extent{violation->offset, violation->size, 0};
  }
  finding.histories = histories_of(record, finding.request, blocks, around ? &*around : nullptr);
}

// A heap address that went through a 32-bit variable has lost its upper half, or had it filled with the sign.
void Examiner::explain_address(const Attempt& attempt, const Ending& ending, Finding& finding) const {
  if (!ending.address) return;
  const std::uint64_t address = *ending.address;
  const RunRecord record{trace_, attempt.result.offsets, subject_->null_offset()};
  finding.pointer_from =
      block_named_by(record, finding.request, PayloadPattern(settings_.rules.pointer_width), address);
  const std::uint64_t upper = address >> 32;
  const bool cut = finding.heap_base >> 32 != 0 && (upper == 0 || upper == 0xffffffff);
  const std::uint64_t meant = (finding.heap_base & ~std::uint64_t{0xffffffff}) | (address & 0xffffffff);
  const std::uint64_t offset = meant - finding.heap_base;
  finding.truncated_pointer = cut && !finding.pointer_from && offset >= kLowestPointer &&
                              offset < settings_.rules.heap_limit_bytes;
}

}  // namespace

Examination examine(const Trace& trace, const SubjectFactory& start, const ExamineSettings& settings) {
  return Examiner(trace, start, settings).examine();
}

}  // namespace heapjudge
