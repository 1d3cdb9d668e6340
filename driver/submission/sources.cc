// Tells an allocator's sources from a course's driver and from what is no source at all.
#include "submission/sources.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>
#include <string_view>

#include "submission/source_text.h"
#include "trace/input_error.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kMaxSourceBytes = 16u << 20;
constexpr std::array kCxxExtensions{".cc", ".cpp", ".cxx", ".C", ".c++"};
constexpr std::array kHeaderExtensions{".h", ".hh", ".hpp", ".inc"};
constexpr std::array kDriverFiles{"memlib.c",    "mdriver.c",   "fsecs.c",      "fcyc.c",
                                  "clock.c",     "ftimer.c",    "stree.c",      "cycle.c",
                                  "driver.c",    "driverlib.c", "callibrate.c", "calibrate.c",
                                  "tracefile.c", "mem_lib.c",   "mtest.c",      "mdriver-sparse.c"};

template <typename List>
bool contains(const List& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

bool is_source(const fs::path& path) {
  return path.extension() == ".c" || is_cxx(path);
}
bool is_header(const fs::path& path) {
  return contains(kHeaderExtensions, path.extension().string());
}

[[noreturn]] void refuse(const fs::path& path, const std::string& why) {
  throw InputError(path.string() + ": " + why);
}

std::string read_source(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) refuse(path, "no such file");
  if (fs::is_directory(status)) refuse(path, "a folder among files: name one folder, or files");
  if (!fs::is_regular_file(status)) refuse(path, "not a regular file");
  if (fs::file_size(path) > kMaxSourceBytes) refuse(path, "larger than 16 MiB");
  std::ifstream file(path, std::ios::binary);
  if (!file) refuse(path, "cannot be read");
  std::ostringstream bytes;
  bytes << file.rdbuf();
  std::string text = std::move(bytes).str();
  if (text.empty()) refuse(path, "the file is empty");
  if (std::string_view(text).substr(0, 512).find('\0') != std::string_view::npos)
    refuse(path, "a binary file, not C or C++ source");
  return text;
}

void add_once(std::vector<fs::path>& paths, fs::path path) {
  if (path.empty()) path = ".";
  if (std::find(paths.begin(), paths.end(), path) == paths.end()) paths.push_back(std::move(path));
}

// A symbolic link's headers lie beside the link or beside the file that it leads to.
void add_include_dirs(SourceSet& set, const fs::path& file) {
  add_once(set.include_dirs, file.parent_path());
  add_once(set.folders, file.parent_path());
  std::error_code error;
  if (fs::is_symlink(file, error)) add_once(set.include_dirs, fs::canonical(file).parent_path());
}

void leave_out(SourceSet& set, const fs::path& file, const std::string& why) {
  set.notes.push_back(file.filename().string() + " left out: " + why);
}

SourceSet collect_files(const std::vector<fs::path>& files) {
  SourceSet set;
  for (const fs::path& file : files) {
    const std::string text = read_source(file);
    add_include_dirs(set, file);
    if (is_header(file)) continue;
    if (!is_source(file)) refuse(file, "not a C or C++ source (.c, .cc, .cpp, .cxx)");
    if (contains(kDriverFiles, file.filename().string())) {
      leave_out(set, file, "Heapjudge brings its own");
    } else {
      add_once(set.sources, file);
    }
  }
  if (set.sources.empty()) refuse(files.front(), "no allocator among the files given");
  return set;
}

std::vector<fs::path> sources_in(const fs::path& folder) {
  std::vector<fs::path> found;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const bool hidden = entry.path().filename().string().starts_with('.');
    if (!hidden && is_source(entry.path()) && entry.is_regular_file(error)) found.push_back(entry.path());
  }
  if (error) refuse(folder, "the folder cannot be read");
  std::sort(found.begin(), found.end());
  return found;
}

// Why a source of a folder is not compiled; empty when it is.
std::string reason_to_leave_out(const fs::path& file, const std::string& text,
                                const std::vector<std::string>& included) {
  const std::string name = file.filename().string();
  if (contains(kDriverFiles, name)) return "Heapjudge brings its own";
  if (contains(included, name)) return "another source includes it";
  if (only_drives_an_allocator(text)) return "a program that only calls an allocator";
  if (text.empty()) return "it is empty";
  return {};
}

struct SourceFile {
  fs::path path;
  std::string text;
};

std::vector<SourceFile> read_all(const std::vector<fs::path>& files) {
  std::vector<SourceFile> read;
  for (const fs::path& file : files) {
    read.push_back({file, fs::file_size(file) == 0 ? std::string() : read_source(file)});
  }
  return read;
}

std::vector<std::string> included_by(const std::vector<SourceFile>& files) {
  std::vector<std::string> names;
  for (const SourceFile& file : files) {
    for (std::string& name : included_sources(file.text)) {
      if (name != file.path.filename()) names.push_back(std::move(name));
    }
  }
  return names;
}

SourceSet collect_folder(const fs::path& folder) {
  SourceSet set;
  set.from_folder = true;
  add_once(set.include_dirs, folder);
  add_once(set.folders, folder);
  std::error_code error;
  if (fs::is_directory(folder / "include", error)) add_once(set.include_dirs, folder / "include");
  const std::vector<SourceFile> files = read_all(sources_in(folder));
  const std::vector<std::string> included = included_by(files);
  for (const SourceFile& file : files) {
    const std::string why = reason_to_leave_out(file.path, file.text, included);
    if (!why.empty()) {
      leave_out(set, file.path, why);
      continue;
    }
    add_include_dirs(set, file.path);
    set.sources.push_back(file.path);
  }
  if (set.sources.empty()) refuse(folder, "no allocator's C or C++ sources in this folder");
  return set;
}

}  // namespace

bool is_cxx(const fs::path& source) {
  return contains(kCxxExtensions, source.extension().string());
}

SourceSet collect_sources(const std::vector<fs::path>& submission) {
  if (submission.empty()) throw InputError("submission: no file given");
  std::error_code error;
  if (submission.size() == 1 && fs::is_directory(submission.front(), error))
    return collect_folder(submission.front());
  return collect_files(submission);
}

}  // namespace heapjudge
