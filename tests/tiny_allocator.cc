#include "tests/tiny_allocator.h"

#include <fstream>
#include <stdexcept>

#include "tests/test_main.h"

namespace heapjudge {

namespace {

namespace fs = std::filesystem;

constexpr const char* kHead = R"(
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "mm.h"
#include "memlib.h"
enum { kAlign = 2 * sizeof(void *) };
/* Block after block, each with its size in front. */
static inline void *place(size_t n) {
  size_t rounded = (n + 2 * kAlign - 1) & ~(size_t)(kAlign - 1);
  char *block = mem_sbrk(rounded);
  if (block == (void *)-1) return NULL;
  *(size_t *)block = n;
  return block + kAlign;
}
static inline size_t size_of(void *p) { return *(size_t *)((char *)p - kAlign); }
)";

struct Part {
  const char* name;
  const char* text;
};

constexpr Part kDefaults[] = {
    {"mm_init", "int mm_init(void) { return 0; }\n"},
    {"mm_malloc", "void *mm_malloc(size_t n) { return n == 0 ? NULL : place(n); }\n"},
    {"mm_free", "void mm_free(void *p) { (void)p; }\n"},
    {"mm_realloc",
     "void *mm_realloc(void *p, size_t n) {\n"
     "  if (p == NULL) return mm_malloc(n);\n"
     "  if (n == 0) return NULL;\n"
     "  void *q = mm_malloc(n);\n"
     "  if (q) memcpy(q, p, size_of(p) < n ? size_of(p) : n);\n"
     "  return q;\n"
     "}\n"},
};

std::string complete(const std::string& source) {
  std::string text = kHead + source + "\n";
  for (const Part& part : kDefaults) {
    if (source.find(std::string(part.name) + "(") == std::string::npos) text += part.text;
  }
  return text;
}

}  // namespace

TinyAllocator::TinyAllocator(const std::string& source, Abi abi) : abi_(abi) {
  const fs::path file = folder_.path() / "mm.c";
  std::ofstream(file) << complete(source);
  BuildSettings settings;
  settings.abi = abi;
  const BuildPlaces places{source_dir() / "driver" / "student" / "include",
                           host_files(binary_dir(), abi == Abi::kIlp32).memlib, folder_.path()};
  const auto outcome = build({file}, settings, places);
  if (const auto* failed = std::get_if<BuildFailed>(&outcome)) throw std::runtime_error(failed->diagnostics);
  library_ = std::get<Built>(outcome).library;
}

LaunchSettings TinyAllocator::launch_settings() const {
  LaunchSettings settings;
  settings.host = host_files(binary_dir(), abi_ == Abi::kIlp32).host;
  settings.library = library_;
  settings.heap_base = abi_ == Abi::kIlp32 ? 0x10000000 : 0x800000000;
  settings.request_seconds = 0.3;
  settings.trace_seconds = 2;
  return settings;
}

}  // namespace heapjudge
