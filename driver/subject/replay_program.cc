#include "subject/replay_program.h"

#include <algorithm>
#include <vector>

#include "check.h"
#include "trace/random.h"

namespace heapjudge {

namespace {

constexpr std::uint64_t kNoAnswer = 0x5eed5eed5eed5eed;  // no multiple of an alignment
constexpr int kSpoiledAnswers = 16;

ProgramShape shape_of(std::span<const Trace> orders) {
  ensure(!orders.empty() && !orders[0].requests().empty(), "a program without requests");
  for (const Trace& order : orders) {
    ensure(order.requests().size() == orders[0].requests().size(), "two orders of the same requests differ in size");
  }
  return {.requests = orders[0].requests().size(),
          .orders = orders.size()};
}

ReplayStep step_for(const Request& request, std::uint32_t source) {
  return {.size = request.size,
          .source = source,
          .op = request.op,
          .alignment_log2 = request.alignment_log2,
          .count = request.count};
}

void compile(const Trace& trace, ReplayStep* steps) {
  std::vector<std::uint32_t> newest(trace.block_count(), ReplayStep::kNoStep);  // the step that asked for the block last
  std::uint32_t number = 0;
  for (const Request& request : trace.requests()) {
    const bool has_block = request.block != kNoBlock;
    steps[number] = step_for(request, has_block ? newest[request.block] : ReplayStep::kNoStep);
    if (request.op == Op::kInit) std::ranges::fill(newest, ReplayStep::kNoStep);
    if (has_block) newest[request.block] = request.op == Op::kFree ? ReplayStep::kNoStep : number;
    ++number;
  }
}

}  // namespace

ReplayProgram::ReplayProgram(std::span<const Trace> orders)
    : shape_(shape_of(orders)), memory_("heapjudge-program", shape_.bytes()) {
  auto* steps = reinterpret_cast<ReplayStep*>(memory_.bytes().data());
  for (const Trace& order : orders) {
    compile(order, steps);
    steps += shape_.requests;
  }
}

std::span<std::uint64_t> ReplayProgram::answer_array() {
  return {reinterpret_cast<std::uint64_t*>(memory_.bytes().data() + shape_.answers_at()), shape_.requests};
}

std::span<const std::uint32_t> ReplayProgram::ticks() {
  return {reinterpret_cast<const std::uint32_t*>(memory_.bytes().data() + shape_.ticks_at()), shape_.requests};
}

void ReplayProgram::clear_answers() { std::ranges::fill(answer_array(), kNoAnswer); }

void ReplayProgram::spoil_answers(std::uint64_t seed) {
  Random random(seed);
  for (int i = 0; i < kSpoiledAnswers; ++i) answer_array()[random.below(shape_.requests)] = kNoAnswer;
}

}  // namespace heapjudge
