#include "fuzz/hunt_process.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <stdexcept>

#include "fuzz/hunt_board.h"
#include "student/sandbox.h"
#include "subject/counting_folder.h"
#include "subject/descriptor.h"
#include "subject/launch.h"
#include "subject/mailbox_setup.h"
#include "subject/pass_gate.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kOwnMemory = std::uint64_t{4} << 30;  // address space: libFuzzer's tables, shadow tags
constexpr std::uint64_t kOwnFiles = 64u << 20;
constexpr std::uint32_t kMostCpuSeconds = 30u * 24 * 3600;    // the judge's own deadlines come before

HuntBoard& board_in(SharedMemory& memory) { return *reinterpret_cast<HuntBoard*>(memory.bytes().data()); }

void write_order(const HuntSettings& settings, HuntOrder& order) {
  order.seed = settings.seed;
  order.inputs = settings.inputs;
  order.lowest_tier = static_cast<std::uint32_t>(settings.lowest_tier);
  order.highest_tier = static_cast<std::uint32_t>(settings.highest_tier);
  order.alignment = settings.alignment;
  order.engine = static_cast<std::uint32_t>(settings.engine);
  order.shares_corpus = settings.shares_corpus ? 1 : 0;
  const std::size_t functions = std::min(settings.functions.size(), kMostFunctions);
  order.function_count = static_cast<std::uint32_t>(functions);
  std::copy_n(settings.functions.begin(), functions, order.functions);
}

void write_board(const HuntSettings& settings, HuntBoard& board) {
  write_setup(settings.launch, false, board.setup);
  board.setup.loading = system_call_filter(SandboxPhase::kCounting, false);
  board.setup.memory_bytes += kOwnMemory;
  board.setup.output_bytes = kOwnFiles;
  board.setup.cpu_seconds = kMostCpuSeconds;
  write_order(settings, board.order);
}

Descriptor opened(const fs::path& path, int flags) {
  Descriptor descriptor(open(path.c_str(), flags | O_CLOEXEC));
  if (descriptor.get() < 0) throw std::runtime_error("cannot open " + path.string() + ": " + strerror(errno));
  return descriptor;
}

pid_t started(const HuntSettings& settings, int board) {
  const Descriptor corpus = opened(settings.corpus, O_RDONLY | O_DIRECTORY);
  const Descriptor library = memory_copy(settings.launch.library);
  const Descriptor nothing = opened("/dev/null", O_RDWR);
  return start_host(fuzz_host(), {.heap = corpus.get(),
                                  .mailbox = board,
                                  .library = library.get(),
                                  .output = nothing.get(),
                                  .program = -1});
}

}  // namespace

fs::path fuzz_host() {
  const fs::path host = build_dir_of_this_program() / "student" / "heapjudge_fuzz_host";
  if (!fs::exists(host)) throw std::runtime_error(host.string() + " is missing: build Heapjudge as a whole");
  return host;
}

HuntProcess::HuntProcess(const HuntSettings& settings) : board_("heapjudge-board", sizeof(HuntBoard)) {
  write_board(settings, board_in(board_));
  process_ = started(settings, board_.descriptor());
  try {
    clock_.emplace(process_);
    isolation_ = pass_gate(board_in(board_).gate, process_, settings.launch.sandbox);
  } catch (...) {
    dispose();
    throw;
  }
}

HuntProcess::~HuntProcess() { dispose(); }

void HuntProcess::dispose() {
  if (end_) return;
  kill();
  int status = 0;
  while (waitpid(process_, &status, 0) < 0 && errno == EINTR) {
  }
}

HuntState HuntProcess::state() const {
  const HuntBoard& board = board_in(const_cast<SharedMemory&>(board_));
  HuntState state;
  state.counts.inputs = board.inputs.load();
  state.counts.executions = board.executions.load();
  state.counts.requests = board.requests.load();
  state.counts.escapes = board.escapes.load();
  state.isolation = isolation_;
  state.loaded = board.loaded == 1;
  state.instrumented = board.instrumented == 1;
  state.guided = board.guided == 1;
  return state;
}

std::vector<Proposed> HuntProcess::take_proposals() {
  HuntBoard& board = board_in(board_);
  const auto proposed = std::min<std::uint32_t>(board.proposed.load(std::memory_order_acquire), kMostProposals);
  std::vector<Proposed> taken;
  const auto copy = std::make_unique<Proposal>();
  for (; taken_ < proposed; ++taken_) {
    memcpy(static_cast<void*>(copy.get()), &board.proposals[taken_], sizeof *copy);
    if (auto proposal = read_proposal(*copy)) taken.push_back(std::move(*proposal));
  }
  return taken;
}

double HuntProcess::cpu_seconds() const {
  return end_ ? cpu_seconds_at_end_ : static_cast<double>(clock_->nanoseconds()) / 1e9;
}

std::vector<std::uint8_t> HuntProcess::input_in_hand() const {
  const HuntBoard& board = board_in(const_cast<SharedMemory&>(board_));
  const std::size_t bytes = std::min<std::size_t>(board.input_bytes.load(), kMostInputBytes);
  return {board.input, board.input + bytes};
}

void HuntProcess::stop() {
  told_to_stop_ = true;
  board_in(board_).stop.store(1);
}

void HuntProcess::kill() {
  if (!end_) ::kill(-process_, SIGKILL);  // it leads a group of its own
}

const std::optional<HuntEnd>& HuntProcess::end() {
  int status = 0;
  rusage used{};
  if (!end_ && wait4(process_, &status, WNOHANG, &used) == process_) {
    cpu_seconds_at_end_ = cpu_seconds_of(used);
    close_end(status);
  }
  return end_;
}

// It says that it is done, and is believed: who lies only ends its own search.
void HuntProcess::close_end(int status) {
  HuntEnd end;
  const bool exited_well = WIFEXITED(status) && WEXITSTATUS(status) == 0;
  end.complete = exited_well && (told_to_stop_ || board_in(board_).done.load() == 1);
  end.how = WIFSIGNALED(status) ? "signal " + std::to_string(WTERMSIG(status))
                                : "exit status " + std::to_string(WEXITSTATUS(status));
  end_ = end;
}

}  // namespace heapjudge
