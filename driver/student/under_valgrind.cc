#include "student/under_valgrind.h"

#include <stdio.h>
#include <unistd.h>

namespace heapjudge {

namespace {

constexpr int kMostArguments = 24;

}  // namespace

void run_under_valgrind(const char* valgrind, int record, char* const* host_arguments) {
  char out_file[64];
  snprintf(out_file, sizeof out_file, "--callgrind-out-file=/proc/self/fd/%d", record);
  const char* arguments[kMostArguments] = {
      valgrind,           "--command-line-only=yes", "--quiet",        "--vgdb=no", "--tool=callgrind",
      "--collect-atstart=no", "--combine-dumps=yes", "--dump-line=no", out_file,    "/proc/self/cwd/host"};
  int count = 10;
  while (*host_arguments != nullptr && count < kMostArguments - 1) arguments[count++] = *host_arguments++;
  const char* environment[] = {"TMPDIR=/proc/self/cwd", "LD_LIBRARY_PATH=/proc/self/cwd", nullptr};
  execve(valgrind, const_cast<char* const*>(arguments), const_cast<char* const*>(environment));
}

}  // namespace heapjudge
