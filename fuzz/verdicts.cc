#include "fuzz/verdicts.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <span>
#include <tuple>

#include "fuzz/escape_ending.h"
#include "judge/session_subject.h"
#include "judge/source_lines.h"

namespace heapjudge {
namespace {

std::string interface_function(const Rubric& rubric, const Finding& finding) {
  if (finding.request == 0) return rubric.inspect.prefix + "init";
  switch (finding.asked.op) {
    case Op::kMalloc: return rubric.inspect.prefix + "malloc";
    case Op::kFree: return rubric.inspect.prefix + "free";
    case Op::kRealloc: return rubric.inspect.prefix + "realloc";
    case Op::kCalloc: return rubric.inspect.prefix + "calloc";
    case Op::kAligned: return rubric.inspect.prefix + "memalign";
    case Op::kInit: return rubric.inspect.prefix + "init";
    case Op::kRefuse: break;
  }
  return "";
}

std::string function_of(const Rubric& rubric, const Finding& finding) {
  if (!finding.stacks.empty() && !finding.stacks.front().front().function.empty()) {
    return finding.stacks.front().front().function;
  }
  return interface_function(rubric, finding);
}

bool is_damage(Fault fault) { return fault == Fault::kPayloadChanged || fault == Fault::kWroteOutsideHeap; }

// The block that lay there when the last request came, as the judge's own run was answered.
std::optional<BlockHistory> block_around(const Trace& trace, std::span<const std::uint64_t> answers, std::uint64_t offset) {
  std::optional<BlockHistory> found;
  for (std::size_t i = 0; i + 1 < std::min(trace.requests().size(), answers.size()); ++i) {
    const Request& request = trace.requests()[i];
    const bool ends = request.op == Op::kInit || (found && request.block == found->block);
    if (ends && request.op != Op::kRefuse) found.reset();
    const std::uint64_t size = payload_bytes(request);
    if (!asks_for_block(request.op) || answers[i] > offset || offset - answers[i] >= size) continue;
    found = {.block = request.block, .born = i + 1, .died = 0, .request = request, .offset = answers[i], .size = size};
  }
  return found;
}

Finding finding_of_store(const Proposed& proposed, std::span<const std::uint64_t> answers) {
  const Escape& escape = *proposed.escape;
  const std::uint64_t bytes = std::max(escape.store_bytes, 1u);
  Finding finding;
  finding.fault = finding.beneath = fault_of(escape);
  finding.request = proposed.trace.requests().size();
  finding.asked = proposed.trace.requests().back();
  finding.run = proposed.run;
  Violation violation{.fault = finding.fault, .request = finding.request, .offset = escape.store_offset};
  if (const auto block = block_around(proposed.trace, answers, escape.store_offset)) {
    violation.block = block->block;
    violation.offset = block->offset;
    violation.size = block->size;
    finding.histories = {*block};
  }
  violation.damage = Damage{
      .first_offset = escape.store_offset, .last_offset = escape.store_offset + bytes - 1, .bytes = bytes};
  finding.evidence = violation;
  return finding;
}

FailureTraits traits_of(const FuzzFinding& finding, std::uint64_t heap_limit_bytes) {
  const Finding& told = *finding_of(finding.result);
  const bool asks = told.request >= 1 && asks_for_block(told.asked.op);
  const std::uint64_t alignment = told.asked.op == Op::kAligned ? std::uint64_t{1} << told.asked.alignment_log2 : 1;
  return {.beneath = told.beneath,
          .requests = finding.result.requests,
          .asks_for_too_much = asks && std::max(payload_bytes(told.asked), alignment) > heap_limit_bytes};
}

bool was_seen_by_guard(const Proposed& proposed) {
  return proposed.escape && is_damage(fault_of(*proposed.escape));
}

}  // namespace

VerdictTerms verdict_terms(const Rubric& rubric, const FuzzBuild& build, const SubjectFactory& start) {
  const ExamineSettings examining = examine_settings(rubric, false);
  return {.rubric = rubric,
          .examine = [start, examining](const Trace& trace) { return examine(trace, start, examining); },
          .library = build.judged.library,
          .guarded_library = build.guarded.built.library,
          .sources = build.judged.sources};
}

bool Verdicts::judge(const Proposed& proposed) {
  Examination examination = terms_.examine(proposed.trace);
  isolation_ = examination.isolation;
  const bool is_finding = examination.finding ? keep(proposed.trace, std::move(examination), proposed)
                                              : keep_what_the_guard_saw(std::move(examination), proposed);
  if (!is_finding) ++acquitted_;
  return is_finding;
}

// The store that did the damage, when it was the guard that saw it.
void Verdicts::name_place(Finding& finding, const Proposed& proposed) const {
  add_source_lines(finding, terms_.library, terms_.sources);
  const bool told_by_guard = finding.stacks.empty() && is_damage(finding.beneath) && was_seen_by_guard(proposed);
  if (!told_by_guard) return;
  const Escape& escape = *proposed.escape;
  add_store_lines(finding, Backtrace(escape.frames, escape.frames + escape.depth),
                  {terms_.guarded_library, terms_.sources});
}

bool Verdicts::keep(const Trace& trace, Examination examination, const Proposed& proposed) {
  Finding& finding = *examination.finding;
  name_place(finding, proposed);
  const Trace failing = failing_prefix(trace, finding, terms_.examine);
  Kept kept{failing, {.function = function_of(terms_.rubric, finding),
                      .found_after = proposed.found_after,
                      .found_cpu_seconds = proposed.found_cpu_seconds,
                      .shrink_cpu_seconds = proposed.shrink_cpu_seconds}};
  kept.finding.result.requests = failing.requests().size();
  kept.finding.result.tier = tier_charged(
      terms_.rubric, tier_of(failing, terms_.rubric.heap.limit_bytes), finding);
  if (finding.request >= 1 && finding.request <= failing.requests().size()) {
    kept.finding.result.finding_lines = {failing.line_of(finding.request - 1)};
  }
  kept.finding.result.examination = std::move(examination);
  enter(std::move(kept), proposed);
  return true;
}

// A store that its own request has put right again: no replay from outside can see it. Who claims one that was not
// there convicts itself alone, so the guard's word is enough for a note.
bool Verdicts::keep_what_the_guard_saw(Examination examination, const Proposed& proposed) {
  if (!was_seen_by_guard(proposed) || proposed.trace.requests().empty()) return false;
  const Escape& escape = *proposed.escape;
  Finding finding = finding_of_store(proposed, examination.answers);
  finding.heap_limit_bytes = terms_.rubric.heap.limit_bytes;
  add_store_lines(finding, Backtrace(escape.frames, escape.frames + escape.depth),
                  {terms_.guarded_library, terms_.sources});
  Kept kept{proposed.trace, {.proof = Proof::kGuardOnly, .function = function_of(terms_.rubric, finding),
                             .found_after = proposed.found_after,
                             .found_cpu_seconds = proposed.found_cpu_seconds,
                             .shrink_cpu_seconds = proposed.shrink_cpu_seconds}};
  kept.finding.result.requests = proposed.trace.requests().size();
  kept.finding.result.tier = tier_of(proposed.trace, terms_.rubric.heap.limit_bytes);
  kept.finding.result.finding_lines = {proposed.trace.line_of(finding.request - 1)};
  examination.finding = std::move(finding);
  examination.answers = {};
  kept.finding.result.examination = std::move(examination);
  enter(std::move(kept), proposed);
  return true;
}

void Verdicts::enter(Kept kept, const Proposed& proposed) {
  const FailureKind kind = kind_of(kept.finding);
  if (proposed.kind) families_.note(kind, *proposed.kind);
  const auto [known, is_new] = findings_.try_emplace(kind, kept);
  FuzzFinding& finding = known->second.finding;
  bool is_chosen = is_new;
  if (!is_new) {
    const std::size_t alike = finding.alike + 1;
    const double found_first = std::min(finding.found_cpu_seconds, kept.finding.found_cpu_seconds);
    const bool same_proof = kept.finding.proof == finding.proof;
    const bool shorter = kept.trace.requests().size() < known->second.trace.requests().size();
    is_chosen = same_proof ? shorter : kept.finding.proof == Proof::kJudged;
    if (is_chosen) known->second = std::move(kept);
    finding.alike = alike;
    finding.found_cpu_seconds = found_first;
  }
  // Of a trace that was saved, nothing was told but that.
  if (is_chosen || !families_.was_looked_around(kind)) families_.look_around(kind, proposed.related);
  else families_.look_around_another(kind, proposed.related);
  families_.describe(kind, traits_of(finding, terms_.rubric.heap.limit_bytes));
}

std::size_t Verdicts::size() const {
  std::map<std::size_t, std::set<std::size_t>> parts;
  for (const auto& [kind, place] : families_.places()) parts[place.family].insert(place.part);
  std::size_t told = 0;
  for (const auto& [family, its_parts] : parts) told += std::min(its_parts.size(), kMostToldOfAFamily);
  return told;
}

std::vector<Told> Verdicts::take(bool in_families) {
  std::map<std::size_t, std::map<std::size_t, FamilyPart>> families;
  for (const auto& [kind, place] : families_.places()) {
    const std::size_t family = in_families ? place.family : families.size();
    FamilyPart& part = families[family][place.part];
    part.branch = place.branch;
    part.alike.push_back(std::move(findings_.at(kind)));
  }
  std::vector<Told> all;
  for (auto& [number, numbered] : families) {
    std::vector<FamilyPart> parts;
    for (auto& [part_number, part] : numbered) parts.push_back(std::move(part));
    std::ranges::move(told_of_family(std::move(parts)), std::back_inserter(all));
  }
  findings_.clear();
  families_ = {};
  std::ranges::sort(all, {}, [](const Told& told) {
    return std::tuple(told.finding.result.tier, kind_of(told.finding));
  });
  return all;
}

}  // namespace heapjudge
