// heapjudge trace record: a real program's requests as a trace.
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <optional>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/shell_words.h"
#include "cli/signals.h"
#include "judge/scratch_folder.h"
#include "judge/whole_file.h"
#include "record/program_file.h"
#include "record/recording.h"
#include "record/run_recorded.h"
#include "submission/run_tool.h"
#include "trace/compress.h"
#include "trace/input_error.h"
#include "trace/rep_format.h"
#include "trace/statistics.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPacked = ".zst";

[[noreturn]] void nothing_was_recorded(const std::string& program, const std::string& why) {
  throw InputError(program + ": " + why + ": nothing was recorded");
}

// A recording that cannot be kept is better not begun.
void require_writable(const fs::path& output) {
  const fs::path folder = output.has_parent_path() ? output.parent_path() : ".";
  const std::string name = output.filename().string();
  if (!name.ends_with(".rep") && !name.ends_with(".rep.zst")) {
    throw InputError("-o " + output.string() + ": a trace is a .rep or a .rep.zst file");
  }
  if (::access(folder.c_str(), W_OK) != 0) {
    throw InputError("-o " + output.string() + ": " + std::generic_category().message(errno));
  }
}

RecordedCommand command_of(const TraceRecordOptions& options) {
  const std::string& name = options.command.front();
  const std::optional<fs::path> program = find_tool(name);
  if (!program || !fs::exists(*program)) throw InputError(name + ": no such program");
  if (const auto why = why_not_recordable(*program)) nothing_was_recorded(name, *why);
  return {*program, options.command};
}

ProgramEnd run(const RecordedCommand& command, LogFile& log) {
  std::optional<SignalsPassedOn> passed_on;
  return run_recorded(command, recorder_library(), log, [&](pid_t pid) { passed_on.emplace(pid); });
}

// Where the process that was started has become another program, that one was meant.
RecordedProgram main_program(const RecordedCommand& command, const LogFile& log, const Recording& recording) {
  const std::string& name = command.words.front();
  const auto is_main = [&](const RecordedProgram& program) {
    return static_cast<std::uint32_t>(program.pid) == log.header().main_pid;
  };
  const auto found = std::find_if(recording.programs.rbegin(), recording.programs.rend(), is_main);
  if (found != recording.programs.rend()) {
    if (found->requests == 0) nothing_was_recorded(name, "it asks the C library's malloc for nothing");
    return *found;
  }
  if (log.header().obstacle == LogObstacle::kNoAddressSpace) {
    nothing_was_recorded(name, "its address space is limited, and the log did not fit");
  }
  if (log.header().obstacle == LogObstacle::kOldKernel) nothing_was_recorded(name, "this needs Linux 4.14");
  if (has_rights_of_its_own(command.program)) {
    nothing_was_recorded(name, "it runs with rights of its own (setuid), so that nothing can be preloaded");
  }
  nothing_was_recorded(name, "it did not load the recorder");
}

// "out.rep" and the third program, cc1, give "out.3-cc1.rep".
fs::path output_for(const fs::path& output, const RecordedProgram& program) {
  std::string name = program.name;
  std::ranges::replace_if(
      name, [](char c) { return std::string_view("/ \t\"'").find(c) != std::string_view::npos; }, '_');
  const std::string file = output.filename().string();
  const std::size_t stem = file.rfind(".rep");
  return output.parent_path() /
         fmt::format("{}.{}-{}{}", file.substr(0, stem), program.number, name, file.substr(stem));
}

std::string one_line(std::string text) {
  std::ranges::replace_if(
      text, [](char c) { return static_cast<unsigned char>(c) < ' '; }, '?');
  return text;
}

std::string options_text(const TranscriptOptions& options) {
  std::string text;
  if (options.first_request > 1 || options.last_request < UINT64_MAX) {
    text += fmt::format(" --window {}:", options.first_request);
    if (options.last_request < UINT64_MAX) text += std::to_string(options.last_request);
  }
  if (options.sample > 1) text += fmt::format(" --sample {} --seed {}", options.sample, options.seed);
  if (options.sane) text += " --sane";
  if (options.balanced) text += " --balanced";
  return text.empty() ? " none" : text;
}

// The comments that a trace of a program begins with.
std::string head_of(const TraceRecordOptions& options, const RecordedProgram& program) {
  std::string text = fmt::format("# program: {}\n# command: {}\n# date: {:%Y-%m-%d}\n# options:{}\n",
                                 program.name, one_line(shell_line(options.command)),
                                 fmt::gmtime(std::time(nullptr)), options_text(options.transcript));
  for (const std::string& note : options.notes) text += "# " + one_line(note) + "\n";
  return text;
}

// Each count that is not 0, with what it means.
std::string counts_text(const TranscriptCounts& counts) {
  const std::pair<std::uint64_t, const char*> lines[] = {
      {counts.outside, "outside of the window, left out"},
      {counts.refused, "refused by the program's own allocator, left out"},
      {counts.unknown_frees, "frees of blocks from before, left out"},
      {counts.unknown_resizes, "reallocs of blocks from before: they allocate"},
      {counts.reused_addresses, "addresses given out again without a free that was seen: freed just before"},
      {counts.unsampled, "about blocks that are not in the sample, left out"},
      {counts.zero_sizes, "sizes of 0: they are 1"},
      {counts.plain_callocs, "callocs: they are mallocs"},
      {counts.plain_aligned, "aligned requests: they are mallocs"},
      {counts.null_resizes, "reallocs of NULL: they are mallocs"},
      {counts.null_frees, "frees of NULL, left out"},
      {counts.freed_at_end, "blocks freed at the end, in addition"},
  };
  std::string text;
  for (const auto& [count, what] : lines) {
    if (count > 0) text += fmt::format("  {:>10}  {}\n", count, what);
  }
  return text;
}

std::string losses_text(const Recording& recording) {
  std::string text;
  const auto add = [&text](std::uint64_t count, const char* what) {
    if (count > 0) text += fmt::format("  {:>10}  {}\n", count, what);
  };
  add(recording.unfinished, "requests that a process left unfinished when it ended: missing");
  add(recording.lost, "requests for which the log had no room: missing");
  add(recording.early, "requests before the recorder could write: missing");
  add(recording.unnumbered, "programs more than the log can tell apart: missing");
  if (recording.disk_was_full) text += "  the disk was full: what came after that is missing\n";
  return text;
}

struct Result {
  fs::path output;
  std::string bytes;
  std::string report;  // what is said of it
};

Result result_of(const TraceRecordOptions& options, const fs::path& output, const LogFile& log,
                 const RecordedProgram& program) {
  Transcript transcript = transcript_of(log, program.number, options.transcript);
  const Trace trace = transcript.finish(output.filename().string());
  const std::string text = head_of(options, program) + print_trace(trace);
  const std::string report =
      fmt::format("{}: {} of {} requests of {}, {} blocks, at most {} bytes live\n{}", output.string(),
                  trace.requests().size(), program.requests, program.name, trace.block_count(),
                  payload_peak(trace).bytes, counts_text(transcript.counts()));
  return {output, output.string().ends_with(kPacked) ? pack_zstd(text) : text, report};
}

std::string end_text(const std::string& name, const ProgramEnd& end) {
  if (end.signal != 0) return fmt::format("{} was ended by SIG{}\n", name, ::sigabbrev_np(end.signal));
  return end.exit_status == 0 ? "" : fmt::format("{} ended with status {}\n", name, end.exit_status);
}

struct Results {
  std::vector<Result> traces;
  std::string remarks;
};

// The log is gone when this returns: it may have filled the very disk that the traces are to be written to.
Results run_and_transcribe(const TraceRecordOptions& options) {
  const RecordedCommand command = command_of(options);
  const ScratchFolder scratch(kStateDir);
  LogFile log(scratch.path() / "log", {.follow_children = options.children});
  const ProgramEnd end = run(command, log);
  const Recording recording = close_log(log);
  const RecordedProgram main = main_program(command, log, recording);
  Results results{{result_of(options, options.output, log, main)},
                  losses_text(recording) + end_text(options.command.front(), end)};
  for (const RecordedProgram& program : recording.programs) {
    if (!options.children || program.number == main.number || program.requests == 0) continue;
    results.traces.push_back(result_of(options, output_for(options.output, program), log, program));
  }
  return results;
}

}  // namespace

int run_trace_record(const TraceRecordOptions& options) {
  require_writable(options.output);
  const Results results = run_and_transcribe(options);
  for (const Result& result : results.traces) {
    write_whole_file(result.output, result.bytes);
    std::fputs(result.report.c_str(), stderr);
  }
  std::fputs(results.remarks.c_str(), stderr);
  return kExitPassed;
}

}  // namespace heapjudge
