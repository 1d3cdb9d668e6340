// Small files that are read and written whole.
#include "cli/state_files.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <system_error>

#include "cli/commands.h"
#include "cli/nearest.h"
#include "judge/whole_file.h"
#include "reports/report.h"
#include "reports/saved_run.h"
#include "trace/input_error.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

fs::path runs_dir() {
  return fs::path(kStateDir) / "runs";
}

fs::path failed_file() {
  return fs::path(kStateDir) / "failed.json";
}

fs::path run_file(const std::string& name) {
  check_run_name(name);
  return runs_dir() / (name + ".json");
}

void write_below_state_dir(const fs::path& file, const std::string& text) {
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  if (error) throw std::runtime_error(file.parent_path().string() + ": " + error.message());
  write_whole_file(file, text);
}

std::string contents_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(stream), {}};
  if (!stream.is_open() || stream.bad()) throw InputError(file.string() + ": cannot be read");
  return text;
}

std::vector<std::string> names_of_runs() {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator it(runs_dir(), error), end; !error && it != end; it.increment(error)) {
    if (it->path().extension() == ".json") names.push_back(it->path().stem().string());
  }
  std::ranges::sort(names);
  return names;
}

FailedTraces known_failures() {
  if (!fs::exists(failed_file())) return {};
  return parse_failed_traces(failed_file(), contents_of(failed_file()));
}

}  // namespace

void check_run_name(const std::string& name) {
  const auto is_plain = [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.';
  };
  if (name.empty() || name.front() == '.' || name.size() > 100 || !std::ranges::all_of(name, is_plain)) {
    throw InputError("a run's name is made of letters, digits, -, _ and ., not '" + name + "'");
  }
}

void save_run(const std::string& name, const GradeSheet& sheet) {
  write_below_state_dir(run_file(name), json_of(sheet));
}

PastRun load_run(const std::string& name) {
  const fs::path file = run_file(name);
  if (!fs::exists(file)) {
    const auto meant = nearest(name, names_of_runs());
    throw InputError("no run is kept as '" + name + "'" + (meant ? "; did you mean " + *meant + "?" : "") +
                     " (--save NAME keeps one)");
  }
  return parse_saved_run(file, contents_of(file));
}

void keep_failures(const GradeSheet& sheet) {
  FailedTraces failed;
  try {
    failed = known_failures();
  } catch (const InputError&) {
    failed.clear();
  }
  note_failures(sheet, failed);
  if (failed.empty()) {
    fs::remove(failed_file());
    return;
  }
  write_below_state_dir(failed_file(), json_of(failed));
}

std::vector<TraceEntry> by_last_failures(std::vector<TraceEntry> traces, const std::string& submission,
                                         LastFailed wish) {
  const FailedTraces failed = known_failures();
  const auto known = failed.find(submission);
  const auto has_failed = [&](const TraceEntry& trace) {
    return known != failed.end() && known->second.contains(trace.name);
  };
  const auto others = std::stable_partition(traces.begin(), traces.end(), has_failed);
  if (wish == LastFailed::kOnly && others != traces.begin()) traces.erase(others, traces.end());
  return traces;
}

}  // namespace heapjudge
