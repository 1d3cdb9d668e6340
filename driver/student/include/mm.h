/* mm.h: what an allocator defines. A submission's own mm.h goes before this one. */
#ifndef HEAPJUDGE_MM_H
#define HEAPJUDGE_MM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

/* mm_init is declared by the submission: courses differ in its result (int: 0 is success; bool: true is). */
extern void *mm_malloc(size_t size);
extern void mm_free(void *block);
extern void *mm_realloc(void *block, size_t size);
extern void *mm_calloc(size_t count, size_t size);

/* Who wrote it, for the courses that ask. Optional. */
typedef struct {
  const char *teamname;
  const char *name1;
  const char *id1;
  const char *name2;
  const char *id2;
} team_t;
extern team_t team;

/* 1 when the driver was asked to print more. */
extern int verbose;

#ifdef __cplusplus
}
#endif

#endif
