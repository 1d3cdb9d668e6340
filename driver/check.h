// ensure(): the one way our own bugs show themselves. It stays on in release builds.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace heapjudge {

// Aborts with `why` when `condition` does not hold. For what only a fault of Heapjudge itself can break:
// a student's fault is a value, an operator's an exception. `main` turns the abort into exit status 70.
inline void ensure(bool condition, const char* why) {
  if (condition) [[likely]] return;
  std::fprintf(stderr, "heapjudge: internal error: %s\n", why);
  std::abort();
}

}  // namespace heapjudge
