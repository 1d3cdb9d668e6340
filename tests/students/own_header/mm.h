#ifndef MM_H
#define MM_H
#include <stdint.h>
#include <stdio.h>

/* our blocks */
typedef struct _cell {
  uint32_t words; /* 16-byte words of payload */
  uint32_t busy;
  struct _cell *down;
} Cell;

Cell *bottom; /* tentative: the driver never sees it */
Cell *last_cell;
int how_many;

extern int mm_init();
extern void *mm_malloc(size_t size);
extern void mm_free(void *ptr);
extern void *mm_realloc(void *ptr, size_t size);

Cell *cell_for(uint32_t words);

typedef struct {
  char *name;
  char *matriculation_number;
} team_t;
extern team_t team;
#endif
