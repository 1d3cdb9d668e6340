#include "student/sandbox.h"

#include <fcntl.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <type_traits>

namespace heapjudge {

namespace {

// What a computation that prints needs: no file is opened, no memory mapped, no process made, no other one
// signalled (tgkill is narrowed to the process itself by student/confine.cc), nothing waited for.
constexpr const char* kHarmless[] = {
    "read",           "write",          "writev",       "close",         "fstat",           "fstat64",
    "lseek",          "_llseek",        "futex",        "futex_time64",  "rt_sigreturn",    "sigreturn",
    "rt_sigprocmask", "sigprocmask",    "getpid",   "getppid",    "gettid",        "tgkill",          "getuid",
    "geteuid",        "getgid",         "getegid",      "clock_gettime", "clock_gettime64", "clock_getres",
    "gettimeofday",   "time",           "times",        "getrusage",     "getrandom",       "uname",
    "sched_yield",    "restart_syscall", "dup"};

// What dlopen needs on top. Files are opened for reading only, and Landlock knows of one.
constexpr const char* kLoader[] = {"pread64",  "munmap", "mprotect", "brk",    "newfstatat", "fstatat64",
                                   "statx",    "readlink", "readlinkat", "getcwd", "access",
                                   "faccessat", "set_robust_list"};

// What libc tries while it prints, and can do without.
constexpr const char* kAnsweredWithNo[] = {"newfstatat", "fstatat64", "statx"};

// What neither valgrind nor a computation under it has a use for.
constexpr const char* kRefusedUnderValgrind[] = {
    "fork",          "vfork",         "clone",          "clone3",          "ptrace",          "process_vm_readv",
    "tkill",         "sigqueue",      "rt_sigqueueinfo", "rt_tgsigqueueinfo", "pidfd_open",   "process_vm_writev",
    "pidfd_getfd",   "pidfd_send_signal", "process_madvise", "kcmp",       "socket",          "socketpair",
    "socketcall",    "setitimer",     "alarm",          "timer_create",    "timerfd_create",  "io_setup",
    "io_uring_setup", "bpf",          "perf_event_open", "userfaultfd",    "keyctl",          "add_key",
    "request_key",   "shmget",        "shmat",          "msgget",          "semget",          "ipc",
    "mq_open",       "unshare",       "setns",          "mount",           "umount2",         "pivot_root",
    "chroot",        "open_by_handle_at", "name_to_handle_at", "quotactl", "swapon",          "syslog",
    "init_module",   "finit_module",  "kexec_load",     "fanotify_init",   "inotify_init1",   "inotify_init"};

struct ReleaseFilter {
  void operator()(void* context) const { seccomp_release(context); }
};
using Context = std::unique_ptr<std::remove_pointer_t<scmp_filter_ctx>, ReleaseFilter>;

void require(int status, const char* what) {
  if (status != 0) throw std::runtime_error(std::string("cannot build the system call filter: ") + what);
}

Context new_context(bool ilp32, std::uint32_t otherwise) {
  Context context(seccomp_init(otherwise));
  if (context == nullptr) throw std::runtime_error("cannot build the system call filter");
  require(seccomp_attr_set(context.get(), SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS), "architecture");
  if (ilp32) {
    require(seccomp_arch_add(context.get(), SCMP_ARCH_X86), "32-bit");
  }
  if (ilp32 && otherwise != SCMP_ACT_ALLOW) {
    require(seccomp_arch_remove(context.get(), SCMP_ARCH_X86_64), "64-bit");
  }
  return context;
}

// Names that an architecture does not have are passed over.
template <typename... Conditions>
void allow(const Context& context, const char* name, Conditions... conditions) {
  const int number = seccomp_syscall_resolve_name(name);
  if (number == __NR_SCMP_ERROR) return;
  seccomp_rule_add(context.get(), SCMP_ACT_ALLOW, number, sizeof...(conditions), conditions...);
}

void answer_with_no(const Context& context, const char* name) {
  const int number = seccomp_syscall_resolve_name(name);
  if (number != __NR_SCMP_ERROR) seccomp_rule_add(context.get(), SCMP_ACT_ERRNO(EPERM), number, 0);
}

scmp_arg_cmp equals(unsigned argument, scmp_datum_t value) {
  return {argument, SCMP_CMP_EQ, value, 0};
}

scmp_arg_cmp masked_equals(unsigned argument, scmp_datum_t mask, scmp_datum_t value) {
  return {argument, SCMP_CMP_MASKED_EQ, mask, value};
}

void allow_loading(const Context& context) {
  constexpr scmp_datum_t kAccessMode = O_ACCMODE | O_CREAT | O_TRUNC;
  for (const char* name : kLoader) allow(context, name);
  allow(context, "open", masked_equals(1, kAccessMode, O_RDONLY));
  allow(context, "openat", masked_equals(2, kAccessMode, O_RDONLY));
  allow(context, "mmap", masked_equals(3, MAP_SHARED, 0));
  allow(context, "mmap2", masked_equals(3, MAP_SHARED, 0));
  allow(context, "prctl", equals(0, PR_SET_SECCOMP));
}

Filter exported(const Context& context) {
  const int file = memfd_create("filter", MFD_CLOEXEC);
  if (file < 0)
    throw std::runtime_error(std::string("cannot export the system call filter: ") + std::strerror(errno));
  Filter filter{};
  const int status = seccomp_export_bpf(context.get(), file);
  const off_t bytes = lseek(file, 0, SEEK_CUR);
  const bool fits = bytes > 0 && static_cast<std::size_t>(bytes) <= sizeof filter.instructions;
  const bool ok = status == 0 && fits &&
                  pread(file, filter.instructions, static_cast<std::size_t>(bytes), 0) == bytes;
  close(file);
  if (!ok) throw std::runtime_error("cannot export the system call filter");
  filter.length = static_cast<std::uint32_t>(static_cast<std::size_t>(bytes) / sizeof(FilterInstruction));
  return filter;
}

// valgrind starts as a 64-bit program also where it will run a 32-bit one.
Filter build_counting_filter() {
  const Context context = new_context(true, SCMP_ACT_ALLOW);
  for (const char* name : kRefusedUnderValgrind) answer_with_no(context, name);
  return exported(context);
}

Filter build_filter(SandboxPhase phase, bool ilp32) {
  if (phase == SandboxPhase::kCounting) return build_counting_filter();
  const Context context = new_context(ilp32, SCMP_ACT_TRAP);
  for (const char* name : kHarmless) allow(context, name);
  allow(context, "madvise", equals(2, MADV_DONTNEED));  // the host throws dead stack away
  allow(context, "ioctl", equals(1, TCGETS));  // isatty, before the first print
  for (const char* name : {"fcntl", "fcntl64"}) allow(context, name, equals(1, F_GETFL));  // perror
  if (phase == SandboxPhase::kLoading) {
    allow_loading(context);
  } else {
    for (const char* name : kAnsweredWithNo) answer_with_no(context, name);
  }
  return exported(context);
}

template <SandboxPhase kPhase, bool kIlp32>
const Filter& kept_filter() {
  static const Filter filter = build_filter(kPhase, kIlp32);
  return filter;
}

}  // namespace

const Filter& system_call_filter(SandboxPhase phase, bool ilp32) {
  if (phase == SandboxPhase::kCounting) return kept_filter<SandboxPhase::kCounting, true>();
  if (phase == SandboxPhase::kLoading) {
    return ilp32 ? kept_filter<SandboxPhase::kLoading, true>() : kept_filter<SandboxPhase::kLoading, false>();
  }
  return ilp32 ? kept_filter<SandboxPhase::kServing, true>() : kept_filter<SandboxPhase::kServing, false>();
}

std::string system_call_name(std::uint32_t number, bool ilp32) {
  char* const name =
      seccomp_syscall_resolve_num_arch(ilp32 ? SCMP_ARCH_X86 : SCMP_ARCH_X86_64, static_cast<int>(number));
  if (name == nullptr) return "number " + std::to_string(number);
  std::string result = name;
  std::free(name);
  return result;
}

bool is_exit(std::uint32_t number, bool ilp32) {
  const std::string name = system_call_name(number, ilp32);
  return name == "exit" || name == "exit_group";
}

}  // namespace heapjudge
