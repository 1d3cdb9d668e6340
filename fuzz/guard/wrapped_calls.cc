// What a submission calls of libc, looked at before it happens. The linker sends `memcpy` to __wrap_memcpy and so on
// (see guard_build.cc); in here the names mean libc's own.
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fuzz/guard/private_heap.h"
#include "fuzz/guard/watch.h"

namespace heapjudge {
namespace {

constexpr std::uint64_t kBytesPerStep = 32;

// While libc's function runs, a crash is the caller's.
class Call {
 public:
  Call(const void* caller, std::uint64_t bytes) {
    watch.caller = caller;
    take_steps(1 + bytes / kBytesPerStep, caller);
  }
  ~Call() { watch.caller = nullptr; }
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;
};

void* copy(void* to, const void* from, std::size_t bytes, const void* caller) {
  const Call call(caller, bytes);
  check_load(from, bytes, caller);
  check_store(to, bytes, caller);
  return memmove(to, from, bytes);
}

void* fill(void* to, int value, std::size_t bytes, const void* caller) {
  const Call call(caller, bytes);
  check_store(to, bytes, caller);
  return memset(to, value, bytes);
}

}  // namespace

extern "C" {

// An overlapping memcpy goes well here, as it does with the libc of most machines.
void* __wrap_memcpy(void* to, const void* from, size_t n) { return copy(to, from, n, __builtin_return_address(0)); }
void* __wrap_memmove(void* to, const void* from, size_t n) { return copy(to, from, n, __builtin_return_address(0)); }
void* __wrap_mem_memcpy(void* to, const void* from, size_t n) { return copy(to, from, n, __builtin_return_address(0)); }
void* __wrap_mem_memmove(void* to, const void* from, size_t n) { return copy(to, from, n, __builtin_return_address(0)); }
void* __wrap_memset(void* to, int value, size_t n) { return fill(to, value, n, __builtin_return_address(0)); }
void* __wrap_mem_memset(void* to, int value, size_t n) { return fill(to, value, n, __builtin_return_address(0)); }
void __wrap_bcopy(const void* from, void* to, size_t n) { copy(to, from, n, __builtin_return_address(0)); }
void __wrap_bzero(void* to, size_t n) { fill(to, 0, n, __builtin_return_address(0)); }
void* __wrap_mempcpy(void* to, const void* from, size_t n) {
  return static_cast<char*>(copy(to, from, n, __builtin_return_address(0))) + n;
}

[[noreturn]] void __wrap_exit(int status) { escape_by_exit(status, __builtin_return_address(0)); }
[[noreturn]] void __wrap__exit(int status) { escape_by_exit(status, __builtin_return_address(0)); }
[[noreturn]] void __wrap__Exit(int status) { escape_by_exit(status, __builtin_return_address(0)); }
[[noreturn]] void __wrap_quick_exit(int status) { escape_by_exit(status, __builtin_return_address(0)); }
[[noreturn]] void __wrap_abort(void) { escape_by_abort(__builtin_return_address(0)); }
[[noreturn]] void __wrap___assert_fail(const char*, const char*, unsigned, const char*) {
  escape_by_abort(__builtin_return_address(0));
}

void* __wrap_malloc(size_t n) { return private_heap_malloc(n); }
void* __wrap_calloc(size_t count, size_t n) { return private_heap_calloc(count, n); }
void* __wrap_realloc(void* block, size_t n) {
  if (!private_heap_owns(block)) escape_by_abort(__builtin_return_address(0));
  return private_heap_realloc(block, n);
}
void __wrap_free(void* block) {
  if (!private_heap_owns(block)) escape_by_abort(__builtin_return_address(0));
}
}

}  // namespace heapjudge
