// Turns -f, -t and -k into entries of the rubric.
#include "cli/trace_selection.h"

#include <algorithm>
#include <array>
#include <system_error>

#include "cli/short_path.h"
#include "cli/trace_filter.h"
#include "trace/input_error.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 3> kTraceSuffixes{".rep", ".rep.gz", ".rep.zst"};

std::string_view trace_suffix(std::string_view file_name) {
  const auto suffix =
      std::ranges::find_if(kTraceSuffixes, [&](std::string_view s) { return file_name.ends_with(s); });
  return suffix == kTraceSuffixes.end() ? std::string_view{} : *suffix;
}

bool same_file(const fs::path& a, const fs::path& b) {
  std::error_code gone;
  return fs::equivalent(a, b, gone);
}

class Selection {
 public:
  explicit Selection(const Rubric& rubric) : rubric_(rubric) {}

  void add_named(const std::string& name_or_file) {
    if (fs::exists(name_or_file)) return add_file(name_or_file);
    const auto entry = std::ranges::find(rubric_.traces, name_or_file, &TraceEntry::name);
    if (entry == rubric_.traces.end()) {
      throw InputError(name_or_file + ": no such trace file, and no trace of the rubric has this name");
    }
    add(*entry);
  }

  void add_folder(const fs::path& folder) {
    std::error_code error;
    std::vector<fs::path> files;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
      if (!trace_suffix(it->path().filename().string()).empty()) files.push_back(it->path());
    }
    if (error) throw InputError(folder.string() + ": " + error.message());
    std::ranges::sort(files);
    for (const fs::path& file : files) add_file(file);
  }

  std::vector<TraceEntry> take() { return std::move(entries_); }

 private:
  void add_file(const fs::path& file) {
    const auto entry =
        std::ranges::find_if(rubric_.traces, [&](const TraceEntry& e) { return same_file(e.file, file); });
    if (entry != rubric_.traces.end()) return add(*entry);
    std::string name = file.filename().string();
    name.resize(name.size() - trace_suffix(name).size());
    if (has_name(name)) name = file.string();
    add({.name = name, .file = file});
  }

  void add(const TraceEntry& entry) {
    const auto is_same = [&](const TraceEntry& e) {
      return e.file == entry.file || same_file(e.file, entry.file);
    };
    if (std::ranges::none_of(entries_, is_same)) entries_.push_back(entry);
  }

  bool has_name(const std::string& name) const {
    return std::ranges::find(entries_, name, &TraceEntry::name) != entries_.end() ||
           std::ranges::find(rubric_.traces, name, &TraceEntry::name) != rubric_.traces.end();
  }

  const Rubric& rubric_;
  std::vector<TraceEntry> entries_;
};

std::vector<TraceEntry> candidates(const Rubric& rubric, const GradeOptions& options) {
  if (options.traces.empty() && !options.trace_dir) return rubric.traces;
  Selection selection(rubric);
  for (const std::string& trace : options.traces) selection.add_named(trace);
  if (options.trace_dir) selection.add_folder(*options.trace_dir);
  return selection.take();
}

}  // namespace

std::vector<TraceEntry> select_traces(const Rubric& rubric, const GradeOptions& options) {
  const TraceFilter filter(options.expression);
  std::vector<TraceEntry> entries = candidates(rubric, options);
  std::erase_if(entries, [&](const TraceEntry& entry) { return !filter.selects(entry.name); });
  for (TraceEntry& entry : entries) entry.file = short_path(entry.file);
  return entries;
}

}  // namespace heapjudge
