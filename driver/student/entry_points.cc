#include "student/entry_points.h"

#include <dlfcn.h>
#include <stdio.h>

namespace heapjudge {

namespace {

template <typename Function>
void find(void* library, const char* prefix, const char* name, Function& function) {
  char symbol[128];
  snprintf(symbol, sizeof symbol, "%s%s", prefix, name);
  function = reinterpret_cast<Function>(dlsym(library, symbol));
}

}  // namespace

bool find_entry_points(void* library, const EntryNames& names, EntryPoints& entries) {
  find(library, names.prefix, "init", entries.init);
  find(library, names.prefix, "malloc", entries.malloc);
  find(library, names.prefix, "free", entries.free);
  find(library, names.prefix, "realloc", entries.realloc);
  find(library, names.prefix, "calloc", entries.calloc);
  if (names.aligned_function[0] != '\0') find(library, "", names.aligned_function, entries.aligned);
  if (names.checker_function[0] != '\0') find(library, "", names.checker_function, entries.check);
  entries.init_returns_bool = names.init_returns_bool;
  return entries.init != nullptr && entries.malloc != nullptr && entries.free != nullptr;
}

}  // namespace heapjudge
