// The functions of a loaded submission.
#pragma once

#include <cstddef>
#include <cstdint>

namespace heapjudge {

// Addresses as dlsym finds them; a missing optional function is null. mm_init takes no argument by custom, and
// a range_t ** in one dialect: it is given the address of a null pointer, which callees without parameters
// do not see in either calling convention.
struct EntryPoints {
  int (*init)(void** ranges) = nullptr;
  void* (*malloc)(std::size_t) = nullptr;
  void (*free)(void*) = nullptr;
  void* (*realloc)(void*, std::size_t) = nullptr;
  void* (*calloc)(std::size_t, std::size_t) = nullptr;
  void* (*aligned)(std::size_t alignment, std::size_t size) = nullptr;
  bool init_returns_bool = false;  // then only the low byte of the result counts, and true is success
  std::uint64_t (*check)(int line) = nullptr;  // of its result only as many bytes count as it is declared with
};

struct EntryNames {
  const char* prefix;            // "mm_"
  const char* aligned_function;  // empty: none
  bool init_returns_bool;
  const char* checker_function = "";  // likewise
};

// `library` is a handle of dlopen. False when init, malloc or free is missing.
bool find_entry_points(void* library, const EntryNames& names, EntryPoints& entries);

}  // namespace heapjudge
