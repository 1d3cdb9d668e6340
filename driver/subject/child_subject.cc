#include "subject/child_subject.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <optional>
#include <stdexcept>
#include <thread>
#include <utility>

#include "check.h"
#include "subject/captured_output.h"
#include "subject/counting_folder.h"
#include "subject/descriptor.h"
#include "subject/distress_report.h"
#include "subject/footprint.h"
#include "subject/launch.h"
#include "subject/mailbox_setup.h"
#include "subject/process_clock.h"
#include "subject/timed_subject.h"
#include "subject/watchdog.h"
#include "wire/mailbox.h"
#include "wire/shared_memory.h"

namespace heapjudge {

namespace {

constexpr timespec kSlice{0, 2'000'000};  // how long a dead process can go unnoticed
constexpr double kSetupSeconds = 10;      // of CPU time; starting takes milliseconds
constexpr double kSlowdown = 100;         // by callgrind; fifty is usual
constexpr double kRestSeconds = 1;        // an answered order is followed by sleep within microseconds
constexpr int kHangSamples = 4;
constexpr std::chrono::milliseconds kBetweenSamples{4};
constexpr int kSampleWaits = 10;

Descriptor open_library(const std::filesystem::path& path) {
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) throw std::runtime_error("cannot open " + path.string() + ": " + std::strerror(errno));
  return Descriptor(descriptor);
}

class ChildSubject final : public Subject, public TimedSubject {
 public:
  struct Counting {
    const CountingLaunch& launch;
    InstructionRecord& record;
  };

  explicit ChildSubject(const LaunchSettings& settings, ReplayProgram* program = nullptr,
                        const Counting* counting = nullptr);
  ~ChildSubject() override { end(); }

  Progress begin(const RunSettings& settings, Reply& reply) override;
  Progress serve(std::span<const Command> commands, std::span<Reply> replies) override;
  TimedReplay replay_program(const ReplayOrder& order, EarlierAnswers earlier) override;
  std::size_t max_batch() const override { return kBatchCapacity; }
  void watch_next() override { watches_next_ = true; }
  std::span<std::byte> heap() override { return heap_->bytes(); }
  std::uint64_t heap_base() const override { return heap_base_; }
  std::uint64_t touched_bytes() override { return heap_->touched_bytes(); }
  std::vector<HeapRange> touched() override { return heap_->touched(); }
  std::span<const HeapRange> mapped() override;
  std::uint64_t bytes_outside_heap() override;
  const Ending& end() override;
  std::string isolation() const override { return isolation_; }

  // Called once each, in this order.
  void await_confinement(const SandboxRequest& sandbox);
  void load();

 private:
  bool send(Order order, std::uint32_t commands);
  bool await_answer();
  bool is_dead();
  void stop(Reason reason);
  void sample_backtraces();
  Progress copy_replies(std::size_t count, bool answered, std::span<Reply> replies);
  Mailbox& mailbox() { return *reinterpret_cast<Mailbox*>(mailbox_.bytes().data()); }

  std::shared_ptr<SharedMemory> heap_;
  SharedMemory mailbox_;
  ReplayProgram* program_;
  std::optional<CountingFolder> folder_;
  CapturedOutput output_;
  std::uint64_t heap_base_;
  double request_seconds_;
  double trace_seconds_;
  std::size_t watched_words_;
  bool ilp32_;
  pid_t process_ = -1;
  std::optional<Watchdog> watchdog_;
  std::optional<ProcessClock> clock_;
  SpinBudget spin_budget_;
  std::uint32_t answers_seen_ = 0;
  std::uint64_t private_before_load_ = 0;
  std::vector<HeapRange> mapped_;
  std::size_t largest_batch_ = 1;  // a begin() is answered in the first slot
  std::string isolation_;
  bool is_loaded_ = false;
  bool watches_next_ = false;
  Reason reason_ = Reason::kNone;
  std::optional<Ending> ending_;
};

ChildSubject::ChildSubject(const LaunchSettings& settings, ReplayProgram* program, const Counting* counting)
    : heap_(settings.heap ? settings.heap
                          : std::make_shared<SharedMemory>("heapjudge-heap", settings.heap_limit_bytes)),
      mailbox_("heapjudge-mailbox", sizeof(Mailbox)),
      program_(program),
      heap_base_(settings.heap_base),
      request_seconds_(settings.request_seconds),
      trace_seconds_(settings.trace_seconds),
      watched_words_(settings.watch.words.size()),
      ilp32_(is_ilp32_program(settings.host)) {
  const Descriptor library(counting != nullptr ? memory_copy(settings.library) : open_library(settings.library));
  if (geteuid() == 0) fchmod(library.get(), 0755);  // the process will not be root
  write_setup(settings, ilp32_, mailbox().setup);
  if (program_ != nullptr) add_program(program_->shape(), mailbox().setup);
  const HostDescriptors descriptors{.heap = heap_->descriptor(),
                                    .mailbox = mailbox_.descriptor(),
                                    .library = library.get(),
                                    .output = output_.descriptor(),
                                    .program = program_ != nullptr ? program_->descriptor() : -1};
  if (counting != nullptr) {
    add_valgrind(mailbox().setup);
    folder_.emplace(counting->launch.scratch_dir, settings.host);
    const CountingPlaces places{.valgrind = counting->launch.valgrind,
                                .folder = folder_->path(),
                                .host = folder_->host(),
                                .memlib = folder_->memlib(),
                                .record = counting->record.descriptor()};
    process_ = start_host(settings.host, descriptors, &places);
  } else {
    process_ = start_host(settings.host, descriptors);
  }
  if (program_ != nullptr) clock_.emplace(process_);
}

// Nothing of the submission has run yet: what goes wrong here is the machine's fault, and the rubric's
// deadlines are not meant for it.
void ChildSubject::await_confinement(const SandboxRequest& sandbox) {
  watchdog_.emplace(process_, kSetupSeconds, kSetupSeconds);
  watchdog_->start_run();
  if (!await_answer()) {
    end();
    throw std::runtime_error("the student process could not be set up: " + output_.in_one_line());
  }
  isolation_ = isolation_text(mailbox().confinement);
  if (sandbox.in_full) demand_full(isolation_);
  std::memset(static_cast<void*>(&mailbox().setup), 0, sizeof(Setup));  // the host has a copy
  private_before_load_ = private_bytes_of(process_);
}

// From here on the submission's code runs, and the mailbox may hold anything.
void ChildSubject::load() {
  watchdog_.emplace(process_, request_seconds_, trace_seconds_);
  watchdog_->start_run();
  is_loaded_ = send(Order::kLoad, 0) && mailbox().load_result == LoadResult::kLoaded;
  const bool survived = !is_dead() && reason_ == Reason::kNone;
  if (!is_loaded_ && survived) stop(Reason::kNotLoaded);  // the ending shows at the first begin()
}

bool ChildSubject::send(Order order, std::uint32_t commands) {
  if (ending_ || reason_ != Reason::kNone) return false;
  mailbox().order = order;
  mailbox().command_count = commands;
  mailbox().completed.store(0, std::memory_order_relaxed);
  watchdog_->start_batch();
  mailbox().step_through = std::exchange(watches_next_, false) ? 1 : 0;
  mailbox().to_student.ring();
  return await_answer();
}

// False when the process has ended, by itself or by the watchdog.
bool ChildSubject::await_answer() {
  while (!mailbox().to_judge.wait(answers_seen_, spin_budget_, &kSlice)) {
    if (is_dead()) return false;
    const auto overdue = watchdog_->check(mailbox().completed.load(std::memory_order_relaxed));
    if (overdue) {
      stop(*overdue == Overdue::kRequest ? Reason::kRequestOverdue : Reason::kTraceOverdue);
      return false;
    }
  }
  ++answers_seen_;
  return true;
}

bool ChildSubject::is_dead() {
  siginfo_t what{};
  return waitid(P_PID, static_cast<id_t>(process_), &what, WEXITED | WNOHANG | WNOWAIT) == 0 && what.si_pid != 0;
}

void ChildSubject::stop(Reason reason) {
  reason_ = reason;
  if (reason == Reason::kRequestOverdue || reason == Reason::kTraceOverdue) sample_backtraces();
  kill(process_, SIGKILL);
}

// Asks the process where it is, some moments apart. One that blocks the signal tells nothing.
void ChildSubject::sample_backtraces() {
  const auto& taken = mailbox().distress.backtraces;
  for (int sample = 0; sample < kHangSamples; ++sample) {
    const std::uint32_t before = __atomic_load_n(&taken, __ATOMIC_RELAXED);
    kill(process_, SIGPROF);
    for (int wait = 0; wait < kSampleWaits; ++wait) {
      std::this_thread::sleep_for(kBetweenSamples);
      if (__atomic_load_n(&taken, __ATOMIC_RELAXED) != before) break;
    }
  }
}

// An answer that was to nothing is none that the host gives, but must not keep the judge going in circles.
Progress ChildSubject::copy_replies(std::size_t count, bool answered, std::span<Reply> replies) {
  const std::size_t completed = mailbox().completed.load(std::memory_order_acquire);
  const std::size_t served = answered && completed == 0 ? count : std::min(completed, count);
  std::memcpy(replies.data(), mailbox().replies, served * sizeof(Reply));
  return {served, !answered};
}

Progress ChildSubject::begin(const RunSettings& settings, Reply& reply) {
  heap_->clear();
  watchdog_->start_run();
  mailbox().fill_byte = fill_byte_of(settings.fill);
  mailbox().refuse_from = settings.refuse_from;
  mailbox().refuse_count = settings.refuse_count;
  const bool answered = send(Order::kBegin, 0);
  return copy_replies(1, answered, {&reply, 1});
}

Progress ChildSubject::serve(std::span<const Command> commands, std::span<Reply> replies) {
  ensure(commands.size() <= kBatchCapacity && replies.size() == commands.size(), "a batch is too large");
  largest_batch_ = std::max(largest_batch_, commands.size());
  std::memcpy(mailbox().commands, commands.data(), commands.size_bytes());
  const bool answered = send(Order::kServe, static_cast<std::uint32_t>(commands.size()));
  return copy_replies(commands.size(), answered, replies);
}

// Where the process does not come to rest (it may have come by a way to run on), its clock stands for what it used.
TimedReplay ChildSubject::replay_program(const ReplayOrder& order, EarlierAnswers earlier) {
  ensure(program_ != nullptr && clock_, "a subject without a program cannot be timed");
  earlier == EarlierAnswers::kCleared ? program_->clear_answers() : program_->spoil_answers(order.seed);
  spin_budget_ = SpinBudget::none();
  mailbox().replay = order;
  watchdog_->start_run();
  clock_->wait_until_asleep(kRestSeconds);
  const std::int64_t start = clock_->nanoseconds();
  if (!send(Order::kReplay, 0)) return {.ended = true};
  clock_->wait_until_asleep(kRestSeconds);
  return {.cpu_seconds = static_cast<double>(clock_->nanoseconds() - start) * 1e-9,
          .outcome = mailbox().replay_outcome};
}

std::span<const HeapRange> ChildSubject::mapped() {
  const std::size_t count = std::min<std::size_t>(mailbox().mapped.count, kMaxMapped);
  mapped_.resize(count);
  if (count > 0) std::memcpy(mapped_.data(), mailbox().mapped.ranges, count * sizeof(HeapRange));
  return mapped_;
}

std::uint64_t ChildSubject::bytes_outside_heap() {
  const std::uint64_t now = private_bytes_of(process_);
  const std::uint64_t grown = now > private_before_load_ ? now - private_before_load_ : 0;
  return grown + scribbled_bytes(mailbox(), largest_batch_);
}

const Ending& ChildSubject::end() {
  if (ending_) return *ending_;
  if (reason_ == Reason::kNone && !is_dead()) stop(Reason::kDismissed);
  int status = 0;
  rusage usage{};
  while (wait4(process_, &status, 0, &usage) < 0 && errno == EINTR) {
  }
  ending_ = form_ending(reason_, status, mailbox().distress, ilp32_);
  ending_->while_loading = !is_loaded_;
  ending_->served = mailbox().completed.load(std::memory_order_acquire);
  ending_->cpu_seconds = cpu_seconds_of(usage);
  ending_->stores = copy_stores(mailbox(), watched_words_);
  ending_->output = output_.tail();
  ending_->output_bytes = output_.bytes();
  return *ending_;
}

std::unique_ptr<ChildSubject> start(const LaunchSettings& settings, ReplayProgram* program,
                                    const ChildSubject::Counting* counting = nullptr) {
  auto subject = std::make_unique<ChildSubject>(settings, program, counting);
  subject->await_confinement(settings.sandbox);
  subject->load();
  return subject;
}

}  // namespace

std::unique_ptr<Subject> launch(const LaunchSettings& settings) { return start(settings, nullptr); }

std::unique_ptr<TimedSubject> launch_timed(const LaunchSettings& settings, ReplayProgram& program) {
  return start(settings, &program);
}

std::unique_ptr<TimedSubject> launch_counted(const LaunchSettings& settings, const CountingLaunch& launch,
                                             ReplayProgram& program, InstructionRecord& record) {
  LaunchSettings slower = settings;
  slower.request_seconds *= kSlowdown;
  slower.trace_seconds *= kSlowdown;
  record.clear();
  const ChildSubject::Counting counting{launch, record};
  return start(slower, &program, &counting);
}

}  // namespace heapjudge
