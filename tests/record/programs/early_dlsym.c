// Preloaded before the recorder: a dlsym that allocates, as that of other C libraries and of older ones does.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

typedef void *Dlsym(void *, const char *);

// RTLD_NEXT counts from the library of the caller; here that is this one, which stands before the recorder, so
// the allocator behind the recorder is asked for by the name of its library.
void *dlsym(void *handle, const char *name) {
  Dlsym *const real = (Dlsym *)dlvsym(RTLD_NEXT, "dlsym", "GLIBC_2.34");
  char *volatile block = calloc(10, 10);
  if (!block || block[99] != 0) abort();
  memset(block, 'x', 100);
  block = realloc(block, 3000);
  if (!block || block[99] != 'x') abort();
  free(block);
  free(aligned_alloc(512, 512));
  if (handle != RTLD_NEXT) return real(handle, name);
  return real(dlopen("libc.so.6", RTLD_LAZY | RTLD_NOLOAD), name);
}
