// The way out of a submission, whatever it was doing.
#include <execinfo.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/time.h>
#include <ucontext.h>

#include "fuzz/guard/watch.h"

namespace heapjudge {

namespace {

constexpr std::size_t kStackBytes = 64 << 10;
constexpr std::uintptr_t kNearStack = 256 << 10;
constexpr int kMostRawFrames = 64;

constexpr int kFatalSignals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGSYS};

// Signal handlers have no argument of ours to carry this.
struct WayOut {
  jmp_buf place;
  bool open = false;
  Escape escape;
  std::uint64_t steps_at_tick = 0;
  unsigned ticks = 0;
  unsigned most_ticks = 1;  // heapjudge_guard_allow_ticks()
};
WayOut way_out;
alignas(16) char handler_stack[kStackBytes];

bool in_library(std::uintptr_t address) { return address >= watch.library.base && address < watch.library.end; }

// A return address may be the first one of the next function: the call lies one byte before.
void note_frame(std::uintptr_t address) {
  Escape& escape = way_out.escape;
  if (in_library(address) && escape.depth < kMaxEscapeFrames) escape.frames[escape.depth++] = address - watch.library.base;
}

std::uintptr_t address_of(const void* pc) { return reinterpret_cast<std::uintptr_t>(pc); }

// All frames of the submission, or the innermost one where that is enough: unwinding costs more than an execution.
void note_frames(std::uintptr_t here) {
  note_frame(here);
  if (way_out.escape.depth != 0 && !watch.want_backtraces) return;
  void* raw[kMostRawFrames];
  const int count = backtrace(raw, kMostRawFrames);
  int outer = 0;
  if (way_out.escape.depth != 0) {
    while (outer < count && address_of(raw[outer]) != here && address_of(raw[outer]) != here + 1) ++outer;
    ++outer;
  }
  for (int i = outer; i < count; ++i) note_frame(address_of(raw[i]) - 1);
}

[[noreturn]] void leave() {
  way_out.open = false;
  _longjmp(way_out.place, 1);
}

// Where a submission was when it was in libc on its own account, or somewhere that it has no business to be.
std::uintptr_t place_of(std::uintptr_t program_counter) {
  if (in_library(program_counter) || watch.caller == nullptr) return program_counter;
  return address_of(watch.caller) - 1;
}

void note_address(const siginfo_t& what, std::uintptr_t stack) {
  // SI_KERNEL: an address that no pointer can have; the kernel does not tell which.
  if (what.si_code <= 0 || what.si_code == SI_KERNEL) return;
  const auto address = reinterpret_cast<std::uintptr_t>(what.si_addr);
  way_out.escape.address = address;
  way_out.escape.has_address = 1;
  way_out.escape.near_stack = address + kNearStack > stack && address < stack + kNearStack ? 1 : 0;
}

void on_fatal_signal(int signal, siginfo_t* what, void* context) {
  if (!way_out.open) {  // ours, not the submission's: as it would have been
    ::signal(signal, SIG_DFL);
    raise(signal);
    return;
  }
  const auto& registers = static_cast<const ucontext_t*>(context)->uc_mcontext.gregs;
  way_out.escape = {};
  way_out.escape.kind = EscapeKind::kSignal;
  way_out.escape.signal = signal;
  if (signal == SIGSEGV || signal == SIGBUS) note_address(*what, static_cast<std::uintptr_t>(registers[REG_RSP]));
  note_frames(place_of(static_cast<std::uintptr_t>(registers[REG_RIP])));
  leave();
}

void on_tick(int, siginfo_t*, void* context) {
  const bool moved = way_out.steps_at_tick != watch.steps_left;
  way_out.steps_at_tick = watch.steps_left;
  way_out.ticks = moved || !way_out.open ? 0 : way_out.ticks + 1;
  if (way_out.ticks < way_out.most_ticks) return;
  way_out.ticks = 0;
  way_out.escape = {};
  way_out.escape.kind = EscapeKind::kStandstill;
  note_frames(place_of(static_cast<std::uintptr_t>(static_cast<const ucontext_t*>(context)->uc_mcontext.gregs[REG_RIP])));
  leave();
}

// Nothing is blocked while a handler runs, so that leaving one needs no system call.
void install(int signal, void (*handler)(int, siginfo_t*, void*)) {
  struct sigaction action {};
  action.sa_sigaction = handler;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER | SA_RESTART;
  sigaction(signal, &action, nullptr);
}

[[noreturn]] void escape_by(EscapeKind kind, const void* pc) {
  way_out.escape.kind = kind;
  note_frames(address_of(pc) - 1);
  leave();
}

}  // namespace

void escape_from_store(EscapeKind kind, std::uint64_t offset, std::uint64_t bytes, const void* pc) {
  way_out.escape = {};
  way_out.escape.store_offset = offset;
  way_out.escape.store_bytes = static_cast<std::uint32_t>(bytes < UINT32_MAX ? bytes : UINT32_MAX);
  escape_by(kind, pc);
}

void escape_by_exit(int status, const void* pc) {
  way_out.escape = {};
  way_out.escape.exit_status = status;
  escape_by(EscapeKind::kExit, pc);
}

void escape_by_abort(const void* pc) {
  way_out.escape = {};
  way_out.escape.signal = SIGABRT;
  escape_by(EscapeKind::kSignal, pc);
}

void escape_out_of_steps(const void* pc) {
  way_out.escape = {};
  escape_by(EscapeKind::kOutOfSteps, pc);
}

extern "C" {

void heapjudge_guard_allow_ticks(unsigned ticks) { way_out.most_ticks = ticks; }

void heapjudge_guard_install() {
  void* warm_up[1];
  backtrace(warm_up, 1);  // loads the unwinder, which could not be opened later
  stack_t stack{};
  stack.ss_sp = handler_stack;
  stack.ss_size = sizeof handler_stack;
  sigaltstack(&stack, nullptr);
  for (const int signal : kFatalSignals) install(signal, on_fatal_signal);
  install(SIGVTALRM, on_tick);
  signal(SIGXFSZ, SIG_IGN);  // printing past the limit fails, and is no crime
  signal(SIGPIPE, SIG_IGN);
  const itimerval tick{{0, kTickMicroseconds}, {0, kTickMicroseconds}};
  setitimer(ITIMER_VIRTUAL, &tick, nullptr);
}

bool heapjudge_guard_run(void (*body)(void*), void* argument, Escape* escape) {
  watch.caller = nullptr;
  if (_setjmp(way_out.place) != 0) {
    watch.caller = nullptr;
    *escape = way_out.escape;
    return false;
  }
  way_out.open = true;
  body(argument);
  way_out.open = false;
  return true;
}
}

}  // namespace heapjudge
