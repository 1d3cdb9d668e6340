// The fuzzing process: maps what it shares with the judge, locks itself in, loads the submission, hunts.
//
// Usage (by the judge only): heapjudge_fuzz_host CORPUS_FD BOARD_FD LIBRARY_FD -1
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <vector>

#include "fuzz/engine.h"
#include "fuzz/guarded_subject.h"
#include "fuzz/hunt_board.h"
#include "fuzz/hunter.h"
#include "student/confine.h"

namespace heapjudge {
namespace {

[[noreturn]] void give_up(const char* why) {
  std::fprintf(stderr, "heapjudge fuzz host: %s\n", why);
  _exit(1);
}

HuntBoard& map_board(int descriptor) {
  void* const mapped = mmap(nullptr, sizeof(HuntBoard), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
  if (mapped == MAP_FAILED) give_up("cannot map the board");
  close(descriptor);
  return *static_cast<HuntBoard*>(mapped);
}

void publish(HuntBoard& board, const Catch& found) {
  const std::uint32_t index = board.proposed.load(std::memory_order_relaxed);
  const std::span<const Request> requests = found.trace.requests();
  if (index >= kMostProposals || requests.size() > kMostInputRequests) return;
  Proposal& proposal = board.proposals[index];
  proposal.fault = static_cast<std::uint32_t>(found.sighting.fault);
  proposal.run = static_cast<std::uint32_t>(found.sighting.run);
  proposal.heap_limit_bytes = found.heap_limit_bytes;
  proposal.request_count = static_cast<std::uint32_t>(requests.size());
  proposal.block_count = found.trace.block_count();
  proposal.escaped = found.sighting.escape ? 1 : 0;
  if (found.sighting.escape) proposal.escape = *found.sighting.escape;
  proposal.tries = static_cast<std::uint32_t>(found.tries);
  proposal.found_cpu_ns = found.found_cpu_ns;
  proposal.shrink_cpu_ns = found.shrink_cpu_ns;
  proposal.kind = found.kind;
  const std::size_t related = std::min(found.related.size(), kMostRelated);
  proposal.related_count = static_cast<std::uint32_t>(related);
  std::copy_n(found.related.begin(), related, proposal.related);
  proposal.execution = board.executions.load(std::memory_order_relaxed);
  std::copy(requests.begin(), requests.end(), proposal.requests);
  board.proposed.store(index + 1, std::memory_order_release);
}

GuardedSettings guarded_settings(const Setup& setup, std::string library) {
  return {.library = std::move(library),
          .interface = {.prefix = setup.prefix,
                        .aligned_function = setup.aligned_function,
                        .init_returns_bool = setup.init_returns_bool != 0},
          .heap_base = setup.heap_base,
          .heap_limit_bytes = setup.heap_limit_bytes,
          .heap_may_shrink = setup.heap_may_shrink != 0,
          .pointer_width = static_cast<PointerWidth>(setup.pointer_width)};
}

HunterSettings hunter_settings(const Setup& setup, const HuntOrder& order) {
  return {.rules = {.heap_limit_bytes = setup.heap_limit_bytes,
                    .alignment = order.alignment,
                    .pointer_width = static_cast<PointerWidth>(setup.pointer_width),
                    .heap_may_shrink = setup.heap_may_shrink != 0},
          .highest_tier = static_cast<Tier>(order.highest_tier),
          .functions = {order.functions, order.functions + std::min<std::size_t>(order.function_count, kMostFunctions)}};
}

// Tries inputs as the engine proposes them, and keeps the board up to date.
class Host {
 public:
  Host(HuntBoard& board, const Setup& setup, const HuntOrder& order, std::string library)
      : board_(board),
        subject_(guarded_settings(setup, std::move(library))),
        hunter_(subject_, hunter_settings(setup, order), [this](const Catch& found) { publish(board_, found); }) {
    board.instrumented = subject_.is_instrumented() ? 1 : 0;
  }

  bool is_instrumented() const { return subject_.is_instrumented(); }

  bool try_input(std::span<const std::uint8_t> input) {
    const std::size_t bytes = std::min(input.size(), kMostInputBytes);
    std::memcpy(board_.input, input.data(), bytes);
    board_.input_bytes.store(static_cast<std::uint32_t>(bytes), std::memory_order_relaxed);
    hunter_.try_input(input.first(bytes));
    board_.inputs.store(++tried_, std::memory_order_relaxed);
    board_.executions.store(hunter_.executions(), std::memory_order_relaxed);
    board_.requests.store(subject_.requests_served(), std::memory_order_relaxed);
    board_.escapes.store(hunter_.escapes(), std::memory_order_relaxed);
    return board_.stop.load(std::memory_order_relaxed) == 0;
  }

  std::uint64_t tried() const { return tried_; }

 private:
  HuntBoard& board_;
  GuardedSubject subject_;
  Hunter hunter_;
  std::uint64_t tried_ = 0;
};

void enter(int corpus) {
  if (fchdir(corpus) != 0) give_up("cannot enter the corpus");
  close(corpus);
}

// What the judge has written is copied: a submission could change the board.
int hunt(int corpus, int board_descriptor, int library) {
  HuntBoard& board = map_board(board_descriptor);
  static Setup setup;
  std::memcpy(&setup, &board.setup, sizeof setup);
  const auto order = std::make_unique<HuntOrder>(board.order);
  enter(corpus);
  heapjudge_guard_install();  // its clock could not be set later
  confine_at_gate(setup, library, board.gate);
  Host host(board, setup, *order, "/proc/self/fd/" + std::to_string(library));
  board.loaded = 1;
  const EngineSettings engine{.kind = static_cast<EngineKind>(order->engine),
                              .seed = order->seed,
                              .lowest_tier = static_cast<Tier>(order->lowest_tier),
                              .highest_tier = static_cast<Tier>(order->highest_tier),
                              .shares_corpus = order->shares_corpus != 0};
  const auto try_input = [&](std::span<const std::uint8_t> input) {
    const bool goes_on = host.try_input(input);
    if (host.tried() == order->inputs) board.done.store(1);
    if (!goes_on || host.tried() == order->inputs) _exit(0);
  };
  board.guided = wants_coverage(engine.kind) && host.is_instrumented() && engine_is_guided() ? 1 : 0;
  board.guided != 0 ? run_guided(engine, try_input) : run_unguided(engine, try_input);
  give_up("the engine has stopped by itself");
}

}  // namespace
}  // namespace heapjudge

int main(int argc, char** argv) {
  if (argc < 4) heapjudge::give_up("started by hand");
  try {
    return heapjudge::hunt(std::atoi(argv[1]), std::atoi(argv[2]), std::atoi(argv[3]));
  } catch (const std::exception& error) {
    heapjudge::give_up(error.what());
  }
}
