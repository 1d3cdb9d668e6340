// The program: picks the command, and turns what an operator must know into one line and an exit status.
#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <exception>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/mdriver_options.h"
#include "cli/options.h"
#include "cli/screen.h"
#include "cli/shell_words.h"
#include "cli/signals.h"

namespace heapjudge {
namespace {

// A stream that was closed by the caller would otherwise be the next file we open.
void check_streams() {
  const bool output_is_closed = ::fcntl(STDOUT_FILENO, F_GETFD) < 0;
  for (const int fd :
       {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {  // each opens as the lowest that is free
    if (::fcntl(fd, F_GETFD) < 0) ::open("/dev/null", O_RDWR);
  }
  if (output_is_closed) throw std::runtime_error("standard output is closed");
}

int print(const PrintText& print) {
  write_stdout(print.text);
  return kExitPassed;
}

int run_as_mdriver(const std::vector<std::string>& arguments, const std::string& command) {
  const auto options = parse_mdriver_options(arguments);
  if (const auto* text = std::get_if<PrintText>(&options)) return print(*text);
  return run_mdriver(std::get<MdriverOptions>(options), command);
}

int run_as_heapjudge(const std::vector<std::string>& arguments, const std::string& command) {
  const Options options = parse_options(arguments);
  if (const auto* grade = std::get_if<GradeOptions>(&options)) return run_grade(*grade, command);
  if (const auto* debug = std::get_if<DebugOptions>(&options)) return run_debug(*debug);
  if (const auto* fuzz = std::get_if<FuzzOptions>(&options)) return run_fuzz(*fuzz, command);
  if (const auto* campaign = std::get_if<CampaignOptions>(&options)) return run_campaign_command(*campaign);
  if (const auto* bench = std::get_if<BenchOptions>(&options)) return run_bench_command(*bench);
  if (const auto* explain = std::get_if<ExplainOptions>(&options)) return run_explain(*explain);
  if (const auto* doctor = std::get_if<DoctorOptions>(&options)) return run_doctor(*doctor);
  if (const auto* heap = std::get_if<HeapOptions>(&options)) return run_heap(*heap, command);
  if (const auto* record = std::get_if<TraceRecordOptions>(&options)) return run_trace_record(*record);
  if (const auto* shrink = std::get_if<TraceShrinkOptions>(&options)) return run_trace_shrink(*shrink, command);
  if (const auto* trace = std::get_if<TraceOptions>(&options)) return run_trace(*trace);
  return print(std::get<PrintText>(options));
}

int run(const std::string& name, const std::vector<std::string>& arguments) {
  check_streams();
  install_signal_handlers(kStateDir);
  std::vector<std::string> words = arguments;
  words.insert(words.begin(), name);
  const std::string command = shell_line(words);
  return name == "mdriver" ? run_as_mdriver(arguments, command) : run_as_heapjudge(arguments, command);
}

}  // namespace
}  // namespace heapjudge

int main(int argc, char** argv) {
  try {
    const std::string name = argc > 0 ? std::filesystem::path(argv[0]).filename().string() : "";
    const std::vector<std::string> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
    return heapjudge::run(name == "mdriver" ? name : "heapjudge", arguments);
  } catch (const std::exception& error) {
    heapjudge::give_way_to_interrupt();
    std::fprintf(stderr, "heapjudge: %s\n", error.what());
    return heapjudge::kExitUsage;
  }
}
