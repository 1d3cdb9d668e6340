#include "subject/launch.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/personality.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <string>
#include <vector>

#include "subject/descriptor.h"

namespace heapjudge {

namespace {

// Where the descriptors lie in the new process; from kFirstClosed on there are none.
constexpr int kHeap = 3;
constexpr int kMailbox = 4;
constexpr int kLibrary = 5;
constexpr int kProgram = 6;
constexpr int kRecord = 7;
constexpr int kFirstClosed = 10;

// While it lives, programs started from this thread get their memory at the same addresses each time.
class WithoutRandomization {
 public:
  WithoutRandomization() : before_(personality(kAsk)) {
    personality(static_cast<unsigned long>(before_) | ADDR_NO_RANDOMIZE);
  }
  ~WithoutRandomization() { personality(static_cast<unsigned long>(before_)); }
  WithoutRandomization(const WithoutRandomization&) = delete;
  WithoutRandomization& operator=(const WithoutRandomization&) = delete;

 private:
  static constexpr unsigned long kAsk = 0xffffffff;
  int before_;
};

class SpawnPlan {
 public:
  SpawnPlan() {
    posix_spawn_file_actions_init(&actions_);
    posix_spawnattr_init(&attributes_);
  }
  ~SpawnPlan() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;

  // dup2 onto itself would keep close-on-exec, but no descriptor of ours is as low as these: stdin, stdout and
  // stderr are open, and callers pass copies from kFirstClosed up.
  void place(int descriptor, int target) { posix_spawn_file_actions_adddup2(&actions_, descriptor, target); }

  void work_in(const std::filesystem::path& folder) {
    posix_spawn_file_actions_addchdir_np(&actions_, folder.c_str());
  }

  void close_the_rest() { posix_spawn_file_actions_addclosefrom_np(&actions_, kFirstClosed); }

  void reset_signals() {
    sigset_t all;
    sigset_t none;
    sigfillset(&all);
    sigemptyset(&none);
    posix_spawnattr_setsigdefault(&attributes_, &all);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setpgroup(&attributes_, 0);
    posix_spawnattr_setflags(&attributes_,
                             POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
  }

  // The first of the words is the program.
  pid_t spawn(std::vector<std::string> words) {
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    char* environment[] = {nullptr};
    pid_t child = 0;
    const int error = posix_spawn(&child, arguments[0], &actions_, &attributes_, arguments.data(), environment);
    if (error != 0) throw std::runtime_error(why_not_started(words[0], error));
    return child;
  }

 private:
  posix_spawn_file_actions_t actions_;
  posix_spawnattr_t attributes_;
};

// A copy that lies above all targets.
Descriptor high_copy(int descriptor) {
  const int copy = fcntl(descriptor, F_DUPFD_CLOEXEC, kFirstClosed);
  if (copy < 0) throw std::runtime_error("out of file descriptors");
  return Descriptor(copy);
}

}  // namespace

std::string why_not_started(const std::filesystem::path& program, int error) {
  if (error == ENOEXEC) return "this machine runs no 32-bit programs: its kernel refuses " + program.string();
  return "cannot start " + program.string() + ": " + std::strerror(error);
}

pid_t start_host(const std::filesystem::path& host, const HostDescriptors& descriptors,
                 const CountingPlaces* counting) {
  const Descriptor heap = high_copy(descriptors.heap);
  const Descriptor mailbox = high_copy(descriptors.mailbox);
  const Descriptor library = high_copy(descriptors.library);
  const Descriptor output = high_copy(descriptors.output);
  const bool timed = descriptors.program >= 0;
  const Descriptor program_text(timed ? high_copy(descriptors.program) : Descriptor(-1));
  const Descriptor record(counting != nullptr ? high_copy(counting->record) : Descriptor(-1));
  const Descriptor host_copy(counting != nullptr ? high_copy(counting->host) : Descriptor(-1));
  const Descriptor memlib_copy(counting != nullptr ? high_copy(counting->memlib) : Descriptor(-1));
  const Descriptor null_device(open("/dev/null", O_RDONLY | O_CLOEXEC));
  if (null_device.get() < 0) throw std::runtime_error("cannot open /dev/null");
  const Descriptor input = high_copy(null_device.get());

  SpawnPlan plan;
  plan.place(input.get(), STDIN_FILENO);
  plan.place(output.get(), STDOUT_FILENO);
  plan.place(output.get(), STDERR_FILENO);
  plan.place(heap.get(), kHeap);
  plan.place(mailbox.get(), kMailbox);
  plan.place(library.get(), kLibrary);
  if (timed) plan.place(program_text.get(), kProgram);
  if (counting != nullptr) {
    plan.place(record.get(), kRecord);
    plan.place(host_copy.get(), kHostPlace);
    plan.place(memlib_copy.get(), kMemlibPlace);
    plan.work_in(counting->folder);
  }
  plan.close_the_rest();
  plan.reset_signals();

  std::vector<std::string> words{std::filesystem::absolute(host).string()};
  for (const int place : {kHeap, kMailbox, kLibrary, timed ? kProgram : -1}) words.push_back(std::to_string(place));
  if (counting != nullptr) words.insert(words.end(), {"count", counting->valgrind.string(), std::to_string(kRecord)});
  const WithoutRandomization fixed_addresses;
  return plan.spawn(std::move(words));
}

}  // namespace heapjudge
