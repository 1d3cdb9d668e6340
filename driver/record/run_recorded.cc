// fork and exec: the log must name the process before it runs its first instruction.
#include "record/run_recorded.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <stdexcept>
#include <string_view>
#include <system_error>

extern char** environ;

namespace heapjudge {
namespace {

constexpr const char* kPreload = "LD_PRELOAD";

[[noreturn]] void fail(const std::string& what, int error) {
  throw std::runtime_error(what + ": " + std::generic_category().message(error));
}

bool sets(std::string_view entry, std::string_view variable) {
  return entry.starts_with(variable) && entry.substr(variable.size()).starts_with('=');
}

std::vector<std::string> environment_with(const std::filesystem::path& recorder,
                                          const std::filesystem::path& log) {
  std::vector<std::string> entries;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    if (!sets(*entry, kPreload) && !sets(*entry, kLogVariable)) entries.emplace_back(*entry);
  }
  const char* const others = std::getenv(kPreload);
  const bool alone = others == nullptr || *others == 0;
  entries.push_back(std::string(kPreload) + "=" + recorder.string() +
                    (alone ? "" : std::string(":") + others));
  entries.push_back(std::string(kLogVariable) + "=" + log.string());
  return entries;
}

std::vector<char*> pointers_to(std::vector<std::string>& words) {
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  return pointers;
}

// A process that failed to become the program writes why; one that became it has closed its end.
int error_from(int fd) {
  int error = 0;
  ssize_t got = 0;
  do {
    got = ::read(fd, &error, sizeof error);
  } while (got < 0 && errno == EINTR);
  return got == sizeof error ? error : 0;
}

ProgramEnd wait_for(pid_t pid) {
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0) {
    if (errno != EINTR) fail("waiting for the program", errno);
  }
  return WIFSIGNALED(status) ? ProgramEnd{.signal = WTERMSIG(status)}
                             : ProgramEnd{.exit_status = WEXITSTATUS(status)};
}

}  // namespace

std::filesystem::path recorder_library() {
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe");
  const std::filesystem::path library =
      program.parent_path().parent_path() / "record" / "libheapjudge_recorder.so";
  if (!std::filesystem::exists(library)) throw std::runtime_error("the recorder is not built");
  if (library.string().find_first_of(": ") != std::string::npos) {
    throw std::runtime_error(library.string() +
                             ": the loader cannot preload from a path with a blank or a colon");
  }
  return library;
}

ProgramEnd run_recorded(const RecordedCommand& command, const std::filesystem::path& recorder, LogFile& log,
                        const std::function<void(pid_t)>& started) {
  std::vector<std::string> words = command.words;
  std::vector<std::string> environment = environment_with(recorder, log.path());
  const std::vector<char*> arguments = pointers_to(words);
  const std::vector<char*> variables = pointers_to(environment);
  std::array<int, 2> failure{};
  if (::pipe2(failure.data(), O_CLOEXEC) != 0) fail("no pipe", errno);
  const pid_t pid = ::fork();
  if (pid < 0) fail("no process", errno);
  if (pid == 0) {  // nothing here takes memory: another thread may have held the allocator's lock
    log.header().main_pid = static_cast<std::uint32_t>(::getpid());
    ::execve(command.program.c_str(), arguments.data(), variables.data());
    const int error = errno;
    if (::write(failure[1], &error, sizeof error) < 0) ::_exit(126);
    ::_exit(127);
  }
  ::close(failure[1]);
  started(pid);
  const int error = error_from(failure[0]);
  ::close(failure[0]);
  const ProgramEnd end = wait_for(pid);
  if (error != 0) fail(command.words.front(), error);
  return end;
}

}  // namespace heapjudge
