/* E401: every block has a header and a footer that nothing depends on here, and STYLE says which of them is wrong.
   Without a STYLE all are right. */
#include "memlib.h"
#include "mm.h"

#ifndef STYLE
#define STYLE 0
#endif
#define WSIZE sizeof(size_t)
#define PACK(size, alloc) ((size) | (alloc))
#define HDRP(bp) ((size_t *)((char *)(bp) - WSIZE))
#define GET_SIZE(p) (*(p) & ~(size_t)0x7)
#define FTRP(bp) ((size_t *)((char *)(bp) + GET_SIZE(HDRP(bp)) - 2 * WSIZE))

static char *last;

int mm_init(void) {
  size_t *start = mem_sbrk(2 * WSIZE);
  if (start == (void *)-1) return -1;
  start[0] = start[1] = PACK(0, 1); /* the second one is the epilogue */
  last = NULL;
  return 0;
}

void *mm_malloc(size_t size) {
  size_t asize = (size + 4 * WSIZE - 1) / (2 * WSIZE) * (2 * WSIZE);
  char *bp = mem_sbrk((intptr_t)asize);
  if (bp == (void *)-1) return NULL;
  *HDRP(bp) = PACK(asize, 1);
  *FTRP(bp) = PACK(asize, 1);
  *HDRP(bp + asize) = PACK(0, 1);
  if (STYLE == 1) *HDRP(bp) = PACK(size / WSIZE * WSIZE, 1);  /* of the payload */
  if (STYLE == 2) *FTRP(bp) = PACK(asize, 0);
  if (STYLE == 3) *HDRP(bp) += 64;
  if (STYLE == 4 && last != NULL) *HDRP(last) += 2 * WSIZE;
  if (STYLE == 8) *HDRP(bp) = asize - 2 * WSIZE, *FTRP(bp) = 0; /* another layout: sizes of payloads, and no bits */
  last = bp;
  return bp;
}

void mm_free(void *bp) {
  if (bp == NULL) return;
  size_t size = GET_SIZE(HDRP(bp));
  if (STYLE != 5) *HDRP(bp) = PACK(size, 0);
  *FTRP(bp) = PACK(size, 0);
  if (STYLE == 6) *HDRP(bp) = 0;
  if (STYLE == 7) *HDRP(last) = PACK(GET_SIZE(HDRP(last)), 0);
}
