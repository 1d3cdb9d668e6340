#include "fuzz/crew.h"

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

#include "submission/stopwatch.h"

namespace heapjudge {
namespace {

constexpr std::chrono::milliseconds kBetweenLooks{5};
constexpr double kLastCatchSeconds = 1;

}  // namespace

Crew::Crew(const HuntSettings& hunt, unsigned workers) {
  workers = std::max(1u, workers);
  for (unsigned i = 0; i < workers; ++i) {
    HuntSettings part = hunt;
    part.inputs = hunt.inputs == 0 ? 0 : std::max<std::uint64_t>(1, (hunt.inputs + i) / workers);
    part.seed = hunt.seed + i * 0xd1b54a32d192ed03;
    workers_.push_back(std::make_unique<Worker>(std::move(part)));
  }
}

void Crew::look_after(const Listener& listener) {
  for (const auto& worker : workers_) {
    worker->look_for_its_end();
    for (const Proposed& proposed : worker->take_proposals()) listener.proposed(proposed);
    if (const auto input = worker->look_after()) listener.died(*input, worker->counts().executions);
  }
}

bool Crew::is_at_work() const {
  return std::ranges::any_of(workers_, [](const auto& worker) { return !worker->is_over(); });
}

FuzzCounts Crew::counts() const {
  FuzzCounts sum;
  for (const auto& worker : workers_) sum += worker->counts();
  return sum;
}

double Crew::cpu_seconds() const {
  double sum = 0;
  for (const auto& worker : workers_) sum += worker->cpu_seconds();
  return sum;
}

void Crew::stop() {
  for (const auto& worker : workers_) worker->stop();
  const Stopwatch waited;
  const auto runs = [](const auto& worker) { return !worker->has_ended(); };
  while (waited.seconds() < kLastCatchSeconds && std::ranges::any_of(workers_, runs)) {
    std::this_thread::sleep_for(kBetweenLooks);
  }
}

}  // namespace heapjudge
