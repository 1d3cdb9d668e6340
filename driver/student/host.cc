// The student process: maps the shared memory, locks itself in, loads the submission, serves requests.
//
// Usage (by the judge only):
//   host HEAP_FD MAILBOX_FD LIBRARY_FD PROGRAM_FD                   the last one -1 when nothing is timed
//   host ... count VALGRIND RECORD_FD                               locks itself in and becomes valgrind, running:
//   host ... counted                                                the same under valgrind, locked in already
#include <dlfcn.h>
#include <fcntl.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "student/confine.h"
#include "student/count_replay.h"
#include "student/distress.h"
#include "student/program_replay.h"
#include "student/server.h"
#include "student/store_watch.h"
#include "student/under_valgrind.h"

namespace heapjudge {
namespace {

constexpr std::uintptr_t kPageBytes = 4096;
constexpr std::uintptr_t kRedZone = 4096;  // frames of the calls made here
constexpr std::size_t kStackBytes = 8u << 20;
constexpr std::uint32_t kBatchesPerCleaning = 16;

struct Descriptors {
  int heap;
  int mailbox;
  int library;
  int program;
};

[[noreturn]] void give_up(const char* why) {
  fprintf(stderr, "heapjudge host: %s\n", why);
  _exit(1);
}

void* map_shared(int descriptor, std::uint64_t bytes, void* address) {
  const int fixed = address != nullptr ? MAP_FIXED_NOREPLACE : 0;
  void* const mapped = mmap(address, static_cast<std::size_t>(bytes), PROT_READ | PROT_WRITE,
                            MAP_SHARED | MAP_NORESERVE | fixed, descriptor, 0);
  if (mapped == MAP_FAILED || (address != nullptr && mapped != address)) give_up("cannot map shared memory");
  return mapped;
}

// The requests cannot be written to; later, nothing can be mapped anew.
ProgramView map_program(int descriptor, const ProgramShape& shape) {
  if (shape.requests == 0) return {};
  auto* const start = static_cast<std::byte*>(map_shared(descriptor, shape.bytes(), nullptr));
  if (mprotect(start, static_cast<std::size_t>(shape.answers_at()), PROT_READ) != 0) give_up("cannot protect the program");
  close(descriptor);
  return {shape, reinterpret_cast<const ReplayStep*>(start), reinterpret_cast<std::uint64_t*>(start + shape.answers_at()),
          reinterpret_cast<std::uint32_t*>(start + shape.ticks_at())};
}

// libc may need a little memory of its own, to print with for example. It is taken now, because none can be
// mapped later. Where it can, because nothing is filtered, libc is left as it is: it may be what is timed.
void stock_up_libc(const Setup& setup) {
  static char output_buffer[4096];
  setvbuf(stdout, output_buffer, _IOLBF, sizeof output_buffer);
  if (setup.want_seccomp == 0) return;
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  mallopt(M_TOP_PAD, 128 << 10);
  free(malloc(64));
}

// The submission's constructors run in here, inside the sandbox.
bool load(int library_descriptor, const Setup& setup, EntryPoints& entries) {
  static char path[64];
  snprintf(path, sizeof path, "/proc/self/fd/%d", library_descriptor);
  watch_library(path);
  void* const library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    fprintf(stderr, "%s\n", dlerror());
    return false;
  }
  locate_library();
  const EntryNames names{setup.prefix, setup.aligned_function, setup.init_returns_bool != 0, setup.checker_function};
  if (!find_entry_points(library, names, entries)) {
    fprintf(stderr, "%sinit, %smalloc or %sfree is not defined\n", setup.prefix, setup.prefix, setup.prefix);
    return false;
  }
  return true;
}

void serve_batch(Mailbox& mailbox, RequestServer& server) {
  const std::uint32_t count = mailbox.command_count < kBatchCapacity ? mailbox.command_count : kBatchCapacity;
  const bool step = mailbox.step_through != 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    start_watched_call(step);
    const Reply reply = server.answer(mailbox.commands[i]);
    end_watched_call();
    mailbox.replies[i] = reply;
    mailbox.completed.store(i + 1, std::memory_order_release);
    if ((reply.sbrk_events & kMappedChanged) != 0) return;  // the judge is to see the ranges as they are now
  }
}

void begin_run(Mailbox& mailbox, RequestServer& server) {
  const MemlibRun run{static_cast<std::uint8_t>(mailbox.fill_byte), mailbox.refuse_from, mailbox.refuse_count};
  start_watched_call(mailbox.step_through != 0);
  mailbox.replies[0] = server.begin(run);
  end_watched_call();
  mailbox.completed.store(1, std::memory_order_release);
}

// Between batches nothing below this frame is in use. A submission that kept its data structures there, out of the
// judge's sight, finds them gone.
void throw_dead_stack_away() {
  const auto here = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
  const std::uintptr_t end = (here - kRedZone) & ~(kPageBytes - 1);
  madvise(reinterpret_cast<void*>(end - kStackBytes), kStackBytes, MADV_DONTNEED);
}

struct Service {
  RequestServer server;
  EntryPoints entries;
  ProgramView program;
};

void replay_once(Mailbox& mailbox, const Service& service) {
  if (service.program.shape.requests == 0) give_up("there is no program to replay");
  const ReplayOrder order = mailbox.replay;
  const auto replay = order.target == ReplayTarget::kCounted ? count_replay : replay_program;
  mailbox.replay_outcome = replay(service.program, order, service.entries, mailbox.completed);
}

// A process that is timed sleeps at once when it has answered.
[[noreturn]] void serve(Mailbox& mailbox, Service& service, std::uint32_t orders_seen, SpinBudget budget) {
  if (service.program.shape.requests != 0) budget = SpinBudget::none();
  for (;; ++orders_seen) {
    if (orders_seen % kBatchesPerCleaning == 0) throw_dead_stack_away();
    while (!mailbox.to_student.wait(orders_seen, budget, nullptr)) {
    }
    if (mailbox.order == Order::kBegin) begin_run(mailbox, service.server);
    if (mailbox.order == Order::kServe) serve_batch(mailbox, service.server);
    if (mailbox.order == Order::kReplay) replay_once(mailbox, service);
    mailbox.to_judge.ring();
  }
}

Mailbox& map_mailbox(int descriptor) {
  return *static_cast<Mailbox*>(map_shared(descriptor, sizeof(Mailbox), nullptr));
}

[[noreturn]] void become_counted(const Descriptors& descriptors, char* const* arguments) {
  Mailbox& mailbox = map_mailbox(descriptors.mailbox);
  mailbox.confinement = confine(mailbox.setup, descriptors.library, Confinement::kUnderValgrind);
  static char counted[] = "counted";
  char* const host_arguments[] = {arguments[1], arguments[2], arguments[3], arguments[4], counted, nullptr};
  run_under_valgrind(arguments[6], atoi(arguments[7]), host_arguments);
  give_up("valgrind cannot be started");
}

[[noreturn]] void run(const Descriptors& descriptors, bool confined) {
  Mailbox& mailbox = map_mailbox(descriptors.mailbox);
  static Setup setup;  // a copy that a submission cannot reach through the shared memory
  memcpy(&setup, &mailbox.setup, sizeof setup);
  void* const heap = map_shared(descriptors.heap, setup.heap_limit_bytes,
                                reinterpret_cast<void*>(static_cast<std::uintptr_t>(setup.heap_base)));
  const ProgramView program = map_program(descriptors.program, setup.program);
  close(descriptors.heap);
  close(descriptors.mailbox);

  const MemlibSettings memlib{static_cast<std::byte*>(heap), static_cast<std::size_t>(setup.heap_limit_bytes),
                              setup.heap_may_shrink != 0, &mailbox.mapped};
  heapjudge_memlib_attach(&memlib);
  stock_up_libc(setup);
  install_distress_handlers(mailbox.distress);
  const StoreWatchPlan watch{setup.watched, setup.watch_ways, reinterpret_cast<std::uintptr_t>(heap)};
  mailbox.watch_state = arm_store_watch(watch, mailbox.stores);

  SpinBudget budget;
  if (!confined) mailbox.confinement = confine(setup, descriptors.library);
  mailbox.to_judge.ring();
  while (!mailbox.to_student.wait(0, budget, nullptr)) {
  }

  EntryPoints entries;
  const bool loaded = load(descriptors.library, setup, entries);
  close(descriptors.library);
  if (loaded && !confined && setup.want_seccomp != 0 && !install_filter(setup.serving)) give_up("cannot narrow the sandbox");
  mailbox.load_result = loaded ? LoadResult::kLoaded : LoadResult::kFailed;
  mailbox.to_judge.ring();

  Service service{RequestServer(entries, setup.heap_base, static_cast<PointerWidth>(setup.pointer_width)), entries,
                  program};
  serve(mailbox, service, 1, budget);
}

}  // namespace
}  // namespace heapjudge

int main(int argc, char** argv) {
  if (argc < 5) heapjudge::give_up("started by hand");
  const heapjudge::Descriptors descriptors{atoi(argv[1]), atoi(argv[2]), atoi(argv[3]), atoi(argv[4])};
  const char* const word = argc > 5 ? argv[5] : "";
  if (argc == 8 && strcmp(word, "count") == 0) heapjudge::become_counted(descriptors, argv);
  heapjudge::run(descriptors, strcmp(word, "counted") == 0);
}
