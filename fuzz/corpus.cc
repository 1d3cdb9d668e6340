#include "fuzz/corpus.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>

#include "fuzz/input.h"
#include "judge/whole_file.h"
#include "subject/descriptor.h"

namespace heapjudge {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostFiles = 10'000;

// None unless it is a regular file of a size that inputs have; a link is none.
std::optional<std::string> input_in(const fs::path& file) {
  const Descriptor descriptor(open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  struct stat status {};
  if (descriptor.get() < 0 || fstat(descriptor.get(), &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  if (status.st_size > static_cast<off_t>(kMostInputBytes)) return std::nullopt;
  std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
  const ssize_t got = pread(descriptor.get(), bytes.data(), bytes.size(), 0);
  if (got != static_cast<ssize_t>(bytes.size())) return std::nullopt;
  return bytes;
}

// By name, so that the order is the same each time.
std::set<fs::path> files_in(const fs::path& folder) {
  std::set<fs::path> files;
  std::error_code ended;
  for (fs::directory_iterator entry(folder, ended), end; !ended && entry != end; entry.increment(ended)) {
    if (files.size() < kMostFiles) files.insert(entry->path());
  }
  return files;
}

void copy_inputs(const fs::path& from, const fs::path& to) {
  for (const fs::path& file : files_in(from)) {
    if (const auto input = input_in(file)) write_whole_file(to / file.filename(), *input);
  }
}

std::uint64_t hash_of(const std::string& text) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash;
}

}  // namespace

Corpus::Corpus(fs::path work, fs::path kept) : work_(std::move(work)), kept_(std::move(kept)) {
  fs::create_directories(work_);
  copy_inputs(kept_, work_);
  fs::permissions(work_, fs::perms::all);  // the processes will not be root
}

void Corpus::keep() const {
  const std::set<fs::path> files = files_in(work_);
  if (files.empty() && !fs::exists(kept_)) return;
  fs::create_directories(kept_);
  for (const fs::path& file : files_in(kept_)) {
    if (!files.contains(work_ / file.filename())) fs::remove(file);
  }
  copy_inputs(work_, kept_);
}

fs::path default_corpus(const fs::path& state_dir, const std::vector<fs::path>& submission) {
  std::string all;
  for (const fs::path& path : submission) all += fs::absolute(path).lexically_normal().string() + '\n';
  const std::string stem = submission.empty() ? "" : submission.front().stem().string();
  return state_dir / "corpus" / (stem + "-" + std::to_string(hash_of(all)));
}

}  // namespace heapjudge
