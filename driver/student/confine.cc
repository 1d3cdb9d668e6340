#include "student/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace heapjudge {

namespace {

constexpr rlim_t kStackBytes = 8u << 20;

bool limit(decltype(RLIMIT_CPU) resource, rlim_t soft, rlim_t hard) {
  rlimit now{};
  if (getrlimit(resource, &now) != 0) return false;
  const rlimit wanted{soft < now.rlim_max ? soft : now.rlim_max, hard < now.rlim_max ? hard : now.rlim_max};
  return setrlimit(resource, &wanted) == 0;
}

rlim_t address_space(const Setup& setup) {
  const std::uint64_t bytes = setup.heap_limit_bytes + setup.memory_bytes;
  return bytes > static_cast<rlim_t>(-1) ? static_cast<rlim_t>(-1) : static_cast<rlim_t>(bytes);
}

bool apply_limits(const Setup& setup) {
  const rlim_t cpu = setup.cpu_seconds;
  const rlim_t output = static_cast<rlim_t>(setup.output_bytes);
  const rlim_t memory = address_space(setup);
  return limit(RLIMIT_CORE, 0, 0) && limit(RLIMIT_NPROC, 0, 0) && limit(RLIMIT_FSIZE, output, output) &&
         limit(RLIMIT_CPU, cpu, cpu + 2) && limit(RLIMIT_STACK, kStackBytes, kStackBytes) &&
         limit(RLIMIT_AS, memory, memory) && limit(RLIMIT_MEMLOCK, 0, 0) && limit(RLIMIT_MSGQUEUE, 0, 0);
}

bool enter_namespaces() {
  return unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS) == 0;
}

bool become_nobody() {
  constexpr uid_t kNobody = 65534;
  return syscall(SYS_setgroups, 0, nullptr) == 0 && setresgid(kNobody, kNobody, kNobody) == 0 &&
         setresuid(kNobody, kNobody, kNobody) == 0;
}

bool drop_capabilities() {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  const __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {};
  return syscall(SYS_capset, &header, none) == 0;
}

// Root becomes nobody before anything else: limits on processes do not bind root, and root may signal all. A
// root that has nobody to become (in a user namespace of one user, or a container without CAP_SETUID) gives
// up what makes it more than any other user.
bool give_up_root() {
  return geteuid() != 0 || become_nobody() || drop_capabilities();
}

[[noreturn]] void give_up(const char* why) {
  if (write(STDERR_FILENO, why, strlen(why)) < 0) _exit(1);
  _exit(1);
}

// The process must not outlive the judge. Changes of credentials undo the order, so it is given after them.
void die_with(pid_t judge) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != judge) give_up("the judge is gone");
}

// The attribute of a ruleset as of Landlock ABI 6; an older kernel is given the part it knows.
struct RulesetAttribute {
  std::uint64_t handled_access_fs;
  std::uint64_t handled_access_net;
  std::uint64_t scoped;
};

constexpr std::uint64_t kReadFile = LANDLOCK_ACCESS_FS_READ_FILE;
constexpr std::uint64_t kReadBelow = kReadFile | LANDLOCK_ACCESS_FS_READ_DIR;
constexpr std::uint64_t kExecuteBelow = kReadBelow | LANDLOCK_ACCESS_FS_EXECUTE;
constexpr std::uint64_t kWriteBelow = kReadBelow | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG |
                                      LANDLOCK_ACCESS_FS_REMOVE_FILE;

struct Allowance {
  const char* path;
  std::uint64_t access;
};

// Programs and libraries, but not all of /usr: a grader may be installed there, with its hidden traces.
constexpr Allowance kForValgrind[] = {
    {"/bin", kExecuteBelow},
    {"/lib", kExecuteBelow},
    {"/lib32", kExecuteBelow},
    {"/lib64", kExecuteBelow},
    {"/usr/bin", kExecuteBelow},
    {"/usr/lib", kExecuteBelow},
    {"/usr/lib32", kExecuteBelow},
    {"/usr/lib64", kExecuteBelow},
    {"/usr/libexec", kExecuteBelow},
    {"/usr/local/bin", kExecuteBelow},
    {"/usr/local/lib", kExecuteBelow},
    {"/usr/local/libexec", kExecuteBelow},
    {"/nix/store", kExecuteBelow},
    {"/etc/ld.so.cache", kReadFile},
    {"/dev/null", kReadFile | LANDLOCK_ACCESS_FS_WRITE_FILE},
    {"/proc/self", kReadBelow},
    {".", kWriteBelow},
};

RulesetAttribute ruleset_for(long abi) {
  RulesetAttribute attribute{};
  const unsigned rights = abi >= 5 ? 16 : abi >= 3 ? 15 : abi == 2 ? 14 : 13;
  attribute.handled_access_fs = (std::uint64_t{1} << rights) - 1;
  if (abi >= 4) attribute.handled_access_net = 3;  // bind and connect over TCP
  if (abi >= 6) attribute.scoped = 3;              // abstract sockets and signals
  return attribute;
}

std::size_t size_of_ruleset(long abi) { return abi >= 6 ? 24 : abi >= 4 ? 16 : 8; }

bool allow(int ruleset, int place, std::uint64_t access) {
  landlock_path_beneath_attr rule{};
  rule.allowed_access = access;
  rule.parent_fd = place;
  return syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
}

// What does not exist is passed over.
void allow_valgrind(int ruleset) {
  for (const Allowance& allowance : kForValgrind) {
    const int place = open(allowance.path, O_PATH | O_CLOEXEC);
    if (place < 0) continue;
    allow(ruleset, place, allowance.access);
    close(place);
  }
}

bool apply_landlock(int library_descriptor, Confinement confinement) {
  const long abi = syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  if (abi < 1) return false;
  const RulesetAttribute attribute = ruleset_for(abi);
  const int ruleset =
      static_cast<int>(syscall(SYS_landlock_create_ruleset, &attribute, size_of_ruleset(abi), 0));
  if (ruleset < 0) return false;
  if (confinement == Confinement::kUnderValgrind) allow_valgrind(ruleset);  // the library lies in memory then
  const bool ready = confinement == Confinement::kUnderValgrind || allow(ruleset, library_descriptor, kReadFile);
  const bool ok = ready && syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
  close(ruleset);
  return ok;
}

// tgkill serves abort(), kill is how valgrind ends, and nobody but this process may be hit by them. The filter of setup
// cannot know the process id, so this one is written here.
bool keep_signals_at_home(Confinement confinement) {
  const auto self = static_cast<std::uint32_t>(getpid());
  const std::uint32_t refusal =
      confinement == Confinement::kAlone ? SECCOMP_RET_TRAP : SECCOMP_RET_ERRNO | std::uint32_t{EPERM};
  sock_filter program[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_tgkill, 1, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_kill, 0, 3),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, args[0])),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, self, 1, 0),
      BPF_STMT(BPF_RET | BPF_K, refusal),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  const sock_fprog filter{sizeof program / sizeof program[0], program};
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

}  // namespace

bool install_filter(const Filter& filter) {
  static_assert(sizeof(sock_filter) == sizeof(FilterInstruction));
  if (filter.length == 0 || filter.length > kMaxFilter) return false;
  const sock_fprog program{static_cast<unsigned short>(filter.length),
                           reinterpret_cast<sock_filter*>(const_cast<FilterInstruction*>(filter.instructions))};
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

std::uint32_t confine(const Setup& setup, int library_descriptor, Confinement confinement) {
  std::uint32_t reached = 0;
  if (!give_up_root()) give_up("cannot give up the rights of root");
  if (setup.want_namespaces != 0 && enter_namespaces()) reached |= kNamespacesEntered;
  die_with(static_cast<pid_t>(setup.judge_process));
  prctl(PR_SET_DUMPABLE, 0);  // a core file limit of 0 does not keep the kernel from handing cores to a program
  if (apply_limits(setup)) reached |= kLimitsApplied;
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0) reached |= kNoNewPrivileges;
  if (setup.want_landlock != 0 && apply_landlock(library_descriptor, confinement)) reached |= kLandlockApplied;
  if (setup.want_seccomp != 0 && keep_signals_at_home(confinement) && install_filter(setup.loading)) {
    reached |= kSeccompApplied;
  }
  return reached;
}

void confine_at_gate(const Setup& setup, int library_descriptor, ConfinementGate& gate) {
  gate.layers = confine(setup, library_descriptor, Confinement::kUnderValgrind);
  gate.told.ring();
  SpinBudget sleeping = SpinBudget::none();
  while (!gate.open.wait(0, sleeping, nullptr)) {
  }
}

}  // namespace heapjudge
