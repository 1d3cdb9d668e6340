// The door to Boost.Process: one tool, its merged output, its limits.
#include "submission/run_tool.h"

#include <fcntl.h>
#include <linux/close_range.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/readable_pipe.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/process/v2/process.hpp>
#include <boost/process/v2/stdio.hpp>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <stdexcept>

#include "submission/read_border.h"
#include "submission/supervise.h"

namespace heapjudge {
namespace {

namespace asio = boost::asio;
namespace process = boost::process::v2;

std::string search_path() {
  const char* path = std::getenv("PATH");
  return path != nullptr ? path : "/usr/bin:/bin";
}

// What the new process gets beside its arguments.
class Confinement {
 public:
  explicit Confinement(const ToolLimits& limits)
      : variables_{"PATH=" + search_path(), "LC_ALL=C", "TMPDIR=" + limits.temporary_dir.string()},
        cpu_{whole_seconds(limits)},
        memory_{limits.memory_bytes},
        file_{limits.file_bytes} {
    if (limits.readable) border_.emplace(*limits.readable, limits.temporary_dir);
    for (const std::string& variable : variables_) environment_.push_back(variable.c_str());
    environment_.push_back(nullptr);
  }
  Confinement(const Confinement&) = delete;
  Confinement& operator=(const Confinement&) = delete;

  process::error_code on_setup(process::posix::default_launcher& launcher, const process::filesystem::path&,
                               const char* const*&) const {
    launcher.env = environment_.data();
    return {};
  }

  // In the new process, before the tool: system calls only.
  process::error_code on_exec_setup(process::posix::default_launcher&, const process::filesystem::path&,
                                    const char* const*&) const {
    ::close_range(3, ~0u, CLOSE_RANGE_CLOEXEC);  // 1.81 leaves some open
    const bool limited = supervise(grader_) && limit(RLIMIT_CPU, cpu_) && limit(RLIMIT_AS, memory_) &&
                         limit(RLIMIT_FSIZE, file_) && limit(RLIMIT_CORE, 0) &&
                         (!border_ || border_->enforce());
    return limited ? process::error_code{} : process::error_code{errno, boost::system::system_category()};
  }

 private:
  static rlim_t whole_seconds(const ToolLimits& limits) {
    return static_cast<rlim_t>(std::ceil(limits.seconds)) + 1;
  }

  // Never above what the grader itself may use.
  static bool limit(int resource, rlim_t wanted) {
    rlimit now{};
    if (::getrlimit(static_cast<__rlimit_resource>(resource), &now) != 0) return false;
    const rlim_t value = now.rlim_max < wanted ? now.rlim_max : wanted;
    const rlimit chosen{value, value};
    return ::setrlimit(static_cast<__rlimit_resource>(resource), &chosen) == 0;
  }

  pid_t grader_ = ::getpid();
  std::optional<ReadBorder> border_;
  std::vector<std::string> variables_;
  std::vector<const char*> environment_;
  rlim_t cpu_;
  rlim_t memory_;
  rlim_t file_;
};

struct PipeEnds {
  int read = -1;
  int write = -1;
};

PipeEnds make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0)
    throw std::runtime_error("no pipe could be made for a tool's output");
  return {ends[0], ends[1]};
}

process::process start(asio::io_context& context, const std::vector<std::string>& command, int output,
                       const ToolLimits& limits) {
  const auto tool = find_tool(command.front());
  if (!tool) throw std::runtime_error(command.front() + ": no such program");
  const std::vector<std::string> arguments(command.begin() + 1, command.end());
  return process::process(context, tool->string(), arguments, process::process_stdio{nullptr, output, output},
                          Confinement(limits));
}

// One running tool. It is over when the tool has ended and its output is closed, or at the deadline.
class Watch {
 public:
  Watch(asio::io_context& context, process::process& tool, int output, const ToolLimits& limits)
      : tool_{tool}, output_{context, output}, deadline_{context}, kept_bytes_{limits.output_bytes} {
    const auto allowed = std::chrono::duration<double>(limits.seconds);
    deadline_.expires_after(std::chrono::duration_cast<std::chrono::steady_clock::duration>(allowed));
    deadline_.async_wait([this](const boost::system::error_code& error) {
      if (!error) stop();
    });
    tool_.async_wait([this](const boost::system::error_code&, int) { finish_one(); });
    read_more();
  }

  ToolRun result() {
    const int status = tool_.native_exit_code();
    run_.exit_status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    return std::move(run_);
  }

 private:
  void read_more() {
    output_.async_read_some(asio::buffer(chunk_),
                            [this](const boost::system::error_code& error, std::size_t bytes) {
                              keep(bytes);
                              if (error) return finish_one();
                              read_more();
                            });
  }

  void keep(std::size_t bytes) {
    const std::size_t room = kept_bytes_ - run_.output.size();
    run_.output.append(chunk_.data(), bytes < room ? bytes : room);
  }

  void finish_one() {
    if (--open_ends_ == 0) deadline_.cancel();
  }

  void stop() {
    run_.timed_out = true;
    ::kill(static_cast<pid_t>(tool_.id()), SIGTERM);  // the supervisor ends the tool and all it started
  }

  process::process& tool_;
  asio::readable_pipe output_;
  asio::steady_timer deadline_;
  std::size_t kept_bytes_;
  int open_ends_ = 2;
  std::array<char, 1 << 16> chunk_{};
  ToolRun run_;
};

}  // namespace

std::optional<std::filesystem::path> find_tool(const std::string& name) {
  const auto runs = [](const std::string& path) { return ::access(path.c_str(), X_OK) == 0; };
  if (name.find('/') != std::string::npos)
    return runs(name) ? std::optional(std::filesystem::path(name)) : std::nullopt;
  const std::string path = search_path();
  for (std::size_t start = 0; start <= path.size();) {
    const std::size_t end = std::min(path.find(':', start), path.size());
    const std::filesystem::path candidate = std::filesystem::path(path.substr(start, end - start)) / name;
    if (runs(candidate.string())) return candidate;
    start = end + 1;
  }
  return std::nullopt;
}

ToolRun run_tool(const std::vector<std::string>& command, const ToolLimits& limits) {
  asio::io_context context;
  const PipeEnds pipe = make_pipe();
  process::process tool = [&] {
    try {
      process::process started = start(context, command, pipe.write, limits);
      ::close(pipe.write);
      return started;
    } catch (...) {
      ::close(pipe.write);
      ::close(pipe.read);
      throw;
    }
  }();
  Watch watch(context, tool, pipe.read, limits);
  context.run();
  return watch.result();
}

}  // namespace heapjudge
