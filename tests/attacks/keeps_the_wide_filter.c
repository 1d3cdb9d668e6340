/* Makes the narrowing of the sandbox a call that does nothing, and maps memory later. */
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static void attack(void);
#define ATTACK() attack()
#include "honest.inc"

__attribute__((constructor)) static void early(void) {
  struct sock_filter program[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_prctl, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  struct sock_fprog filter = {sizeof program / sizeof program[0], program};
  prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter);
}

static void attack(void) {
  const long more = syscall(SYS_mmap, NULL, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (more > 0) memset((void *)more, 1, 1 << 20);
  syscall(SYS_openat, AT_FDCWD, "/etc/passwd", O_RDONLY);
}
