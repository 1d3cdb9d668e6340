#include "student/distress.h"

#include <execinfo.h>
#include <link.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

namespace heapjudge {

namespace {

constexpr std::size_t kStackBytes = 64 << 10;
constexpr std::uintptr_t kNearStack = 256 << 10;
constexpr int kMostRawFrames = 64;

// Signal handlers have no argument of ours to carry this.
Distress* distress = nullptr;
const char* library_path = "";

struct LibraryRange {
  std::uintptr_t base = 0;
  std::uintptr_t end = 0;
};
LibraryRange library;
alignas(16) char handler_stack[kStackBytes];

#if defined(__x86_64__)
constexpr int kProgramCounter = REG_RIP;
std::uintptr_t stack_pointer(const ucontext_t& context) {
  return static_cast<std::uintptr_t>(context.uc_mcontext.gregs[REG_RSP]);
}
std::uint32_t first_argument(const ucontext_t& context) {
  return static_cast<std::uint32_t>(context.uc_mcontext.gregs[REG_RDI]);
}
#else
constexpr int kProgramCounter = REG_EIP;
std::uintptr_t stack_pointer(const ucontext_t& context) {
  return static_cast<std::uintptr_t>(context.uc_mcontext.gregs[REG_ESP]);
}
std::uint32_t first_argument(const ucontext_t& context) {
  return static_cast<std::uint32_t>(context.uc_mcontext.gregs[REG_EBX]);
}
#endif

void note_frame(const Frames& frames, std::uintptr_t address) {
  if (is_in_library(address) && frames.depth < kMaxFrames) frames.places[frames.depth++] = address - library.base;
}

int note_range(dl_phdr_info* object, std::size_t, void*) {
  if (strcmp(object->dlpi_name, library_path) != 0) return 0;
  LibraryRange found{object->dlpi_addr, object->dlpi_addr};
  for (int i = 0; i < object->dlpi_phnum; ++i) {
    const auto& segment = object->dlpi_phdr[i];
    const std::uintptr_t end = found.base + segment.p_vaddr + segment.p_memsz;
    if (segment.p_type == PT_LOAD && end > found.end) found.end = end;
  }
  library = found;
  return 1;
}

void note_backtrace(const ucontext_t& context) {
  const std::uint32_t index = distress->backtraces;
  if (index >= kMaxBacktraces) return;
  distress->depth[index] = 0;
  distress->backtraces = index + 1;
  note_frames(context, false, {distress->frames[index], distress->depth[index]});
}

void note_signal(int signal, const siginfo_t& what, const ucontext_t& context) {
  distress->signal = static_cast<std::uint32_t>(signal);
  if (signal == SIGSYS) {
    distress->syscall = static_cast<std::uint32_t>(what.si_syscall);
    distress->argument = first_argument(context);
  }
  // SI_KERNEL: an address that no pointer can have; the kernel does not tell which.
  if ((signal == SIGSEGV || signal == SIGBUS) && what.si_code > 0 && what.si_code != SI_KERNEL) {
    const auto address = reinterpret_cast<std::uintptr_t>(what.si_addr);
    const std::uintptr_t stack = stack_pointer(context);
    distress->address = address;
    distress->has_address = 1;
    distress->near_stack = address + kNearStack > stack && address < stack + kNearStack ? 1 : 0;
  }
}

// Installed with SA_RESETHAND and SA_NODEFER, so that sending the signal again ends the process by it.
void on_fatal_signal(int signal, siginfo_t* what, void* context) {
  const auto& interrupted = *static_cast<const ucontext_t*>(context);
  note_signal(signal, *what, interrupted);
  note_backtrace(interrupted);
  syscall(SYS_tgkill, getpid(), syscall(SYS_gettid), signal);
}

void on_question(int, siginfo_t*, void* context) { note_backtrace(*static_cast<const ucontext_t*>(context)); }

void install(int signal, void (*handler)(int, siginfo_t*, void*), int flags) {
  struct sigaction action {};
  action.sa_sigaction = handler;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | flags;
  sigaction(signal, &action, nullptr);
}

}  // namespace

// The innermost address comes from the interrupted context and is written first: unwinding a damaged stack may
// crash, and what was written by then remains.
void note_frames(const ucontext_t& interrupted, bool done, const Frames& frames) {
  if (library.base == 0) locate_library();  // a constructor; the loader's lock is held by this very thread
  const std::uintptr_t here = program_counter(interrupted);
  note_frame(frames, done ? here - 1 : here);

  void* raw[kMostRawFrames];
  const int count = backtrace(raw, kMostRawFrames);
  int outer = 0;
  while (outer < count && reinterpret_cast<std::uintptr_t>(raw[outer]) != here) ++outer;
  // A return address may be the first one of the next function: the call lies one byte before.
  for (int i = outer + 1; i < count; ++i) note_frame(frames, reinterpret_cast<std::uintptr_t>(raw[i]) - 1);
}

void install_distress_handlers(Distress& record) {
  distress = &record;
  void* warm_up[1];
  backtrace(warm_up, 1);  // loads the unwinder, which could not be opened later

  stack_t stack{};
  stack.ss_sp = handler_stack;
  stack.ss_size = sizeof handler_stack;
  sigaltstack(&stack, nullptr);

  for (const int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGSYS}) {
    install(signal, on_fatal_signal, static_cast<int>(SA_RESETHAND | SA_NODEFER));
  }
  install(SIGPROF, on_question, SA_RESTART);
  signal(SIGXFSZ, SIG_IGN);  // printing past the limit fails, and is no crime
  signal(SIGPIPE, SIG_IGN);
}

void watch_library(const char* path) { library_path = path; }

void locate_library() { dl_iterate_phdr(note_range, nullptr); }

bool is_in_library(std::uintptr_t address) { return address >= library.base && address < library.end; }

std::uintptr_t program_counter(const ucontext_t& context) {
  return static_cast<std::uintptr_t>(context.uc_mcontext.gregs[kProgramCounter]);
}

}  // namespace heapjudge
