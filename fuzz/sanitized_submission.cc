#include "fuzz/sanitized_submission.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <fstream>
#include <stdexcept>
#include <thread>
#include <variant>

#include "fuzz/sanitizer/board.h"
#include "fuzz/sanitizer_report.h"
#include "judge/session.h"
#include "judge/session_subject.h"
#include "student/sandbox.h"
#include "subject/captured_output.h"
#include "subject/counting_folder.h"
#include "subject/launch.h"
#include "subject/mailbox_setup.h"
#include "subject/pass_gate.h"
#include "submission/run_tool.h"
#include "wire/shared_memory.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kHeapBase = 0x200000000000;            // where AddressSanitizer keeps nothing of its own
constexpr std::uint64_t kReserved = std::uint64_t{1} << 46;    // address space: it reserves terabytes
constexpr std::uint64_t kMostResidentBytes = std::uint64_t{2} << 30;
constexpr std::uint32_t kMostCpuSeconds = 5;
constexpr std::chrono::milliseconds kBetweenLooks{5};
constexpr std::size_t kMostLooks = 4000;  // 20 s

fs::path sanitizer_host() { return build_dir_of_this_program() / "student" / "heapjudge_sanitizer_host"; }

BuildSettings sanitized(const BuildSettings& asked) {
  BuildSettings settings = asked;
  settings.compiler = HEAPJUDGE_SANITIZING_COMPILER;
  std::erase_if(settings.flags, [](const std::string& flag) { return flag.starts_with("-O") || flag.starts_with("-g"); });
  settings.flags.insert(settings.flags.end(), {"-O1", "-g", "-fno-omit-frame-pointer", "-fsanitize=address"});
  if (settings.compiler == "clang") {
    settings.flags.insert(settings.flags.end(), {"-fsanitize=undefined", "-fno-sanitize=vptr,function", "-shared-libsan"});
  }
  return settings;
}

// A process group of its own, that ends with the object.
class Process {
 public:
  explicit Process(pid_t id) : id_(id) {}
  ~Process() {
    if (!has_ended()) ::kill(-id_, SIGKILL);
    int status = 0;
    while (!ended_ && waitpid(id_, &status, 0) < 0 && errno == EINTR) {
    }
  }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  pid_t id() const { return id_; }

  bool has_ended() {
    if (!ended_ && waitpid(id_, &status_, WNOHANG) == id_) ended_ = true;
    return ended_;
  }

  // All requests were made; only when it has ended.
  bool went_through() const { return WIFEXITED(status_) && WEXITSTATUS(status_) == 0; }
  bool ran_out_of_time() const {
    return WIFSIGNALED(status_) && (WTERMSIG(status_) == SIGXCPU || WTERMSIG(status_) == SIGKILL);
  }

  // 0 when it has ended, or does not tell.
  std::uint64_t resident_bytes() const {
    std::ifstream file("/proc/" + std::to_string(id_) + "/statm");
    std::uint64_t size = 0;
    std::uint64_t resident = 0;
    file >> size >> resident;
    return resident * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
  }

 private:
  pid_t id_;
  int status_ = 0;
  bool ended_ = false;
};

void write_board(const LaunchSettings& launch, const Trace& trace, Run run, SanitizerBoard& board) {
  write_setup(launch, false, board.setup);
  board.setup.loading = system_call_filter(SandboxPhase::kCounting, false);
  board.setup.memory_bytes = kReserved;
  board.setup.cpu_seconds = kMostCpuSeconds;
  board.request_count = static_cast<std::uint32_t>(trace.requests().size());
  board.block_count = trace.block_count();
  board.runs = run == Run::kSecond || run == Run::kOtherFill ? 2 : 1;
  board.fill_byte = fill_byte_of(run == Run::kOtherFill ? HeapFill::kPattern : HeapFill::kZero);
  std::ranges::copy(trace.requests(), board.requests);
}

constexpr const char* kTookTooLong = "it took too long under the sanitizers";

std::string quoted(const std::string& text) { return text.empty() ? "without a word" : "with \"" + text + "\""; }

// Empty when it ended by itself.
std::string waited_for(Process& process) {
  for (std::size_t look = 0; look < kMostLooks; ++look) {
    if (process.has_ended()) return process.ran_out_of_time() ? kTookTooLong : "";
    if (process.resident_bytes() > kMostResidentBytes) return "it took too much memory under the sanitizers";
    std::this_thread::sleep_for(kBetweenLooks);
  }
  return kTookTooLong;
}

}  // namespace

SanitizedSubmission::SanitizedSubmission(const std::vector<fs::path>& submission, const Rubric& rubric,
                                         const LaunchSettings& launch, const fs::path& scratch_dir)
    : launch_(launch) {
  launch_.heap_base = launch.pointer_width == PointerWidth::k64 ? kHeapBase : launch.heap_base;
  const std::string compiler = HEAPJUDGE_SANITIZING_COMPILER;
  if (!fs::exists(sanitizer_host())) {
    unavailable_ = "this build of Heapjudge has no sanitizers: they come with clang";
  } else if (!find_tool(compiler)) {
    unavailable_ = compiler + " is missing, with which the sanitizers come";
  } else {
    fs::create_directories(scratch_dir);
    const auto outcome = build_submission(submission, sanitized(rubric.build), build_places(rubric, scratch_dir));
    if (const auto* built = std::get_if<Built>(&outcome)) launch_.library = built->library;
    if (std::holds_alternative<BuildFailed>(outcome)) unavailable_ = "it does not build with the sanitizers of " + compiler;
  }
}

SanitizerView SanitizedSubmission::view(const Trace& trace, Run run) const {
  if (!unavailable_.empty()) return {.errors = {}, .remark = unavailable_};
  if (trace.requests().size() > kMostInputRequests) return {.errors = {}, .remark = "the trace is too long for the sanitizers"};
  SharedMemory board("heapjudge-board", sizeof(SanitizerBoard));
  write_board(launch_, trace, run, *reinterpret_cast<SanitizerBoard*>(board.bytes().data()));
  const CapturedOutput report;
  const CapturedOutput printed;
  const Descriptor library = memory_copy(launch_.library);
  Process process(start_host(sanitizer_host(), {.heap = report.descriptor(),
                                                .mailbox = board.descriptor(),
                                                .library = library.get(),
                                                .output = printed.descriptor(),
                                                .program = -1}));
  pass_gate(reinterpret_cast<SanitizerBoard*>(board.bytes().data())->gate, process.id(), launch_.sandbox);
  std::string stopped = waited_for(process);
  SanitizerView view{.errors = sanitizer_errors_in(report.tail(), launch_.library), .remark = std::move(stopped)};
  if (!view.errors.empty()) view.remark.clear();
  if (view.errors.empty() && view.remark.empty()) {
    view.remark = process.went_through()
                      ? "the sanitizers see nothing here; of a payload they watch whole words of 8 bytes"
                      : "the sanitizers see nothing before it ends itself " + quoted(printed.in_one_line());
  }
  return view;
}

}  // namespace heapjudge
