/* Segregated fits. Class k holds the free blocks of 2^(k+5) .. 2^(k+6)-1 bytes; the heads are a static array. */
#include <stdint.h>
#include <string.h>

#include "memlib.h"
#include "mm.h"

team_t team = {"bins", "B. Student", "s2@example.org", "", ""};

#define CLASSES 20
#define MINSIZE 32

struct chunk {
  uint64_t size_and_flag; /* the flag: in use */
  struct chunk *next;     /* of a free chunk; the payload of a used one begins at +16 */
};

static struct chunk *heads[CLASSES];

static int class_of(uint64_t size) {
  int k = 0;
  while (k < CLASSES - 1 && size >= (uint64_t)64 << k) k++;
  return k;
}

static void put_in(struct chunk *c) {
  int k = class_of(c->size_and_flag);
  c->next = heads[k];
  heads[k] = c;
}

int mm_init(void) {
  memset(heads, 0, sizeof(heads));
  return 0;
}

/* first fit in the class, then whatever a higher class offers */
static struct chunk *take_out(uint64_t size) {
  int k;
  for (k = class_of(size); k < CLASSES; k++) {
    struct chunk *before = NULL, *c;
    for (c = heads[k]; c != NULL; before = c, c = c->next) {
      if (c->size_and_flag < size) continue;
      if (before == NULL) heads[k] = c->next;
      else before->next = c->next;
      return c;
    }
  }
  return NULL;
}

void *mm_malloc(size_t size) {
  uint64_t need = (size + 16 + 15) / 16 * 16;
  struct chunk *c;
  if (size == 0) return NULL;
  if (need < MINSIZE) need = MINSIZE;
  c = take_out(need);
  if (c == NULL) {
    c = mem_sbrk(need);
    if (c == (void *)-1) return NULL;
    c->size_and_flag = need;
  }
  if (c->size_and_flag >= need + MINSIZE) {
    struct chunk *rest = (struct chunk *)((char *)c + need);
    rest->size_and_flag = c->size_and_flag - need;
    put_in(rest);
    c->size_and_flag = need;
  }
  c->size_and_flag |= 1;
  return (char *)c + 16;
}

void mm_free(void *ptr) {
  struct chunk *c = (struct chunk *)((char *)ptr - 16);
  c->size_and_flag &= ~(uint64_t)1;
  put_in(c);
}

void *mm_realloc(void *ptr, size_t size) {
  struct chunk *c = (struct chunk *)((char *)ptr - 16);
  size_t have = (c->size_and_flag & ~(uint64_t)1) - 16;
  void *newptr;
  if (have >= size) return ptr;
  newptr = mm_malloc(size);
  if (newptr == NULL) return NULL;
  memcpy(newptr, ptr, have);
  mm_free(ptr);
  return newptr;
}
