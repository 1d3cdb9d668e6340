// Files into traces.
#include <cerrno>
#include <cstdio>
#include <memory>
#include <string>
#include <system_error>

#include "trace/decompress.h"
#include "trace/input_error.h"
#include "trace/rep_format.h"

namespace heapjudge {
namespace {

constexpr std::size_t kChunk = 1 << 16;

[[noreturn]] void fail(const std::string& name, int error) {
  throw InputError(name + ": " + std::generic_category().message(error));
}

std::string read_file(const std::filesystem::path& path, const std::string& name) {
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(path, error);
  if (error) fail(name, error.value());
  if (std::filesystem::is_directory(status)) throw InputError(name + ": is a directory, not a trace");
  if (!std::filesystem::is_regular_file(status)) throw InputError(name + ": is not a regular file");
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), std::fclose);
  if (file == nullptr) fail(name, errno);
  std::string bytes;
  std::size_t got = 0;
  do {
    const std::size_t before = bytes.size();
    bytes.resize(before + kChunk);
    got = std::fread(bytes.data() + before, 1, kChunk, file.get());
    if (std::ferror(file.get()) != 0) fail(name, errno);
    bytes.resize(before + got);
    require_within(kMostTraceBytes, bytes.size(), name);
  } while (got != 0);
  return bytes;
}

}  // namespace

void require_within(std::size_t limit, std::size_t size, const std::string& name) {
  if (size <= limit) return;
  throw InputError(name + ": holds more than " + std::to_string(limit) + " bytes");
}

std::string load_trace_bytes(const std::filesystem::path& path) {
  const std::string name = path.string();
  std::string bytes = read_file(path, name);
  if (is_gzip(bytes)) return gunzip(name, bytes, kMostTraceBytes);
  if (is_zstd(bytes)) return unzstd(name, bytes, kMostTraceBytes);
  return bytes;
}

Trace load_trace(const std::filesystem::path& path) {
  return parse_trace(path.string(), load_trace_bytes(path));
}

}  // namespace heapjudge
