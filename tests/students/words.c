/*
 * An explicit list in 4-byte words: | head 4 | payload | foot 4 |, and in a free block the two
 * links take the first two words of the payload. Sizes and addresses are all "unsigned int".
 */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "config.h"
#include "memlib.h"
#include "mm.h"

team_t team = {"the words", "A. Student", "s1@example.org", "", ""};

#define W 4
#define UP8(n) (((n) + 7) & ~0x7)
#define LOAD(a) (*(unsigned int *)(a))
#define STORE(a, v) (*(unsigned int *)(a) = (unsigned int)(v))
#define HEAD(p) ((char *)(p)-W)
#define LEN(p) (LOAD(HEAD(p)) & ~1u)
#define BUSY(p) (LOAD(HEAD(p)) & 1u)
#define FOOT(p) ((char *)(p) + LEN(p) - 2 * W)
#define RIGHT(p) ((char *)(p) + LEN(p))
#define LEFT(p) ((char *)(p) - (LOAD((char *)(p)-2 * W) & ~1u))
#define MARK(p, n, b) (STORE(HEAD(p), (n) | (b)), STORE((char *)(p) + (n)-2 * W, (n) | (b)))
#define NEXTF(p) ((char *)LOAD(p))
#define PREVF(p) ((char *)LOAD((char *)(p) + W))

static char *freehead;

static void push(char *p) {
  STORE(p, freehead);
  STORE(p + W, 0);
  if (freehead) STORE(freehead + W, p);
  freehead = p;
}

static void pull(char *p) {
  if (PREVF(p)) STORE(PREVF(p), NEXTF(p));
  else freehead = NEXTF(p);
  if (NEXTF(p)) STORE(NEXTF(p) + W, PREVF(p));
}

static char *join(char *p) {
  unsigned int n = LEN(p);
  char *right = RIGHT(p);
  if (!BUSY(right)) {
    pull(right);
    n += LEN(right);
  }
  if (!(LOAD(p - 2 * W) & 1u)) {
    p = LEFT(p);
    pull(p);
    n += LEN(p);
  }
  MARK(p, n, 0);
  push(p);
  return p;
}

static char *more(unsigned int n) {
  char *p = mem_sbrk(n);
  if (p == (char *)-1) return NULL;
  MARK(p, n, 0);
  STORE(HEAD(RIGHT(p)), 1);
  return join(p);
}

int mm_init(void) {
  char *bottom = mem_sbrk(4 * W);
  if (bottom == (char *)-1) return -1;
  freehead = NULL;
  STORE(bottom, 0);
  STORE(bottom + W, 8 | 1);
  STORE(bottom + 2 * W, 8 | 1);
  STORE(bottom + 3 * W, 1);
  return more(4096) ? 0 : -1;
}

void *mm_malloc(size_t size) {
  unsigned int n, left;
  char *p;
  if (size == 0) return NULL;
  n = size <= 8 ? 16 : UP8(size + 8);
  for (p = freehead; p && LEN(p) < n; p = NEXTF(p))
    ;
  if (!p && !(p = more(n > 4096 ? n : 4096))) return NULL;
  pull(p);
  left = LEN(p) - n;
  if (left >= 16) {
    MARK(p, n, 1);
    MARK(RIGHT(p), left, 0);
    push(RIGHT(p));
  } else {
    MARK(p, LEN(p), 1);
  }
  return p;
}

void mm_free(void *p) {
  MARK((char *)p, LEN(p), 0);
  join(p);
}

void *mm_realloc(void *old, size_t size) {
  void *p;
  unsigned int keep;
  if (old == NULL) return mm_malloc(size);
  if (size == 0) {
    mm_free(old);
    return NULL;
  }
  if (!(p = mm_malloc(size))) return NULL;
  keep = LEN(old) - 8;
  memcpy(p, old, keep < size ? keep : size);
  mm_free(old);
  return p;
}
